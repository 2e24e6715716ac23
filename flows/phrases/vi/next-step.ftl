pace = Bạn quyết định kể gì, và nhanh hay chậm.
    .asks = no
ways = Có nhiều cách, và nói không cũng là quyết định tốt. Mình cùng xem nhé?
    .asks = yes
hours = Trước khi dừng: điều gì sẽ giúp bạn trong vài giờ tới?
    .asks = yes
