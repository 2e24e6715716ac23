now = Ligtas ba para sa iyo na sumulat ngayon? Puwede kang tumigil anumang oras.
    .asks = no
screen = Kung may dumating, pindutin ang buton na may karaniwang pangalan, at magbabago ang screen.
    .asks = no
near = May tao bang malapit na puwedeng manakit sa iyo?
    .asks = yes
