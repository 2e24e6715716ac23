# Who did what, when and why.
title = Audit
of = Code of a conversation; empty for all
show = Show
chained = Each row covers the one before it, so that none can be changed or taken out unseen.
verify = Check the chain
holds = The chain holds.
broken = Row { $number } is the first that does not fit. Tell your operator, and change nothing.
acts = What was done
acts-of = What was done with { $code }
number = No.
when = When
who = Who
what = What
erased = erased
earlier = Earlier
