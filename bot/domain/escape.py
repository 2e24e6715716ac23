"""The ways out: stop, delete, hide, danger, a person, language, back to the program.

They work by button or by an exact word of `flows/escape.yml`, from every state, with the engine stopped. What the
model merely *reads* as one of them goes the normal way and offers the button.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.domain import cover, handoff, interpreting, learning, referral_talk, review_consent, safety, weeks
from bot.domain.case import Case
from bot.domain.codes import LANGUAGES, Act
from bot.domain.cover import HIDE, WAY_BACK, theme_button
from bot.domain.effects import AWAIT, COMPLAIN, ERASE_LAST, PAUSE, SET_ALOUD, SET_LANGUAGE
from bot.domain.folding import fold
from bot.domain.opening import LANGUAGE_BUTTONS, welcome
from bot.domain.reply import Button, Effect, Reply, Say

STOP: Final = Act("stop")
DELETE: Final = Act("delete")
DANGER: Final = Act("danger")
PERSON: Final = Act("person")
LANGUAGE: Final = Act("language")
BACK: Final = Act("back")
MORE: Final = Act("more")

WAYS: Final = (HIDE, DANGER, STOP, DELETE, PERSON, BACK, LANGUAGE, WAY_BACK)
"""The ways out that have words; the first that a burst holds is obeyed."""

ERASING: Final = frozenset({DELETE, *(Act(f"erase_{what}") for what in ("yes", "clear", "last", "no"))})
"""The words and buttons of deleting."""

MENU: Final = (
    Button(DELETE, "escape.delete"),
    Button(LANGUAGE, "escape.language"),
    Button(Act("about_who"), "about.who-label"),
    Button(DANGER, "escape.danger"),
    Button(Act("screen"), "escape.screen"),
    weeks.MENU,
    Button(Act("complaint"), "escape.complaint"),
)

ALOUD_ON: Final = Button(Act("aloud_on"), "escape.aloud-on-label")
ALOUD_OFF: Final = Button(Act("aloud_off"), "escape.aloud-off-label")

COMPLAINT_ANSWERS: Final = (
    Button(Act("complaint_yes"), "escape.complaint-yes"),
    Button(Act("complaint_no"), "escape.complaint-no"),
)


def below_every_message(theme: str) -> tuple[Button, ...]:
    """Give the four ways out that stand below the newest message; the third is named like the theme (T5, H1, S5)."""
    return (
        Button(PERSON, "escape.person"),
        Button(STOP, "escape.pause"),
        theme_button(theme),
        Button(MORE, "escape.more"),
    )


BELOW_EVERY_MESSAGE: Final = below_every_message("recipes")
"""As they stand where nobody chose a theme."""


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
    {
        *(STOP, DELETE, LANGUAGE, BACK, MORE, ALOUD_ON.act, ALOUD_OFF.act, Act("handoff_cancel"), Act("complaint")),
        *(handoff.STAY.act, handoff.CHANGE.act),
        *(button.act for button in COMPLAINT_ANSWERS),
    }
)
"""Ways out that are answered in words while a counsellor holds the conversation. Danger raises its alert in silence
there, and asking for a person needs no answer: one is reading."""


def answers_in(state: str, act: Act) -> bool:
    """Tell whether the program answers this act in words in this state."""
    if state not in ("HELD", "TRANSFERRING") or act in SPOKEN_OVER_A_HUMAN:
        return True
    here = _of_a_topic(act) is not None or weeks.is_about_contact(act)
    return here or act.startswith(("language_", "erase_"))


def _of_a_topic(act: Act) -> Callable[[Case], Reply | None] | None:
    """Find the topic that answers all of its own buttons."""
    for is_mine, answer_it in _TOPICS:
        if is_mine(act):
            return partial(answer_it, act)
    return None


_TOPICS: Final[tuple[tuple[Callable[[Act], bool], Callable[[Act, Case], Reply | None]], ...]] = (
    (cover.is_mine, cover.answer),
    (interpreting.is_mine, interpreting.answer),
    (referral_talk.is_mine, referral_talk.answer),
    (review_consent.is_mine, review_consent.answer),
    (learning.is_mine, learning.answer),
)


def answer(act: Act, case: Case) -> Reply | None:
    """Answer a way out, or a button that belongs to one; None when the act is not one of them."""
    if act.startswith("language_"):
        return _set_language(act.removeprefix("language_"), case)
    if safety.is_answered_here(act):
        return safety.answer(act, case)
    found = _of_a_topic(act) or _ANSWERS.get(act)
    return handoff.answer(act, case) if found is None else found(case)


def is_way_out(act: Act) -> bool:
    """Tell whether the act is answered here, without the engine."""
    here = act in _ANSWERS or act.startswith("language_") or _of_a_topic(act) is not None
    return here or safety.is_answered_here(act) or handoff.is_about_handoff(act)


def offer_stop(case: Case) -> Reply:
    """What was only read as stop obeys nothing: it offers the button."""
    return Reply((Say("escape.stop-offer", buttons=(Button(STOP, "escape.pause"),)),))


def _pause(case: Case) -> Reply:
    return Reply((Say("escape.paused"),), (Effect(PAUSE),))


def ask_delete(case: Case) -> Reply:
    """Deleting asks first, and the theme is offered before it (S7); only the press of an answer erases."""
    buttons = [
        theme_button(case.theme),
        Button(Act("erase_last"), "escape.erase-last"),
        Button(Act("erase_yes"), "escape.erase-yes"),
    ]
    if case.can_clear:
        buttons.append(Button(Act("erase_clear"), "escape.erase-clear"))
    buttons.append(Button(Act("erase_no"), "escape.erase-no"))
    return Reply((Say("escape.erase-ask", buttons=tuple(buttons)),))


def _erase(case: Case) -> Reply:
    """Erase everything, or ask for the person's own word first: whoever has the phone could press."""
    if case.has_word:
        return Reply((Say("escape.erase-word", buttons=(cover.LEAVE,)),), (Effect(AWAIT, "erase"),))
    return cover.erased()


