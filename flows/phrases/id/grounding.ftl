here = Saya di sini. Anda tidak harus berkata apa-apa.
    .asks = no
feet = Rasakan kaki Anda di lantai, dan embuskan napas pelan-pelan, selama terasa nyaman.
    .asks = no
see = Lihat sekeliling dan sebutkan lima benda yang Anda lihat, dalam hati saja.
    .asks = no
