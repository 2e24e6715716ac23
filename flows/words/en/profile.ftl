name = Kitchen notes
    .asks = no
short = Recipes, sayings and riddles.
    .asks = no
about = Recipes, football rules, sayings and riddles. Press Start to read.
    .asks = no
