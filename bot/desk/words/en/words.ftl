# Sentences that the bot can say: read, signed, worded anew.
title = Words
means = The bot says only these sentences. A sentence is a draft until a person who speaks the language has read it beside the English and signed. Changed text loses its signature by itself.
language = Language
read = Read
state = State
topics = Topics
switch = Switch
yours = (yours)
count = { $reviewed } of { $all }
off = switched off
done = all read
draft = draft
proposed-count = { $count ->
    [one] one proposal
   *[other] { $count } proposals
}
used-count = { $count ->
    [one] one sentence of ours
   *[other] { $count } sentences of ours
}
open = Open
turn-on = Switch on
turn-off = Switch off
off-means = In a language that is switched off the bot says so, goes on in English, and says in it only what danger and the ways out need. English stays on.
back = All languages
how = Read each sentence beside the English: same meaning, warm, short, no blame, no promise. Tick what is right and sign at the end of the page, or propose another wording. Somebody else puts it in use.
not-yours = Only who speaks this language signs and words it.
reviewed = read
in-use = our wording
outdated = the file’s sentence has changed since
signed-by = Signed by { $name }.
signed-in-files = Signed where the files come from.
tick = This is right
proposal = Proposed by { $name } on { $day }
use = Use this wording
another = Somebody else who speaks the language puts it in use.
let-go = Let go
reword = Propose another wording
wording = Wording
places = Keep places such as {"{"} $org {"}"} as they are.
propose = Propose
as-in-files = As in the file again
sign-title = Sign
sign-means = I speak this language. I have read the sentences that I ticked, beside the English. They say the same and are right to say to a person in need.
sign = Sign what I ticked
