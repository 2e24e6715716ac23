ask = Ada orang dalam keadaan begini terfikir tentang mati. Adakah anda berfikir untuk membunuh diri?
    .asks = yes
means = Pernahkah anda fikir caranya, dan adakah benda itu dekat dengan anda sekarang?
    .asks = yes
stay = Terima kasih kerana beritahu. Saya tetap di sini bersama anda. Mahu kita jadikan sejam lagi lebih selamat bersama-sama?
    .asks = yes
away = Bolehkah anda letak benda itu jauh, atau pergi ke tempat yang ada orang?
    .asks = yes
