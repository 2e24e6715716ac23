pace = Anda yang tentukan apa mahu diceritakan, dan sepantas mana.
    .asks = no
ways = Ada beberapa jalan, dan tidak juga keputusan yang baik. Mahu kita tengok bersama?
    .asks = yes
hours = Sebelum tamat: apa yang akan membantu anda dalam beberapa jam lagi?
    .asks = yes
