# A chat that was read without a yes, because a life or a child was in danger.
confirmed = Vì có thể có tính mạng hay trẻ em gặp nguy hiểm, một người ở { $org } đã đọc chat này khi bạn chưa đồng ý. Người thứ hai đã tán thành.
    .asks = no
refused = Vì có thể có nguy hiểm, một người ở { $org } đã đọc chat này khi bạn chưa đồng ý. Người thứ hai không tán thành, nên đã đóng lại.
    .asks = no
lapsed = Vì có thể có nguy hiểm, một người ở { $org } đã đọc chat này khi bạn chưa đồng ý. Không có người thứ hai tán thành kịp, nên đã đóng lại.
    .asks = no
stored = Số lần mở khi bạn chưa đồng ý, vì nguy hiểm: { $opened }. Mỗi lần, người thứ hai ở { $org } phải tán thành trong một ngày.
    .asks = no
