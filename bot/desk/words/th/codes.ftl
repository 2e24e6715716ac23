# คำของรหัสที่โปรแกรมอื่นอ่านด้วย: `<ชนิด>-<รหัส>`

## ภาษา
language-en = อังกฤษ
language-th = ไทย
language-my = พม่า
language-km = เขมร
language-lo = ลาว
language-vi = เวียดนาม
language-zh = จีน
language-id = อินโดนีเซีย
language-ms = มลายู
language-tl = ฟิลิปปินส์

## ระดับ: ต้องมีคนเร็วแค่ไหน
level-P0 = ทันที
level-P1 = ไม่กี่ชั่วโมง
level-P2 = ภายในวัน
level-P3 = ไม่กี่วัน
level-P4 = ขอข้อมูล

## ช่องทาง
channel-training = การฝึก
channel-telegram = Telegram
channel-webchat = แชทบนเว็บ
channel-terminal = เทอร์มินัล

## บทบาท
role-counsellor = ผู้ให้คำปรึกษา
role-supervisor = หัวหน้างาน
role-reviewer = ผู้ทบทวน
role-interpreter = ล่าม
role-administrator = ผู้ดูแลระบบ

## การแจ้งเตือน
alert-danger = อันตรายตอนนี้
alert-waiting = มีคนรอคุยกับเจ้าหน้าที่
alert-waits_too_long = มีคนรอนานเกินไปแล้ว
alert-promise_due = ใกล้ถึงเวลาที่นัดไว้
alert-promise_broken = เลยเวลาที่นัดไว้แล้ว
alert-promise_broken_twice = ถึงหัวหน้างาน: ผิดนัดอีกครั้ง
alert-takeover = โทรศัพท์ของผู้ติดต่ออยู่กับคนอื่น
alert-complaint = ถึงหัวหน้างาน: มีคนต้องการร้องเรียน
alert-counsellor_away = ถึงหัวหน้างาน: ผู้ให้คำปรึกษาที่ถือเรื่องอยู่หายไป
alert-engine = โปรแกรมอ่านหรือตอบไม่ได้
alert-set_aside = มีข้อความที่อ่านไม่ได้และถูกแยกไว้
alert-danger_read = มีข้อความที่อ่านแล้วเหมือนมีอันตราย
alert-child_protection = อาจมีเด็กที่ต้องการการคุ้มครอง
alert-message_not_read = มีข้อความที่ยังไม่ได้ตรวจหาอันตราย
alert-expired = มีข้อความค้างนานเกินไปและไม่ได้ส่ง
alert-number_outdated = มีเบอร์หนึ่งไม่ได้ส่งไป เพราะช่วงนี้ยังไม่มีใครลองโทร
alert-unreachable = ติดต่อคนหนึ่งไม่ได้อีกแล้ว
alert-erased = ผู้ติดต่อลบทุกอย่างแล้ว
alert-key_recovered = มีการเปิดกุญแจขององค์กรด้วยกุญแจกู้คืน
alert-access_waits = มีการอ่านเพราะอันตรายที่รอทีมงานคนที่สอง
alert-access_refused = ถึงหัวหน้างาน: มีคนไม่เห็นด้วยกับการอ่านโดยไม่มีคำยินยอม
alert-access_lapsed = ถึงหัวหน้างาน: ไม่มีใครยืนยันการอ่านโดยไม่มีคำยินยอมทันเวลา
alert-interpreter_wanted = มีคนขอให้คุณเป็นล่าม

## สิ่งที่ทำให้ยังรับเรื่องไม่ได้
lacks-role = สำหรับผู้ให้คำปรึกษา
lacks-language = ไม่ใช่ภาษาของคุณ
lacks-key = ต้องมีกุญแจก่อน
lacks-vetting = ต้องผ่านการตรวจสอบที่ยังไม่หมดอายุ
lacks-wish = อยากคุยกับคนอื่นมากกว่า
lacks-capacity = คุณรับเรื่องเต็มจำนวนแล้ว

## ผู้ติดต่ออยากคุยกับใครมากกว่า
wish-woman = อยากคุยกับผู้หญิงมากกว่า
wish-man = อยากคุยกับผู้ชายมากกว่า

## ข้อความที่ส่งออกไปถึงไหนแล้ว
delivery-waiting = รอส่ง
delivery-sending = กำลังส่ง
delivery-accepted = แอปรับไปแล้ว
delivery-failed = ส่งไม่ได้: แอปไม่รับ
delivery-expired = หมดเวลา: พักไว้เกิน 72 ชั่วโมง
delivery-held-until-they-answer-the-knock = พักไว้: จนกว่าเขาจะตอบคำทักก่อนคุย
delivery-held-until-they-write-again = พักไว้: จนกว่าเขาจะเขียนมาอีก
delivery-held-the-person-paused = พักไว้: ผู้ติดต่อขอพัก
delivery-held-the-screen-is-changed = พักไว้: หน้าจอถูกสลับอยู่
delivery-held-the-person-cannot-be-reached = พักไว้: ติดต่อเขาไม่ได้
delivery-held-outside-safe-hours = พักไว้: อยู่นอกเวลาที่ปลอดภัย
delivery-held-until-they-write = พักไว้: จนกว่าเขาจะเขียนมา
delivery-held-until-they-open-the-page = พักไว้: จนกว่าเขาจะเปิดหน้าเว็บ
delivery-held-the-channel-is-off = พักไว้: ช่องทางนี้ปิดอยู่

