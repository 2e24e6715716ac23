# Shared by the pages of contacts and words.
pages = Pages of contents
contacts = Contacts
words = Words
check-says = The check of the content files says:
