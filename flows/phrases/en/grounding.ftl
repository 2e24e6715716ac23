here = I am here. You do not have to say anything.
    .asks = no
feet = Feel your feet on the floor, and breathe out slowly, as long as it feels all right.
    .asks = no
see = Look around and name five things that you see, only for yourself.
    .asks = no
