engine = Hindi ako makasagot nang maayos ngayon. Na-save ang sinulat mo. Puwede ka pa ring humingi ng makakausap, magpahinga o magbura.
    .asks = no
not-text = Text lang ang kaya kong basahin sa ngayon. Hindi na-save ang ipinadala mo.
    .asks = no
edited = Nakita kong may binago kang mensahe. Ang unang sinulat mo ang sinusunod ko; puwede mo itong isulat ulit.
    .asks = no
