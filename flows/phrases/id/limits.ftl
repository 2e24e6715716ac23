team = Yang Anda tulis tetap di tim kami. Hanya kalau ada nyawa atau anak dalam bahaya saya bicara dengan orang lain, dan kalau bisa saya beri tahu Anda dulu.
    .asks = no
promise = Saya tidak bisa menjanjikan uang, dokumen, atau berapa lama sesuatu berjalan. Saya bisa memberi tahu yang saya tahu.
    .asks = no
