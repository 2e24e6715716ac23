name = Nota dapur
    .asks = no
short = Resipi, peribahasa, teka-teki.
    .asks = no
about = Resipi, peraturan bola sepak, peribahasa dan teka-teki. Tekan Start untuk membaca.
    .asks = no
