# What happened, and what to do. Of each pair the first is the title.
nothing-here = There is nothing here
nothing-here-why = It does not exist, was erased by the person, or is not yours.
closed = This page is closed to you
closed-why = Your role does not reach here.
stale-form = This form is too old
stale-form-why = It was open too long, or you signed in again since. Nothing was changed. Reload the page and try again.
link-expired = This link has ended
link-expired-why = A set-up link works once, for 72 hours. Ask an administrator for a new one.
taken = Already taken
taken-why = { $state } Nothing was changed.
taken-by = { $name } was first. { $state } Nothing was changed.
not-possible = Not possible now
not-possible-why = { $state } Nothing was changed.
stale = Somebody else was faster
stale-why = Somebody else changed this a moment ago. Nothing was changed by you. Look again and decide anew.
not-understood = That was not understood
not-understood-why = Nothing was changed.
fault = Something went wrong here
fault-why = The fault is ours and was noted. What was stored before is safe. Try again in a moment.
did-not-work = That did not work

## What is missing for an act at a conversation
missing-role = Counsellors take conversations over. An administrator can give you that role.
missing-key = You do not have the organisation’s key yet. A supervisor grants it under People.
missing-vetting = You are not vetted, or your vetting has expired. A supervisor writes it down under People.
missing-language = The person writes in a language that is not among yours.
missing-text = A message has between 1 and { $longest } characters.
missing-choice = Please choose one of the reasons in the list.
missing-note = A note has between 1 and 4,000 characters.
missing-colleague = That colleague cannot take this conversation now. Choose somebody else, or go on yourself.
missing-wish = The person would rather talk with somebody else, and a colleague like that works here.
missing-capacity = You hold as many conversations as you can. Danger now can always be taken over.

## Why something about staff is refused
refused-name = A name has between 1 and { $name_length } characters.
refused-name_taken = Somebody of that name works here already.
refused-roles = Please choose at least one role.
refused-languages = A counsellor or supervisor needs at least one language.
refused-organisation = There is no such organisation.
refused-member = That is not possible for this member now. The list may have changed.
refused-role = Only a supervisor who has the organisation’s key can do that.
refused-passphrase = A passphrase has at least { $passphrase_length } characters and is not your name.
refused-differs = The two passphrases are not the same.
refused-code = That code does not fit. Check the clock of your phone, and type the newest code.
refused-recovery = That recovery key does not open anything. Check each group of letters.
refused-again = Something changed while you were here. Please send the form again.
refused-checked = Who they are must have been checked.
refused-conduct = The code of conduct is signed before anybody is vetted; please give the day.
refused-until = A vetting counts for a day at least, and for three years at most.
refused-vetting = There is no vetting that counts now. Write down first what was checked.
refused-approved = You have approved this already. Another supervisor has to.
refused-last_key = Nobody else has the organisation’s key. Vet somebody first.
refused-nothing_open = Please tick what you sign for. It may have been signed meanwhile.
refused-not_complete = Something on the list is still open.
refused-live = This installation is live already.
refused-second_person = You have pressed already. Another supervisor has to press.
refused-weekdays = Choose at least one day of the week.
refused-hours = A time is written as 08:00, with a begin and an end.
refused-day = That is not a day of the calendar.
refused-zone = That is not a time zone.
refused-capacity = A capacity is between 1 and 20.
refused-mail = A mail address looks like name@example.org.

## Where a conversation is
state-BOT = It is with the program again.
state-OFFERED = It is with the program again.
state-PROMISED = It is with the program, with a promise.
state-QUEUED = It waits in the queue.
state-RESERVED = It is reserved.
state-HELD = A counsellor holds it.
state-TRANSFERRING = It is being handed to another counsellor.
state-CLOSED = It is closed.
