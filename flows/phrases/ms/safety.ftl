now = Selamatkah anda menulis sekarang? Anda boleh berhenti bila-bila masa.
    .asks = no
screen = Kalau ada orang datang, tekan butang dengan nama biasa, dan skrin akan bertukar.
    .asks = no
near = Adakah sesiapa berdekatan yang boleh mencederakan anda?
    .asks = yes
