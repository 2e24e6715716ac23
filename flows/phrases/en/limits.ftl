team = What you write stays in our team. Only if a life or a child is in danger do I speak with others, and if I can I tell you first.
    .asks = no
promise = I cannot promise money, papers, or how long something takes. I can tell you what I know.
    .asks = no
