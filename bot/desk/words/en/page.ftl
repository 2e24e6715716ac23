# What stands on every page.
title = Desk
skip = Skip to the content
pages = Pages
queue = Queue
alerts = Alerts
promises = Promises
access = Danger
roster = Roster
people = People
contents = Contents
going-live = Going live
audit = Audit
sign-out = Sign out
switch = Language of the desk
to-queue = Back to the queue
to-sign-in = To the sign-in
connection-lost = The connection was lost; trying again. What you see may be old.
