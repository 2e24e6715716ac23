title = Sign in
failed = That did not work.
failed-why = Check name, passphrase and code. A code works once; wait for the next one. After several failed tries, wait some minutes before you try again.
name = Name
passphrase = Passphrase
code = Code from your phone
send = Sign in
lost = Lost your phone or passphrase? An administrator or supervisor makes you a new set-up link.
