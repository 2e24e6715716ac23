here = Saya di sini. Anda tidak perlu kata apa-apa.
    .asks = no
feet = Rasakan kaki anda di lantai, dan hembus nafas perlahan-lahan, selagi terasa selesa.
    .asks = no
see = Pandang sekeliling dan sebut lima benda yang anda nampak, dalam hati sahaja.
    .asks = no
