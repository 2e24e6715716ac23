engine = Saya belum bisa menjawab dengan baik. Tulisan Anda tersimpan. Anda tetap bisa minta bicara dengan orang, jeda, atau hapus.
    .asks = no
not-text = Untuk sekarang saya hanya bisa membaca teks. Yang Anda kirim tidak disimpan.
    .asks = no
edited = Saya lihat Anda mengubah pesan. Saya pakai tulisan yang pertama; Anda bisa menulisnya lagi.
    .asks = no
