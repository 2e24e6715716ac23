now = 你现在写字安全吗？随时可以停。
    .asks = no
screen = 如果有人来，按那个普通名字的按钮，屏幕就会变。
    .asks = no
near = 你身边有可能伤害你的人吗？
    .asks = yes
