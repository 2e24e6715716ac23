ask = Some people in such a situation think of dying. Are you thinking of killing yourself?
    .asks = yes
means = Have you thought about how, and is it near you now?
    .asks = yes
stay = Thank you for telling me. I stay here with you. Shall we make the next hour safer together?
    .asks = yes
away = Could you put it out of reach, or go where somebody is?
    .asks = yes
