# Calls to staff, and what staff are told outside the desk: never content, name or language of a person.
title = Alerts
somebody-waits = Somebody waits. Please look at the desk.
something-waits = Please look at the desk.
linked = You will be called here. Nothing else is answered in this chat.
open = Open alerts
none-open = Nothing waits for an answer.
earlier = Earlier alerts
counted = Of the newest hundred { $missed ->
    [one] one was missed.
   *[other] { $missed } were missed.
} An alert is missed when everybody who could be called was called and nobody answered in time.
missed = missed
answered = answered by { $name } after { $gap }
called = { $name }: { $way }, { $state }, after { $gap }
reach-title = How you are called
reach-hint = You are called only when you are next for an alert. The message holds no word about the person.
telegram-linked = Your Telegram chat is linked.
telegram-link = Link a Telegram chat
telegram-end = End the link
telegram-off = No Telegram bot for staff is set up here.
code-title = Your code
code-hint = Send it to the Telegram bot of the staff within 15 minutes. It works once.
mail = Mail address
mail-save = Save the address
mail-waits = A code was sent to { $address }. You are called there once you have typed it here, within 15 minutes.
mail-type-code = The code from the mail
mail-confirm = Confirm the address
mail-code = Your code for the desk:
mail-off = No mail server is set up here.
sound = Sound
more = { $count ->
    [one] One more alert wants an answer now
   *[other] { $count } more alerts want an answer now
}
held = With counsellors now
