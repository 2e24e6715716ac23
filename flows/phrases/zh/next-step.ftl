pace = 说什么、说多快，都由你决定。
    .asks = no
ways = 有几条路，不选也是好的决定。我们一起看看好吗？
    .asks = yes
hours = 结束之前：接下来几个小时，什么会对你有帮助？
    .asks = yes
