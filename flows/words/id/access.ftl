# A chat that was read without a yes, because a life or a child was in danger.
confirmed = Karena ada nyawa atau anak yang mungkin dalam bahaya, satu orang { $org } membaca chat ini tanpa izin Anda. Orang kedua setuju.
    .asks = no
refused = Karena mungkin ada bahaya, satu orang { $org } membaca chat ini tanpa izin Anda. Orang kedua tidak setuju, jadi sudah ditutup.
    .asks = no
lapsed = Karena mungkin ada bahaya, satu orang { $org } membaca chat ini tanpa izin Anda. Tidak ada orang kedua yang setuju tepat waktu, jadi sudah ditutup.
    .asks = no
stored = Dibuka tanpa izin Anda, karena bahaya: { $opened }. Setiap kali, orang kedua di { $org } harus setuju dalam satu hari.
    .asks = no
