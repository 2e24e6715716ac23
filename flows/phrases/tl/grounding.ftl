here = Narito ako. Hindi mo kailangang magsalita.
    .asks = no
feet = Damhin ang mga paa mo sa sahig, at dahan-dahang huminga palabas, basta maginhawa sa iyo.
    .asks = no
see = Tumingin sa paligid at pangalanan ang limang bagay na nakikita mo, sa isip lang.
    .asks = no
