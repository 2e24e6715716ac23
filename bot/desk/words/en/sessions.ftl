# What is one's own: sessions, and conversations that one took over.
title = Signed in
since = Since { $since }, seen { $seen }
this = this one
end = End
none = Nowhere
hint = Do you not know one of these? End it, then ask a supervisor for a new set-up link. A session ends by itself after eight hours, or after one without use.
my-conversations = My conversations
taken = Taken over
none-taken = You have not taken over a conversation that is still kept.
taken-hint = What is not with you now is closed to you. What the person erased is not listed.
rest = { $taken ->
    [one] In this shift you took over one conversation
   *[other] In this shift you took over { $taken } conversations
}, { $heavy } of them heavy. A rest would be good now: hand over what is with you, and tell a colleague.
