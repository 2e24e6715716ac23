engine = I cannot answer well just now. What you wrote is kept. You can still ask for a person, pause or delete.
    .asks = no
not-text = I can read only text for now. What you sent was not kept.
    .asks = no
edited = I saw that you changed a message. I go by what you wrote first; you can write it again.
    .asks = no
