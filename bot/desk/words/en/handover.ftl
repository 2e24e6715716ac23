# Notes from one shift to the next.
title = For whoever comes next
none = Nothing was left.
new = Leave a note
shift = In your shift: { $taken } taken over, { $heavy } of them heavy.
text = What should they know?
keep = Leave it
done = Done
hint = About the work: what broke, who calls back, what to look at first. What belongs to a person goes into the notes of their conversation, where it is erased with it. Notes here are gone after seven days.
waiting = { $count ->
    [0] Leave a note for whoever comes next
    [one] A note for whoever comes next
   *[other] { $count } notes for whoever comes next
}
