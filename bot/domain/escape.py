"""The ways out: stop, delete, danger, a person, language, back to the program.

They work by button or by an exact word of `flows/escape.yml`, from every state, with the engine stopped. What the
model merely *reads* as one of them goes the normal way and offers the button.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain import handoff, safety
from bot.domain.case import Case
from bot.domain.codes import LANGUAGES, Act
from bot.domain.effects import ERASE, PAUSE, SET_LANGUAGE
from bot.domain.opening import LANGUAGE_BUTTONS, welcome
from bot.domain.reply import Button, Effect, Reply, Say

STOP: Final = Act("stop")
DELETE: Final = Act("delete")
DANGER: Final = Act("danger")
PERSON: Final = Act("person")
LANGUAGE: Final = Act("language")
BACK: Final = Act("back")
MORE: Final = Act("more")

WAYS: Final = (DANGER, STOP, DELETE, PERSON, BACK, LANGUAGE)
"""The ways out that have words; the first that a burst holds is obeyed."""

BELOW_EVERY_MESSAGE: Final = (
    Button(PERSON, "escape.person"),
    Button(STOP, "escape.pause"),
    Button(MORE, "escape.more"),
)

ERASE_ANSWERS: Final = (Button(Act("erase_yes"), "escape.erase-yes"), Button(Act("erase_no"), "escape.erase-no"))

MENU: Final = (
    Button(DELETE, "escape.delete"),
    Button(LANGUAGE, "escape.language"),
    Button(Act("about_who"), "about.who-label"),
    Button(DANGER, "escape.danger"),
)


@dataclass(frozen=True)
class Words:
    """The exact words of every way out, folded; `flows/escape.yml` holds them per language."""

    ways: Mapping[str, Act]

    def way_of(self, text: str) -> Act | None:
        """Give the way out whose word the whole message is, or None."""
        return self.ways.get(fold(text))

    @classmethod
    def of(cls, by_way: Mapping[str, Mapping[str, Sequence[str]]]) -> Words:
        """Fold the words of `{way: {language: [word, ...]}}`; one word for two ways raises ValueError."""
        ways: dict[str, Act] = {}
        for way, by_language in by_way.items():
            for words in by_language.values():
                for word in words:
                    folded = fold(str(word))
                    if not folded or ways.setdefault(folded, Act(way)) != way:
                        raise ValueError(f"the word of way out {way!r} is empty or belongs to {ways.get(folded)!r} too")
        return cls(ways)


SPOKEN_OVER_A_HUMAN: Final = frozenset(
    {STOP, DELETE, Act("erase_yes"), Act("erase_no"), LANGUAGE, BACK, MORE, Act("handoff_cancel")}
)
"""Ways out that are answered in words while a counsellor holds the conversation. Danger raises its alert in silence
there, and asking for a person needs no answer: one is reading."""


def answers_in(state: str, act: Act) -> bool:
    """Tell whether the program answers this act in words in this state."""
    return state not in ("HELD", "TRANSFERRING") or act in SPOKEN_OVER_A_HUMAN or act.startswith("language_")


def fold(text: str) -> str:
    """Make two writings of one word equal: width, case, accents kept, spaces and punctuation dropped."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if unicodedata.category(c)[0] not in "PZCS")


def answer(act: Act, case: Case) -> Reply | None:
    """Answer a way out, or a button that belongs to one; None when the act is not one of them."""
    if act.startswith("language_"):
        return _set_language(act.removeprefix("language_"), case)
    found = _ANSWERS.get(act)
    return None if found is None else found(case)


def is_way_out(act: Act) -> bool:
    """Tell whether the act is answered here, without the engine."""
    return act in _ANSWERS or act.startswith("language_")


def offer_stop(case: Case) -> Reply:
    """What was only read as stop obeys nothing: it offers the button."""
    return Reply((Say("escape.stop-offer", buttons=(Button(STOP, "escape.pause"),)),))


def _pause(case: Case) -> Reply:
    return Reply((Say("escape.paused"),), (Effect(PAUSE),))


def ask_delete(case: Case) -> Reply:
    """Deleting asks first; only the press of the answer erases."""
    return Reply((Say("escape.erase-ask", buttons=ERASE_ANSWERS),))


def _erase(case: Case) -> Reply:
    return Reply((Say("escape.erased"),), (Effect(ERASE),))


def _keep(case: Case) -> Reply:
    return Reply((Say("escape.kept"),))


def ask_language(case: Case) -> Reply:
    """Show the ten languages by their own names."""
    return Reply((Say("escape.language-ask", buttons=LANGUAGE_BUTTONS),))


def _set_language(code: str, case: Case) -> Reply | None:
    """Go on in the language; who has only seen the opening, in a language they may not read, sees it again."""
    if code not in LANGUAGES:
        return None
    chosen = Effect(SET_LANGUAGE, code)
    if not case.wrote:
        opening = welcome(case)
        return Reply(opening.say, (chosen, *opening.effects))
    return Reply((Say("escape.language-set"),), (chosen,))


def offer_person(case: Case) -> Reply:
    """Offer a person, or say how the wait stands."""
    if case.state in ("QUEUED", "RESERVED"):
        return handoff.wait(case)
    return handoff.offer(case)


def _back(case: Case) -> Reply:
    if case.state in ("HELD", "TRANSFERRING"):
        return handoff.back(case)
    if case.state in ("QUEUED", "RESERVED"):
        return handoff.cancel(case)
    return Reply((Say("escape.already-program"),))


def _menu(case: Case) -> Reply:
    return Reply((Say("escape.menu", buttons=MENU),))


_ANSWERS: Final = {
    STOP: _pause,
    DELETE: ask_delete,
    Act("erase_yes"): _erase,
    Act("erase_no"): _keep,
    DANGER: safety.danger,
    PERSON: offer_person,
    Act("handoff_yes"): handoff.queue,
    Act("person_may_write"): handoff.queue,
    Act("handoff_no"): handoff.decline,
    Act("handoff_cancel"): handoff.cancel,
    LANGUAGE: ask_language,
    BACK: _back,
    MORE: _menu,
}
