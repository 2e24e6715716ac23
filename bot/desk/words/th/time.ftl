under-a-minute = ไม่ถึง 1 นาที
just-now = เมื่อสักครู่
ago = เมื่อ { $gap } ก่อน
minutes = { $minutes } นาที
hours = { $hours } ชม. { $minutes } นาที
days = { $days } วัน { $hours } ชม.
