pace = Ikaw ang magpapasya kung ano ang ikukuwento mo, at gaano kabilis.
    .asks = no
ways = May ilang paraan, at mabuting pasya rin ang hindi. Tingnan ba natin nang magkasama?
    .asks = yes
hours = Bago tayo matapos: ano ang makakatulong sa iyo sa susunod na mga oras?
    .asks = yes
