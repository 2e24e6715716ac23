here = Mình ở đây. Bạn không cần phải nói gì cả.
    .asks = no
feet = Bạn hãy cảm nhận bàn chân trên sàn, và thở ra thật chậm, chừng nào còn thấy dễ chịu.
    .asks = no
see = Bạn nhìn quanh và gọi tên năm thứ mình thấy, chỉ trong đầu thôi.
    .asks = no