## สิ่งที่ผู้ติดต่อยินยอม
consent-counsellor_reads = ให้ผู้ให้คำปรึกษาอ่านและเขียนได้
consent-counsellor_reads_list = ให้ผู้ให้คำปรึกษาเห็นรายการข้อบ่งชี้ก่อนหน้า และอ่านกับเขียนได้ตั้งแต่นั้นไป
consent-counsellor_reads_new = ให้ผู้ให้คำปรึกษาอ่านและเขียนได้เฉพาะตั้งแต่นั้นไป
consent-interpreter_reads = { $detail ->
    [none] ไม่มีล่ามอ่านไปด้วย
   *[other] ล่ามอ่านไปด้วยได้ตั้งแต่ตอนนั้น
}
consent-written_to = { $detail ->
    [none] ไม่ให้เขียนไปหาก่อน
    [today] เขียนไปหาได้จนถึงสิ้นวัน
    [morning] เขียนไปหาได้ตอนเช้า
    [midday] เขียนไปหาได้ตอนกลางวัน
    [evening] เขียนไปหาได้ตอนเย็น
    [night] เขียนไปหาได้ตอนกลางคืน
   *[other] เขียนไปหาได้ช่วง: { $detail }
}
consent-sentences_written = { $detail ->
    [none] ไม่ให้เขียนประโยคตัวอย่างใหม่
   *[other] เขียนประโยคตัวอย่างใหม่ได้
}
consent-checked_on = { $detail ->
    [none] ไม่ให้ถามข่าวคราว
   *[other] ถามข่าวคราวเป็นระยะได้
}
consent-reviewer_reads = { $detail ->
    [none] ไม่ให้ใครดูสิ่งที่เล่า
   *[other] ผู้ทบทวนดูสิ่งที่เล่าได้
}
consent-remembered = { $detail ->
   *[other] เก็บทุกอย่างไว้ { $detail } วัน
}

## ทำไมจึงส่งคืน
reason-done_for_now = วันนี้คุยพอแล้ว
reason-person_wishes = ผู้ติดต่อต้องการ
reason-shift_ends = หมดเวรของฉัน
reason-other_language = ต้องใช้ภาษาอื่น
reason-needs_rest = ฉันต้องพัก

## จบอย่างไร
outcome-helped = ช่วยเหลือแล้ว
outcome-informed = ให้ข้อมูลแล้ว
outcome-referred = ส่งต่อแล้ว
outcome-went_silent = เงียบหายไป
outcome-no_help_wished = ไม่ต้องการความช่วยเหลือ
outcome-abusive = ก่อกวนหรือคุกคาม

## สิ่งที่โปรแกรมได้ยิน
indicator-deception = การหลอกลวง
indicator-debt_bondage = หนี้ผูกมัด
indicator-document_retention = การยึดเอกสาร
indicator-restriction_of_movement = การจำกัดการเดินทาง
indicator-isolation = การตัดขาดจากคนอื่น
indicator-threats = การข่มขู่
indicator-violence = ความรุนแรง
indicator-withheld_wages = การไม่จ่ายค่าจ้าง
indicator-excessive_overtime = การทำงานเกินเวลามาก
indicator-abusive_conditions = สภาพงานและที่อยู่ที่เลวร้าย
indicator-abuse_of_vulnerability = การฉวยโอกาสจากความเปราะบาง
indicator-sexual_exploitation = การแสวงหาประโยชน์ทางเพศ
indicator-forced_criminality = การบังคับให้ทำผิดกฎหมาย
indicator-forced_marriage = การบังคับแต่งงาน
indicator-forced_begging = การบังคับขอทาน
indicator-sold = การขายคน
indicator-child = เด็ก

## รู้แน่แค่ไหน
standing-heard = ได้ยิน
standing-confirmed = ยืนยันแล้ว
standing-denied = เขาบอกว่าไม่
standing-skipped = ข้ามไว้ ไม่ได้แปลว่าไม่
standing-reviewed = ทบทวนแล้ว
standing-rejected = ผู้ทบทวนไม่ยืนยัน

## การทบทวนไปถึงไหน
review-none = ยังไม่มีใครอ่าน
review-reading = กำลังอ่าน
review-one_done = ผู้อ่านคนหนึ่งเสร็จแล้ว
review-differ = ความเห็นต่างกัน หรือกำลังเทียบ
review-closed = อ่านโดยสองคนแล้ว
review-state-none = ยังไม่มีใครอ่านเรื่องนี้
review-state-reading = กำลังอ่าน
review-state-waits = คุณเสร็จแล้ว อีกคนยัง
review-state-differ = เสร็จทั้งสองคน ข้อที่เห็นต่างต้องตกลงกัน
review-state-closed = อ่านโดยสองคนและตกลงกันแล้ว

## ผู้อ่านว่าอย่างไร
verdict-yes = ข้อความบอกอย่างนั้น
verdict-no = ไม่ได้บอกอย่างนั้น
verdict-unclear = บอกไม่ได้

## น้ำหนัก
weight-strong = หนัก
weight-medium = กลาง
weight-weak = เบา
weight-medium_or_weak = กลางหรือเบา
weight-none = ไม่อยู่ในรายการนี้

## ทำไมอยู่ในรายการ
flag-danger = อันตราย หรือเด็กเสี่ยง
flag-child = เด็ก
flag-force = ความรุนแรงหรือการขู่
flag-made-to-do = ถูกบังคับให้ทำ
flag-sold = ถูกขาย
flag-not-free = สองข้อบ่งว่าไม่มีอิสระ
flag-work = สามข้อเรื่องงาน
flag-asked = เจ้าตัวต้องการ

