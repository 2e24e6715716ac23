# What was counted, in steps of five.
title = Figures
means = Numbers are shown in steps of { $step }, and fewer than { $step } is never shown as a number. So no figure, and no difference of two, tells of one person.
month-means = A conversation counts in the month in which it began, also when it was erased since. The month that is running is shown when it has ended. Training conversations do not count.
month = Month
language = Language
all = All languages
show = Show
file = The same as a file (CSV)
what = What
how-many = How many
how-long = How long
between = { $least } to { $most }
fewer = fewer than { $step }
kept-back = Kept back: with the other tables of this month it would give a small number away.
waits = How long people waited for a person
waits-mean = From the yes to be read to the first time that a counsellor took over.
within = within { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}
longer = more than two days
too-few = too few to say
agreement = Two readers
agreement-means = How far two readers of a case agree beyond chance (Cohen’s kappa: 1 is always, 0 is chance), over all cases that are kept. It tells of readers and instructions, never of a person.
kappa = Kappa
judged = Things that both judged
cannot-be-said = cannot be said
