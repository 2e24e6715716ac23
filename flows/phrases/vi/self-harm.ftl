ask = Có người trong hoàn cảnh như vậy nghĩ đến cái chết. Bạn có đang nghĩ đến việc tự tử không?
    .asks = yes
means = Bạn đã nghĩ sẽ làm bằng cách nào chưa, và thứ đó có ở gần bạn không?
    .asks = yes
stay = Cảm ơn bạn đã nói ra. Mình ở lại đây với bạn. Mình cùng làm cho giờ tới an toàn hơn nhé?
    .asks = yes
away = Bạn có thể để thứ đó xa tầm tay, hoặc đến chỗ có người không?
    .asks = yes