## เกิดขึ้นเมื่อไร
phase-now = ตอนนี้
phase-on_the_way = ระหว่างทาง

## หกมิติ
dimension-deceptive_recruitment = การชักชวนด้วยการหลอกลวง
dimension-coercive_recruitment = การชักชวนด้วยการบังคับ
dimension-recruitment_by_abuse_of_vulnerability = การชักชวนโดยฉวยโอกาสจากความเปราะบาง
dimension-exploitation = การแสวงหาประโยชน์
dimension-coercion_at_destination = การบังคับที่ปลายทาง
dimension-abuse_of_vulnerability_at_destination = การฉวยโอกาสจากความเปราะบางที่ปลายทาง

## สี่รายการ
set-adult_labour = แรงงานผู้ใหญ่
set-child_labour = แรงงานเด็ก
set-adult_sexual = ทางเพศ ผู้ใหญ่
set-child_sexual = ทางเพศ เด็ก

## ผลตามกฎของรายการ
result-not_enough_information = ข้อมูลยังไม่พอ
result-labour_exploitation = การเอาเปรียบแรงงาน
result-recruitment_abuse_at_risk = การชักชวนโดยมิชอบ มีความเสี่ยง
result-coercion_review = มีการบังคับ ต้องทบทวน
result-deception_and_exploitation = มีการหลอกลวงและแสวงหาประโยชน์
result-consistent_with_forced_labour = สอดคล้องกับแรงงานบังคับ
result-consistent_with_trafficking = สอดคล้องกับการค้ามนุษย์
result-consistent_with_trafficking_review = สอดคล้องกับการค้ามนุษย์ ต้องทบทวน
result-exploitation_with_possible_means_review = มีการแสวงหาประโยชน์ อาจมีวิธีการบังคับ ต้องทบทวน
result-possible_child_trafficking = อาจเป็นการค้ามนุษย์เด็ก

## สิ่งที่ตรวจสอบได้เกี่ยวกับคนในทีม และสถานะการตรวจสอบ
check-identity = ตัวตน
check-references = บุคคลอ้างอิง
check-record = ประวัติอาชญากรรม
check-interview = การสัมภาษณ์
check-training = การอบรม
check-circle = ไม่ใช่คนใกล้ชิดนายจ้างหรือนายหน้า (จำเป็นสำหรับล่าม)
check-secrecy = เซ็นว่าจะรักษาความลับ (จำเป็นสำหรับล่าม)
vetting-unrecorded = ยังไม่ผ่านการตรวจสอบ
vetting-waits = รอการอนุมัติ
vetting-vetted = ผ่านการตรวจสอบแล้ว
vetting-expired = การตรวจสอบหมดอายุแล้ว

## วันในสัปดาห์
weekday-0 = วันจันทร์
weekday-1 = วันอังคาร
weekday-2 = วันพุธ
weekday-3 = วันพฤหัสบดี
weekday-4 = วันศุกร์
weekday-5 = วันเสาร์
weekday-6 = วันอาทิตย์

## เพศของผู้รับเรื่อง สำหรับผู้ที่อยากเลือก
gender-woman = ผู้หญิง
gender-man = ผู้ชาย
gender-untold = ไม่บอก

## ตอนนี้เรื่องอยู่ที่ใคร
owner-BOT = อยู่กับโปรแกรม
owner-OFFERED = อยู่กับโปรแกรม
owner-PROMISED = อยู่กับโปรแกรม มีนัดไว้
owner-QUEUED = รออยู่
owner-RESERVED = รออยู่ มีคนจองไว้
owner-HELD = อยู่กับผู้ให้คำปรึกษา
owner-TRANSFERRING = กำลังส่งต่อ
owner-CLOSED = ปิดแล้ว

## รายการก่อนเปิดใช้จริง แต่ละข้อ สิ่งที่ต้องทำ และสิ่งที่ลงชื่อรับรอง
point-contacts = เบอร์ฉุกเฉิน
point-counsellors = ผู้ให้คำปรึกษาในแต่ละภาษา
point-roster = ตารางเวร
point-lead = หัวหน้าเวร
point-words = ข้อความที่ตรวจทานแล้ว
point-profile = ชื่อและรูปของบอต
point-children = หน้าที่รายงานเรื่องเด็ก
point-recovery = กุญแจกู้คืน
todo-contacts = แต่ละประเทศต้องมีอย่างน้อยหนึ่งเบอร์สำหรับเหตุอันตราย ที่คนที่นี่ลองโทรแล้ว
todo-counsellors = ต้องมีคนที่พูดภาษานั้น ผ่านการตรวจสอบ และมีหัวหน้างานสองคนอนุมัติ
todo-roster = ใส่เวลาในหน้าตารางเวรอย่างน้อยหนึ่งคน
todo-lead = ระบุหัวหน้างานในหน้าตารางเวร สำหรับช่วงเวลาที่อาจมีคนตกอยู่ในอันตราย
todo-words = ข้อความที่ผู้พูดภาษานั้นได้อ่านแล้ว
todo-profile = ชื่อและรูปที่เป็นกลาง ตั้งด้วยคำสั่ง “saphan telegram profile”
todo-children = ข้อความที่บอกว่าแต่ละประเทศต้องรายงานอะไร
todo-recovery = หัวหน้างานสร้างที่หน้าทีมงาน และยืนยันว่าจดลงกระดาษแล้ว
statement-contacts = ฉันรับรองว่าไม่มีเบอร์ฉุกเฉินสำหรับประเทศเหล่านี้ และระบบจะไม่บอกเบอร์ใด
statement-counsellors = ฉันรับรองว่าที่นี่ไม่มีใครพูดภาษาเหล่านี้ ผู้ติดต่อจะได้รับแจ้งก่อนเลือก
statement-roster = ฉันรับรองว่าที่นี่ไม่ใช้ตารางเวร ผู้ที่เข้าสู่ระบบอยู่คือผู้ที่อยู่เวร
statement-lead = ฉันรับรองว่าไม่ระบุหัวหน้าเวร เมื่อมีอันตรายระบบจะเรียกหัวหน้างานทุกคน และไม่มีใครอ่านโดยไม่ได้รับความยินยอม
statement-words = ฉันรับรองว่ายอมรับข้อความร่างในภาษาเหล่านี้
statement-profile = ฉันรับรองว่าชื่อและรูปของบอตไม่บอกใครว่าใช้ทำอะไร
statement-children = ฉันรับรองว่าข้อความทั่วไปใช้ได้กับประเทศเหล่านี้

