team = Những gì bạn viết ở lại trong nhóm của mình. Chỉ khi một mạng sống hoặc một đứa trẻ gặp nguy hiểm thì mình mới nói với người khác, và nếu được mình sẽ báo bạn trước.
    .asks = no
promise = Mình không thể hứa về tiền, giấy tờ, hay bao lâu thì xong. Mình có thể nói những gì mình biết.
    .asks = no
