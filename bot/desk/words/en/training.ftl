# Training with invented people.
title = Training
what = An invented person waits in the queue, marked as training. Take them over, write, hand on, close: everything works as it does with people.
whom = Who writes?
choose = Choose a story
start = Start a training conversation
nobody = No story is written in your languages.
hint = Nobody is behind it: it tells a story, and answers only simple questions, such as whether it is safe to write. It calls nobody, counts in no figure, comes after everybody who waits, and is erased after seven days.
tag = training
is-training = Training: nobody is behind this conversation. It is erased after seven days.
