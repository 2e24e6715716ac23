title = Recovery key
now = Write this down on paper, now
why = This is the recovery key of your organisation. It is shown only this once. If one day nobody is left who can open what people told you, this paper is the only way.
keep = Keep it where two people of your organisation can find it, and nobody else.
no-photo = No photo, no message, no file: whoever has it can read every conversation.
written = I have written it down and compared it letter by letter.
continue = Continue