## ช่วงของวัน
part-morning = เช้า
part-midday = กลางวัน
part-evening = เย็น
part-night = กลางคืน

## หน้าจอเปลี่ยนเป็นอะไร
theme-recipes = สูตรอาหาร
theme-football = กติกาฟุตบอล
theme-sayings = สุภาษิต
theme-riddles = เกมคำ

## ประเภทของเรื่อง ตามที่ให้ผู้คุยดูก่อนส่งต่อ
kind-pay = ค่าแรงและหนี้
kind-papers = เอกสาร
kind-freedom = อิสระที่จะไป
kind-job = งาน
kind-work = งานและการพัก
kind-safety = ความปลอดภัย
kind-private = เรื่องส่วนตัวมาก
kind-made-to-do = สิ่งที่ถูกคนอื่นให้ทำ
kind-age = อายุ

## สถานะของคำสัญญา
promise-open = ยังไม่ถึงเวลา
promise-near = ถึงเวลาภายในหนึ่งชั่วโมง
promise-overdue = เลยเวลาแล้ว
promise-kept = ทำตามแล้ว
promise-broken = ทำไม่ได้
promise-cancelled = ยกเลิกแล้ว

## บันทึกการกระทำ: ใครทำ และทำอะไร
actor-person = ผู้ติดต่อ
actor-program = โปรแกรม
actor-operator = ผู้ดูแลเครื่อง
act-organisation_made = สร้างองค์กร
act-review_asked = ให้โปรแกรมถามว่าให้ผู้ทบทวนดูได้ไหม
act-review_begun = เริ่มอ่านในฐานะผู้ทบทวน
act-review_marked = ให้ความเห็นต่อรหัสในฐานะผู้ทบทวน
act-review_done = อ่านจบ
act-review_settled = ตกลงข้อที่ผู้อ่านเห็นต่าง
act-review_closed = การทบทวนจบ
act-weights_entered = พิมพ์น้ำหนักของรายการ
act-weights_signed = ลงชื่อรับรองน้ำหนักของรายการ
act-member_added = เพิ่มคนในทีม
act-link_made = สร้างลิงก์ตั้งค่า
act-member_set_up = ตั้งค่าเสร็จ
act-member_ended = สิ้นสุดการทำงานที่นี่
act-key_taken_over = รับกุญแจขององค์กร
act-key_granted = ให้กุญแจ
act-key_recovered = เปิดกุญแจด้วยกุญแจกู้คืน
act-recovery_key_made = สร้างกุญแจกู้คืน
act-recovery_key_written = ยืนยันว่าจดกุญแจกู้คืนแล้ว
act-vetting_recorded = บันทึกการตรวจสอบ
act-vetting_approved = อนุมัติการตรวจสอบ
act-signed_in = เข้าสู่ระบบ
act-session_ended = สิ้นสุดการเข้าสู่ระบบ
act-blocked = ห้ามส่งเรื่องนี้ให้
act-block_lifted = ยกเลิกการห้าม
act-signed = ลงชื่อรับรอง
act-signature_withdrawn = ถอนลายเซ็น
act-go_live_pressed = กดเปิดใช้จริง
act-went_live = ระบบเปิดใช้จริง
act-audit_read = อ่านบันทึกการกระทำ
act-alert_seen = รับการแจ้งเตือน
act-claimed = รับเรื่อง
act-conversation_opened = เปิดดู
act-counsellor_wrote = เขียนถึงผู้ติดต่อ
act-returned = คืนให้โปรแกรม
act-closed = ปิดเรื่อง
act-alone_asked = ขอให้เหลือเพียงโปรแกรมนานขึ้น
act-alone_confirmed = เห็นชอบให้เหลือเพียงโปรแกรมนานขึ้น
act-alone_lifted = ให้เสนอคนได้อีกครั้ง
act-noted = เขียนโน้ต
act-offer_handoff = ได้รับข้อเสนอให้คุยกับคน
act-decline_handoff = คุยกับโปรแกรมต่อ
act-queue = รอคุยกับคน
act-reserve = เสนอให้ผู้ให้คำปรึกษาคนหนึ่งก่อน
act-promise = ได้รับแจ้งเวลาที่คนตั้งใจจะเขียนถึง
act-promise_broken = เลยเวลาที่สัญญาไว้
act-target_passed = รอนานกว่าที่ตั้งใจ และได้รับแจ้งแล้ว
act-checked_in = ถามว่าเป็นอย่างไร ตามที่ตกลงไว้
act-cancel_handoff = ไม่ต้องการคุยกับคนแล้ว
act-cancel = คำสัญญาสิ้นสุดลง
act-tick = หมดเวลา จึงดำเนินต่อเอง
act-back_to_program = กลับไปคุยกับโปรแกรม
act-refuse_transfer = ไม่ต้องการให้ส่งต่อ
act-change_counsellor = ต้องการผู้ให้คำปรึกษาคนอื่น
act-let_learn = อนุญาตให้เขียนประโยคตัวอย่างใหม่
act-end_learn = ไม่อนุญาตให้เขียนประโยคตัวอย่างเพิ่ม
act-organisation_key_made = สร้างกุญแจขององค์กรร่วม
act-erased = ลบ
act-consented = ให้ความยินยอม
act-complained = ร้องเรียน
act-let_review = ให้ผู้ทบทวนดูได้
act-end_review = ไม่ให้ใครดูอีก
act-danger_said = บอกว่ามีอันตราย
act-takeover_said = บอกว่ามีคนอื่นถือโทรศัพท์
act-message_erased = ลบข้อความล่าสุด
act-way_back_made = สร้างทางกลับ
act-way_back_used = กลับมาด้วยหกคำ
act-shift_added = เพิ่มเวร
act-shift_removed = ลบเวร
act-day_set = เปลี่ยนวันทำงาน
act-day_cleared = ยกเลิกการเปลี่ยนวัน
act-holiday_added = เพิ่มวันหยุด
act-holiday_removed = ลบวันหยุด
act-terms_set = เปลี่ยนเงื่อนไขการทำงาน
act-zone_set = เปลี่ยนเขตเวลา
act-access_asked = ขออ่านเพราะมีอันตราย
act-access_opened = อ่านเพราะมีอันตรายโดยไม่มีคำยินยอม
act-access_confirmed = เห็นด้วยให้อ่าน
act-access_refused = ไม่เห็นด้วยให้อ่าน
act-access_lapsed = ปิดแล้ว เพราะไม่มีใครเห็นด้วยทันเวลา
act-access_ended = เลิกอ่าน
act-access_seen = ดูเหตุผลของการอ่าน
act-mark_lowered = ลดเครื่องหมายอันตราย
act-supervised = อ่านในฐานะหัวหน้างาน พร้อมเหตุผล
act-taken_back = ดึงการสนทนากลับ
act-lead_named = ตั้งหัวหน้าเวร
act-lead_unnamed = ลบเวลาของหัวหน้าเวร
act-interpreter_asked = ขอล่าม
act-admit_interpreter = ให้ล่ามอ่านไปด้วย
act-end_interpreter = ไม่ต้องการล่าม
act-interpreter_wrote = เขียนข้อความในฐานะล่าม
act-interpreter_ended = จบการล่าม
act-training_started = เริ่มบทสนทนาฝึก
act-shift_note_written = ฝากบันทึกถึงคนที่มารับเวรต่อ
act-shift_note_done = นำบันทึกส่งเวรออก
act-transfer_transfer = เสนอส่งต่อให้เพื่อนร่วมงาน
act-transfer_accept = รับต่อจากเพื่อนร่วมงาน
act-transfer_refuse = ไม่รับต่อ
act-alert_missed = ไม่มีใครรับการแจ้งเตือน
act-counsellor_away = ไม่พบในระบบเป็นเวลาสองนาที
act-counsellor_back = กลับเข้ามาแล้ว
act-go_offline = ไม่พบในระบบเป็นเวลาห้านาที เรื่องกลับเข้าคิว
act-call_code_made = สร้างรหัสสำหรับช่องทางเรียก
act-call_linked = ผูกช่องทางรับการแจ้งเตือน
act-call_unlinked = ยกเลิกช่องทางรับการแจ้งเตือน
act-call_mail = ตั้งอีเมลรับการแจ้งเตือน
act-call_mail_asked = ให้อีเมล ยังไม่ยืนยัน

