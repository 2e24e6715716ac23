# สิ่งที่อยู่บนทุกหน้า
title = โต๊ะทำงาน
skip = ข้ามไปที่เนื้อหา
pages = หน้า
queue = คิว
alerts = การแจ้งเตือน
promises = คำสัญญา
access = อันตราย
roster = ตารางเวร
people = ทีมงาน
contents = เนื้อหา
going-live = เปิดใช้จริง
audit = บันทึกการกระทำ
sign-out = ออกจากระบบ
switch = ภาษาของหน้าจอ
to-queue = กลับไปที่คิว
to-sign-in = ไปหน้าเข้าสู่ระบบ
connection-lost = การเชื่อมต่อหลุด กำลังลองใหม่ สิ่งที่เห็นอาจไม่ใช่ล่าสุด
