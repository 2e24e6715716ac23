# A chat that was read without a yes, because a life or a child was in danger.
confirmed = 因为可能有人或孩子有生命危险，{ $org }有一个人在你没有同意时看了这段聊天。第二个人认可了。
    .asks = no
refused = 因为可能有危险，{ $org }有一个人在你没有同意时看了这段聊天。第二个人不认可，所以已经关上。
    .asks = no
lapsed = 因为可能有危险，{ $org }有一个人在你没有同意时看了这段聊天。没有第二个人及时认可，所以已经关上。
    .asks = no
stored = 因为危险、在你没有同意时打开的次数：{ $opened }。每次都要{ $org }的第二个人在一天内认可。
    .asks = no