## เรียกทางไหน และผลเป็นอย่างไร
way-desk = ที่หน้าจอ
way-telegram = ทาง Telegram
way-mail = ทางอีเมล
call-waiting = กำลังส่ง
call-sending = ส่งไม่จบ
call-sent = ส่งแล้ว
call-failed = ส่งไม่สำเร็จ

## หัวข้อของประโยคตั้งต้น
phrases-grounding = ตั้งหลัก
phrases-safety = ความปลอดภัยตอนนี้
phrases-self-harm = คิดถึงความตาย: ถาม วิธี อยู่ด้วย
phrases-limits = อะไรอยู่ระหว่างเรา อะไรไม่ใช่
phrases-next-step = ก้าวต่อไป

## เบอร์ติดต่อ: ใครดำเนินการ รู้อะไรบ้าง ใช้สำหรับอะไร
run-police = ตำรวจ
run-state = หน่วยงานรัฐ
run-ngo = องค์กร
unsure-unknown = ไม่ทราบ
unsure-yes = ใช่
unsure-no = ไม่ใช่
unsure-may = อาจจะ
unsure-free = ไม่เสียเงิน
unsure-charged = เสียเงิน
purpose-danger = อันตรายตอนนี้
purpose-self_harm = ความคิดอยากตาย
purpose-medical = เจ็บป่วยและบาดเจ็บ
purpose-child = เด็ก
purpose-work = งานและค่าจ้าง
source-read = เราอ่านเอง
source-secondary = ผู้อื่นบอกมา
reached-number = เบอร์โทร
reached-mail = อีเมล
reached-web = หน้าเว็บ
by-call = โทร
by-text = ส่งข้อความ
origin-changed = แก้ไขที่นี่
origin-added = เพิ่มที่นี่

