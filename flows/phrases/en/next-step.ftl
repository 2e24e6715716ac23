pace = You decide what you tell, and how fast.
    .asks = no
ways = There are several ways, and no is a good decision too. Shall we look at them together?
    .asks = yes
hours = Before we end: what would help you in the next hours?
    .asks = yes
