# Complaints of people about who counselled them.
title = Complaints
what = A person pressed “complaint” and told nothing here: ask them, when it is safe, what they wish to say. Take the conversation over, or let somebody do it whom it does not concern. You do not see complaints about conversations that you wrote in.
concerned = Who wrote with them
answer = Taken care of by
keep-away = Keep them apart
kept-away = kept apart
nobody = Nobody: the program only
none = Nobody complained.
link = Complaints
