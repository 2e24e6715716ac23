name = Sổ tay bếp
    .asks = no
short = Công thức, tục ngữ và câu đố.
    .asks = no
about = Công thức nấu ăn, luật bóng đá, tục ngữ và câu đố. Bấm Start để đọc.
    .asks = no
