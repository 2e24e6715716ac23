# From practice to live.
title = Going live
live = This installation has been live since { $day }.
practice = This installation is in practice. Every opening says: “This is being set up. Do not count on a person here yet.”
how = Each point closes by the thing itself, or by a supervisor who signs for it. When all are closed, two supervisors press.
closed = closed
open = open
here = This installation
there = there
missing = missing
signed = signed by { $name } on { $day }
sign = Sign for what I ticked
withdraw = Take back
withdraw-of = Take back the signature: { $point }, { $about }
press = Go live
press-means = From then on openings no longer speak of practice, everybody needs the approval of two supervisors, and who lacks it takes nobody over.
pressed = { $name } pressed on { $day }. A second supervisor has to press within { $days } days.
not-yet = Something on the list is still open.
