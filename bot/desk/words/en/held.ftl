# What counsellors hold now, for supervisors.
title = With counsellors now
means = You see who holds what, and nothing of what was written. Taken back, the person waits for somebody else, and is told so; your colleague’s page says it too. It is written down with your reason.
nothing = Nobody holds a conversation now.
level = Level
conversation = Conversation
counsellor = Counsellor
since = Since
is-here = here
is-away = does not answer
why = Why?
why-of = Why { $code } is taken back
take-back = Take back
