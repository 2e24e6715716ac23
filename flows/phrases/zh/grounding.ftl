here = 我在这里。你什么都不用说。
    .asks = no
feet = 感觉一下脚踩在地上，慢慢呼气，觉得舒服就好。
    .asks = no
see = 看看四周，在心里说出你看到的五样东西。
    .asks = no
