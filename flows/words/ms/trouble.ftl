engine = Saya belum dapat jawab dengan baik. Tulisan anda disimpan. Anda masih boleh minta cakap dengan orang, berehat atau padam.
    .asks = no
not-text = Buat masa ini saya hanya boleh baca teks. Apa yang anda hantar tidak disimpan.
    .asks = no
edited = Saya nampak anda ubah satu mesej. Saya ikut yang anda tulis mula-mula; anda boleh tulis semula.
    .asks = no
