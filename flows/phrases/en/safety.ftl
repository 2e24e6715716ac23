now = Is it safe for you to write now? You can stop at any time.
    .asks = no
screen = If somebody comes, press the button with the harmless name, and the screen changes.
    .asks = no
near = Is anybody near you who could hurt you?
    .asks = yes
