pace = Anda yang memutuskan mau cerita apa, dan seberapa cepat.
    .asks = no
ways = Ada beberapa jalan, dan tidak juga keputusan yang baik. Mau kita lihat bersama?
    .asks = yes
hours = Sebelum selesai: apa yang akan membantu Anda dalam beberapa jam ke depan?
    .asks = yes
