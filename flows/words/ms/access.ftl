# A chat that was read without a yes, because a life or a child was in danger.
confirmed = Kerana nyawa atau kanak-kanak mungkin dalam bahaya, seorang di { $org } membaca chat ini tanpa kebenaran anda. Orang kedua bersetuju.
    .asks = no
refused = Kerana mungkin ada bahaya, seorang di { $org } membaca chat ini tanpa kebenaran anda. Orang kedua tidak setuju, jadi ia sudah ditutup.
    .asks = no
lapsed = Kerana mungkin ada bahaya, seorang di { $org } membaca chat ini tanpa kebenaran anda. Tiada orang kedua setuju tepat masa, jadi ia sudah ditutup.
    .asks = no
stored = Dibuka tanpa kebenaran anda, kerana bahaya: { $opened }. Setiap kali, orang kedua di { $org } mesti setuju dalam sehari.
    .asks = no
