ask = Ada orang dalam keadaan seperti ini yang berpikir tentang kematian. Apakah Anda berpikir untuk bunuh diri?
    .asks = yes
means = Apakah Anda sudah memikirkan caranya, dan apakah itu ada di dekat Anda sekarang?
    .asks = yes
stay = Terima kasih sudah bercerita. Saya tetap di sini bersama Anda. Mau kita buat satu jam ke depan lebih aman bersama?
    .asks = yes
away = Bisakah Anda menjauhkannya dari jangkauan, atau pergi ke tempat ada orang?
    .asks = yes
