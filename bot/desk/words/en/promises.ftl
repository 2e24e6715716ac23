# By when people were told that somebody aims to write.
title = Promises
means = Somebody was told that we aim to write by then. Supervisors are called an hour before; what is broken is said to the person, and a second break goes to a supervisor.
due = By
standing = How it stands
broken-before = { $count ->
    [one] broken once before
   *[other] broken { $count } times before
}
none-open = Nobody waits for a promised time.
settled = What became of earlier ones
counted = Of those below { $kept } were kept and { $broken } broken.
none-settled = There are none yet.