## การโทรลอง: จากไหน ใครรับ ผลเป็นอย่างไร
place-inside = จากในประเทศ
place-abroad = จากต่างประเทศ
answered-promised = ผู้ที่ระบุไว้รับสาย
answered-other = คนอื่นรับสาย
answered-machine = เครื่องตอบรับ
answered-nobody = ไม่มีใครรับ
trial-works = ใช้ได้
trial-partly = ใช้ได้บางส่วน
trial-fails = ใช้ไม่ได้

## หัวข้อของประโยคที่บอตพูด
topic-access = อันตรายโดยยังไม่ได้ยินยอม
topic-interpreter = ล่าม
topic-referral = การส่งต่อ
topic-review = ผู้ตรวจทานดู
topic-about = เกี่ยวกับเรา
topic-attachments = รูปและเสียง
topic-child = อายุต่ำกว่า 18
topic-contacts = การบอกเบอร์
topic-countries = ชื่อประเทศ
topic-cover = หน้าจอที่เปลี่ยน
topic-escape = ทางออก
topic-grounding = ตั้งหลักใจ
topic-handoff = ไปหาคน
topic-languages = ชื่อภาษา
topic-learn = การเรียนรู้
topic-listening = การรับฟัง
topic-mirror = สิทธิทีละข้อ
topic-opening = เริ่มต้น
topic-options = มีความช่วยเหลืออะไรบ้าง
topic-profile = ชื่อของบอต
topic-questions = คำถามเบา ๆ
topic-safety = ความปลอดภัย
topic-someone = เพื่อคนอื่น
topic-themes = ธีม
topic-trouble = เมื่อโปรแกรมขัดข้อง
topic-webchat = แชทบนเว็บ
topic-weeks = สัปดาห์ต่อไป

## การกระทำกับเบอร์ติดต่อและถ้อยคำ
act-contact_changed = แก้ไขสายที่โทรได้
act-contact_withdrawn = ถอนสายออก
act-contact_restored = ให้สายเป็นตามไฟล์
act-contact_called = โทรลองสาย
act-contact_verified = ยืนยันสาย
act-contact_doubted = ไม่ให้บอกสายนี้อีก
act-words_signed = ลงชื่อประโยคของบอต
act-wording_proposed = เสนอถ้อยคำ
act-wording_used = นำถ้อยคำไปใช้
act-wording_dropped = เอาถ้อยคำออก
act-language_off = ปิดภาษา
act-language_on = เปิดภาษา

## อันตรายโดยไม่มีคำยินยอม: เหตุ และสถานะ
ground-danger_now = อันตรายถึงชีวิต
ground-self_harm = คิดเรื่องการตาย
ground-medical = ต้องการหมอ
ground-child = เด็กเสี่ยงร้ายแรง
access-asked = ขอแล้ว ยังไม่ได้อ่าน
access-open = อ่านแล้ว ยังไม่มีคนยืนยัน
access-confirmed = ยืนยันแล้ว
access-ended = จบแล้ว
access-refused = ไม่เห็นด้วย
access-lapsed = ไม่มีคนยืนยันทันเวลา

## Who is played in training
persona-chatty = พูดเยอะ
persona-child = เด็ก
persona-coached = ถูกสอนให้พูด
persona-distrustful = ไม่ไว้ใจ
persona-in_danger = อยู่ในอันตราย
persona-mother = แม่ที่ตามหาคน
persona-prankster = แกล้งเล่น
persona-silent = แทบไม่เขียน
persona-testing = ลองดูว่าเราเป็นใคร

## การส่งต่อ: ถึงไหนแล้ว เพื่ออะไร และเหตุผลที่ผู้รับปฏิเสธ
referral-draft = ฉบับร่าง
referral-asked = ถามเจ้าตัวแล้ว
referral-agreed = ยินยอมแล้ว ยังไม่ได้ส่ง
referral-sent = ส่งแล้ว กำลังดำเนินการ
referral-accepted = รับเรื่องแล้ว
referral-contacted = ติดต่อเจ้าตัวได้แล้ว
referral-done = เสร็จแล้ว
referral-declined = เจ้าตัวไม่ยินยอม
referral-refused = ปฏิเสธ
referral-revoked = เรียกคืนแล้ว
passes-facts = ข้อมูล
passes-reads_new = อ่านการสนทนาตั้งแต่ยินยอม
passes-reads_all = อ่านการสนทนาทั้งหมด
passes-reviews_new = ทบทวนสิ่งที่เล่าตั้งแต่ยินยอม
refusal-no_place = ไม่มีที่ว่าง
refusal-not_ours = ไม่ใช่งานของเขา
refusal-language = ไม่มีผู้ใช้ภาษานี้
refusal-not_safe = ช่วยตอนนี้ไม่ปลอดภัย
refusal-other = เหตุผลอื่น
portion-1 = วิธีติดต่อ และความต้องการ
portion-2 = เป็นใคร และต้องการอะไร
portion-3 = สถานที่ และคนที่กลัว
portion-4 = ว่าผู้รับอาจต้องดำเนินการ
purpose_of-receiver = ให้ผู้รับตามที่ยินยอม
purpose_of-person = เพื่อคดี ตามที่เจ้าตัวขอ
purpose_of-order = ตามคำสั่งโดยชอบที่ทนายของเราตรวจแล้ว

