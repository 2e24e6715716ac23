now = Bây giờ bạn nhắn có an toàn không? Bạn có thể dừng bất cứ lúc nào.
    .asks = no
screen = Nếu có ai đến, bạn bấm nút mang tên vô hại, và màn hình sẽ đổi.
    .asks = no
near = Có ai ở gần có thể làm bạn đau không?
    .asks = yes
