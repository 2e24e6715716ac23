name = Catatan dapur
    .asks = no
short = Resep, peribahasa, teka-teki.
    .asks = no
about = Resep, aturan sepak bola, peribahasa, dan teka-teki. Tekan Start untuk membaca.
    .asks = no