## องค์กรที่ส่งต่อได้
partner-ngo = องค์กร
partner-union = สหภาพหรือศูนย์แรงงานข้ามชาติ
partner-health = บริการสุขภาพ
partner-labour = ตรวจแรงงาน
partner-welfare = สวัสดิการสังคม
partner-legal = ช่วยเหลือทางกฎหมาย
partner-un = องค์การระหว่างประเทศ
partner-embassy = สถานทูตหรือกงสุล
partner-maritime = หน่วยงานท่าเรือหรือประมง
partner-immigration = ตรวจคนเข้าเมือง
partner-police = ตำรวจ
can-ready = รับได้
can-key = รอเขาตั้งค่า
can-vetting = ยังไม่ผ่านการตรวจสอบ
can-expired = การตรวจสอบหมดอายุ
can-gone = ไม่ใช่องค์กรร่วมแล้ว
help-wages = ค่าจ้าง
help-papers = เอกสาร
help-health = สุขภาพ
help-home = กลับบ้าน
help-stay = อยู่ที่นี่ต่อ
help-shelter = ที่นอนที่ปลอดภัย
help-legal = ทนาย
help-child = ช่วยเด็ก
help-police = ตำรวจ

## แบบส่งต่อ
block-header = เกี่ยวกับการส่งต่อนี้
block-consent = สิ่งที่เจ้าตัวยินยอม
block-safety = การติดต่อที่ปลอดภัย
block-wishes = ความต้องการ
block-duties = หน้าที่ต้องรายงาน
block-person = เจ้าตัว
block-needs = สิ่งที่ต้องการทันที
block-summary = เรื่องโดยย่อ
block-signs = สัญญาณ: เป็นข้อสังเกต ไม่ใช่ข้อสรุป
block-dependants = คนที่ต้องพึ่งเขา
block-documents = เอกสาร
block-place = สถานที่
block-feared = คนที่เขากลัว เท่าที่ความปลอดภัยต้องรู้
block-acknowledgement = ทางผู้รับ
field-header_contact = ติดต่อใครในองค์กรเรา
field-header_interpreter = ต้องการล่าม
field-header_code = รหัส
field-header_sender = จาก
field-header_receiver = ถึง
field-header_level = ความเร่งด่วน
field-header_language = ภาษา
field-header_made_at = เขียนเมื่อ
field-consent_basis = ถ้าเป็นเด็ก: โดยอำนาจของใคร
field-consent_parts = ส่วนที่ยินยอม
field-consent_not_agreed = ส่วนที่ไม่ยินยอม
field-consent_given_at = ยินยอมเมื่อ
field-consent_until = ใช้ได้ถึง
field-safety_may_contact = ติดต่อได้ไหม
field-safety_channel = ทางไหน
field-safety_hours = เวลาที่ปลอดภัย
field-safety_code_word = คำที่ตกลงกันไว้
field-safety_who_may_answer = ใครอาจรับสายแทน
field-safety_say_to_others = จะบอกคนอื่นว่าอะไร
field-safety_never_do = สิ่งที่ห้ามทำ
field-wishes_helps = ความช่วยเหลือที่ต้องการ
field-wishes_refused = ความช่วยเหลือที่ไม่ต้องการ
field-wishes_where = อยู่ ออก หรือกลับ
field-wishes_own_view = เขามองความเสี่ยงอย่างไร
field-duties_law = กฎหมายกำหนดอะไร
field-duties_told = บอกเจ้าตัวแล้วหรือยัง
field-person_name = ชื่อ หรือชื่อที่เขาเลือก
field-person_age = อายุ
field-person_gender = เพศ ตามที่เขาบอก
field-person_nationality = สัญชาติ หรือไม่มี
field-person_languages = ภาษาที่พูด
field-person_reads = อ่านเขียน
field-person_health = สุขภาพและความพิการ
field-needs_now = ต้องการตอนนี้
field-summary_text = โดยย่อ ตามที่ดูร่วมกับเขาแล้ว
field-signs_codes = ยืนยันหรือตรวจทานแล้ว
field-dependants_text = ใคร อายุเท่าไร อยู่ไหน เสี่ยงอะไร
field-documents_missing = ที่ขาด
field-documents_holder = ใครถือไว้
field-place_country = ประเทศ
field-place_district = อำเภอ
field-place_exact = สถานที่แน่ชัด
field-feared_text = สิ่งที่ผู้ช่วยต้องรู้เพื่อความปลอดภัย
field-acknowledgement_state = สถานะ
field-acknowledgement_accepted_at = รับเมื่อ
field-acknowledgement_contacted_at = ติดต่อได้เมื่อ
field-acknowledgement_ended_at = สิ้นสุดเมื่อ
choice-yes = ใช่
choice-no = ไม่
choice-unknown = ไม่ทราบ
choice-by_us_only = ผ่านเราเท่านั้น
choice-this_chat = ในแชทนี้
choice-through_us = ผ่านเรา
choice-phone = ทางโทรศัพท์
choice-in_person = พบตัว
choice-stay = อยู่ต่อ
choice-leave = ออกจากที่นั่น
choice-return = กลับบ้าน
choice-unsure = ยังไม่แน่ใจ
choice-under_13 = ต่ำกว่า 13
choice-13_to_15 = 13 ถึง 15
choice-16_to_17 = 16 ถึง 17
choice-under_18 = ต่ำกว่า 18
choice-18_to_25 = 18 ถึง 25
choice-over_25 = มากกว่า 25
choice-adult = ผู้ใหญ่
choice-little = เล็กน้อย
choice-shelter = ที่พัก
choice-food = อาหาร
choice-medical = การรักษา
choice-medical_72 = การรักษาภายใน 72 ชั่วโมง
choice-medical_120 = การรักษาภายใน 120 ชั่วโมง
choice-mental = คนคุยด้วย สุขภาพใจ
choice-legal = กฎหมาย
choice-papers = เอกสาร
choice-money = เงิน
choice-child_care = ดูแลลูก
choice-family = ตามหาครอบครัว
choice-passport = หนังสือเดินทาง
choice-identity_card = บัตรประจำตัว
choice-visa = วีซ่าหรือใบอนุญาต
choice-contract = สัญญา
choice-birth_record = สูติบัตร
choice-other = อื่น ๆ
act-referral_draft = ร่างการส่งต่อ
act-referral_change = แก้ฉบับร่าง
act-referral_look = ดูการส่งต่อ
act-referral_ask = ถามเจ้าตัวเรื่องการส่งต่อ
act-referral_agree = ยินยอมให้ส่งต่อ
act-referral_decline = ไม่ยินยอมให้ส่งต่อ
act-referral_not_now = ยังไม่ให้ส่งต่อตอนนี้
act-referral_send = ส่งต่อ
act-referral_more = ถูกปฏิเสธ: เกินที่ยินยอม
act-referral_opened = เปิดการส่งต่อ
act-referral_accept = รับการส่งต่อ
act-referral_refuse = ปฏิเสธการส่งต่อ
act-referral_contact = ติดต่อเจ้าตัวได้
act-referral_finish = จบการส่งต่อ
act-referral_revoke = เรียกการส่งต่อคืน
act-referral_export = ส่งออกการส่งต่อ
act-partner_kept = บันทึกองค์กรร่วม
act-partner_invited = เชิญสมาชิกขององค์กรร่วม
role-partner = องค์กรร่วม
consent-passes_on = { $detail ->
    [none] ถอนแล้ว: ส่งต่อข้อมูลให้องค์กรอื่นได้
   *[other] ส่งต่อข้อมูลให้องค์กรอื่นได้
 }
