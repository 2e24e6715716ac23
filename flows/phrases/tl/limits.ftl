team = Ang isinusulat mo ay nananatili sa team namin. Kung may buhay o bata lang na nasa panganib ako makikipag-usap sa iba, at kung kaya ko, sasabihin ko muna sa iyo.
    .asks = no
promise = Hindi ko maipapangako ang pera, papeles, o kung gaano katagal. Masasabi ko sa iyo ang alam ko.
    .asks = no
