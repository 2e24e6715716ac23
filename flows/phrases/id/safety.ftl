now = Apakah aman bagi Anda menulis sekarang? Anda bisa berhenti kapan saja.
    .asks = no
screen = Kalau ada orang datang, tekan tombol dengan nama yang biasa, dan layar berganti.
    .asks = no
near = Apakah ada orang di dekat Anda yang bisa menyakiti Anda?
    .asks = yes