consent-lets_read_new = { $detail ->
    [none] ถอนแล้ว: องค์กรอื่นอ่านได้ตั้งแต่ตอนนั้น
   *[other] องค์กรอื่นอ่านได้ตั้งแต่ตอนนั้น
 }
consent-lets_read_all = { $detail ->
    [none] ถอนแล้ว: องค์กรอื่นอ่านการสนทนาทั้งหมดได้
   *[other] องค์กรอื่นอ่านการสนทนาทั้งหมดได้
 }

## ตัวเลข
figure-began = การสนทนา
figure-language = ตามภาษา
figure-handoff = ไปหาคน
figure-level = ตามระดับ
figure-promise = คำสัญญา
figure-alert = การแจ้งเตือนเกี่ยวกับผู้เขียน
figure-referral = การส่งต่อ
counted-began = เริ่มสนทนา
handed-none = อยู่กับโปรแกรม
handed-offered = ได้รับข้อเสนอให้คุยกับคน
handed-accepted = ตกลงคุยกับคน
alerted-answered = ตอบแล้ว
alerted-missed = ไม่มีใครตอบ
share-half = ครึ่งหนึ่ง
share-most = เก้าในสิบ

## การเรียนรู้: เหตุที่ไม่เรียนรู้ประโยค และความเร่งด่วน
unlearnt-empty = ไม่มีความหมาย
unlearnt-long = ยาวเกินไป
unlearnt-number = มีตัวเลข
unlearnt-name = มีคำขึ้นต้นด้วยตัวใหญ่กลางประโยค อาจเป็นชื่อหรือสถานที่
unlearnt-shared = มีคำเรียงกันเหมือนที่ผู้เขียนเขียน
unlearnt-rare = มีคำแปลกที่ผู้เขียนใช้ด้วย อาจเป็นชื่อหรือสถานที่
unlearnt-detail = มีสิ่งที่อาจพาไปถึงตัวคนได้
urgency-none = ไม่เร่งด่วน
urgency-danger_now = อันตรายตอนนี้
urgency-self_harm = ความคิดอยากตาย
urgency-medical = ต้องรักษาตอนนี้
urgency-child_at_risk = เด็กเสี่ยงอันตราย
act-sentence_written = เขียนประโยคตัวอย่างใหม่
taking-not_answered = ผู้ติดต่อไม่ได้รับคำตอบ
taking-shift_over = หมดเวร
taking-knows_them = รู้จักกัน
taking-concern = มีข้อกังวลเกี่ยวกับการคุย
detail-about = เรื่อง
detail-after = หลัง
detail-alert = การแจ้งเตือน
detail-before = ก่อน
detail-checked = ตรวจแล้ว
detail-confirmed = การยืนยันคนที่สอง
detail-count = จำนวน
detail-ground = เหตุ
detail-kind = ชนิด
detail-level = ระดับ
detail-outcome = ผล
detail-place = ข้อความที่
detail-point = ข้อ
detail-purpose = เพื่อ
detail-reason = เหตุผล
detail-roles = บทบาท
detail-training = การฝึก
detail-until = ใช้ได้ถึง
opened-open = ให้คำปรึกษา
opened-read = ให้คำปรึกษา อ่านข้อความ
opened-danger = อันตรายโดยไม่มีความยินยอม
opened-interpret = การเป็นล่าม
opened-review = ทบทวน
opened-referral = การส่งต่อ
opened-learn = ประโยคตัวอย่าง
