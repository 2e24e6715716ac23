under-a-minute = under 1 min
just-now = just now
ago = { $gap } ago
minutes = { $minutes } min
hours = { $hours } h { $minutes } min
days = { $days } d { $hours } h
