# The page that shows the components; its people are invented.
title = Components
marks = Marks
buttons = Buttons and links
fields = Fields
notices = Notices and alerts
messages = Messages
from-person = They keep my passport. (invented)
from-program = Thank you for telling me. You can stop at any time.
from-counsellor = I am here. Take your time.
