engine = Lúc này mình chưa trả lời tốt được. Điều bạn viết đã được giữ lại. Bạn vẫn có thể gặp người thật, tạm dừng hoặc xóa.
    .asks = no
not-text = Hiện giờ mình chỉ đọc được chữ. Thứ bạn gửi không được giữ lại.
    .asks = no
edited = Mình thấy bạn đã sửa tin nhắn. Mình theo điều bạn viết lúc đầu; bạn có thể viết lại.
    .asks = no
