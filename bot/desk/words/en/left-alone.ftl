# Contacts that were closed as abusive, and how long only the program is there for them.
title = Left with the program
means = A talk that is closed as abusive leaves only the program there for { $short } days. For { $long } days two members of staff have to agree. In danger a person is still called, always.
closed = Closed by
lasts = only the program until
lifted = lifted by { $name }
over = over
asked = { $name } asks for { $long } days
agreed = { $name } agreed
ask = Ask for { $long } days
agree = Agree
lift = Lift it
nobody = Nobody. A contact is listed here once a talk with them is closed as abusive.
