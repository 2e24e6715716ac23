# A chat that was read without a yes, because a life or a child was in danger.
confirmed = Dahil baka may buhay o batang nanganganib, binasa ng isang tao ng { $org } ang chat na ito nang wala kang pahintulot. Pumayag ang ikalawang tao.
    .asks = no
refused = Dahil baka may panganib, binasa ng isang tao ng { $org } ang chat na ito nang wala kang pahintulot. Hindi pumayag ang ikalawa, kaya isinara na.
    .asks = no
lapsed = Dahil baka may panganib, binasa ng isang tao ng { $org } ang chat na ito nang wala kang pahintulot. Walang ikalawang pumayag sa oras, kaya isinara na.
    .asks = no
stored = Binuksan nang wala kang pahintulot, dahil sa panganib: { $opened }. Bawat beses, dapat pumayag ang ikalawang tao ng { $org } sa loob ng isang araw.
    .asks = no
