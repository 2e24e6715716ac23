name = Tala sa kusina
    .asks = no
short = Mga resipe, salawikain at bugtong.
    .asks = no
about = Mga resipe, tuntunin sa football, salawikain at bugtong. Pindutin ang Start para magbasa.
    .asks = no
