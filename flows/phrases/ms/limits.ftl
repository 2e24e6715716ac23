team = Apa yang anda tulis kekal dalam pasukan kami. Hanya kalau nyawa atau kanak-kanak dalam bahaya saya bercakap dengan orang lain, dan kalau boleh saya beritahu anda dahulu.
    .asks = no
promise = Saya tidak boleh janji wang, dokumen, atau berapa lama sesuatu perkara. Saya boleh beritahu apa yang saya tahu.
    .asks = no