def _erase_and_clear(case: Case) -> Reply:
    if case.has_word:
        return Reply((Say("escape.erase-word", buttons=(cover.LEAVE,)),), (Effect(AWAIT, "erase_clear"),))
    return cover.erased(clear=True)


def _erase_last(case: Case) -> Reply:
    """One message at a time, from the newest (S6)."""
    return Reply((Say("escape.erased-last"),), (Effect(ERASE_LAST),))


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
    if case.state in ("QUEUED", "RESERVED", "PROMISED"):
        return handoff.cancel(case)
    return Reply((Say("escape.already-program"),))


def _menu(case: Case) -> Reply:
    """Show what else can be done; what is passed on, and to be read to, only where there is any."""
    aloud = (ALOUD_OFF,) if case.hears else (ALOUD_ON,) if case.can_hear else ()
    passed_on = (referral_talk.LIST_BUTTON,) if case.referrals else ()
    alone = (interpreting.END,) if case.interpreter == "here" else ()
    looked = (*review_consent.menu_button(case), *learning.menu_button(case))
    return Reply((Say("escape.menu", buttons=(*alone, *MENU, *looked, *passed_on, *aloud)),))


def _hear(case: Case) -> Reply:
    """Sentences come with sound from now on, and that others may hear it is said first."""
    return Reply((Say("escape.aloud-on"),), (Effect(SET_ALOUD, "yes"),))


def _hear_no_more(case: Case) -> Reply:
    return Reply((Say("escape.aloud-off"),), (Effect(SET_ALOUD),))


def _complaint(case: Case) -> Reply:
    """A complaint goes to supervisors, never to the one complained of; its words are told there, not here."""
    return Reply((Say("escape.complaint-ask", buttons=COMPLAINT_ANSWERS),))


def _complain(case: Case) -> Reply:
    return Reply((Say("escape.complaint-done"),), (Effect(COMPLAIN),))


def _no_complaint(case: Case) -> Reply:
    return Reply((Say("escape.complaint-left"),))


_ANSWERS: Final = {
    STOP: _pause,
    DELETE: ask_delete,
    Act("erase_yes"): _erase,
    Act("erase_clear"): _erase_and_clear,
    Act("erase_last"): _erase_last,
    Act("erase_no"): _keep,
    PERSON: offer_person,
    LANGUAGE: ask_language,
    BACK: _back,
    MORE: _menu,
    ALOUD_ON.act: _hear,
    ALOUD_OFF.act: _hear_no_more,
    Act("complaint"): _complaint,
    Act("complaint_yes"): _complain,
    Act("complaint_no"): _no_complaint,
}
