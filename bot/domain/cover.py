"""The other screen: how it begins and ends, its words, and clearing as we go (rules S5-S7, S10, S12).

In cover everything seen is cover. Only three things are ways out there: the way-back phrase or the person's own word,
the second word, and danger, silently. This file never sees a word: the app compares keyed hashes and says what matched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import AWAIT, CLEAR_OFF, CLEAR_ON, COVER, ERASE, SET_SECOND, SET_THEME, SET_WORD, TAKEOVER
from bot.domain.opening import SAFE_ANSWERS
from bot.domain.reply import Button, Effect, Reply, Say
from bot.domain.themes import THEMES

HIDE: Final = Act("hide")
"""The button or word of the theme."""
WAY_BACK: Final = Act("way_back")
"""The reviewed phrase of `flows/escape.yml`, which works until the person sets a word of their own."""
OWN_WORD: Final = Act("own_word")
SECOND_WORD: Final = Act("second_word")
"""Somebody else has the phone."""
WORD_GIVEN: Final = Act("word_given")
"""What they wrote after they were asked for a word of their own, or for the second one."""
WORD_WRONG: Final = Act("word_wrong")
"""Their own word was asked for, and this is another."""
THEME_NEXT: Final = Act("theme_next")
"""The one button of the changed screen."""
SECRET: Final = frozenset({WAY_BACK, OWN_WORD, SECOND_WORD, WORD_GIVEN, WORD_WRONG})
"""What was written so is never kept, and is deleted from the chat at once."""

LEFT_AFTER: Final = timedelta(hours=24)
"""After so long in cover `/start` opens a new, empty conversation: nobody is locked out, nothing old is shown."""
COVER_KEPT: Final = timedelta(days=30)
"""How long a screen stays changed after its talk was erased, with nothing of the talk."""
CLEAR_AFTER: Final = timedelta(hours=24)
"""Messages are cleared when they are so old: far below the limit, so that a long outage is made up for."""

SHORTEST_WORD: Final = 4
SHORTEST_IN_CHINESE: Final = 3
"""Each sign is a syllable."""
LONGEST_WORD: Final = 30
"""Folded letters; whoever writes more tells something, and is heard."""

THEME_BUTTONS: Final = tuple(Button(Act(f"theme_{theme}"), f"themes.{theme}") for theme in THEMES)
LEAVE: Final = Button(Act("word_leave"), "cover.leave")


def theme_button(theme: str) -> Button:
    """Give the button that begins cover; it names the theme and nothing else."""
    return Button(HIDE, f"themes.{theme if theme in THEMES else THEMES[0]}")


def may_be_left(covered_at: datetime | None, now: datetime) -> bool:
    """Tell whether `/start` opens a new conversation, and this one is left behind."""
    return covered_at is not None and now - covered_at >= LEFT_AFTER


def problem_of_word(folded: str, common: Collection[str]) -> str:
    """Say what is wrong with a word of the person's own, in a code: `short`, `common`, or nothing.

    `common` are folded: words that others may type by chance, ways out, and the names of the themes.
    """
    chinese = any("CJK UNIFIED" in unicodedata.name(letter, "") for letter in folded)
    letters = sum(unicodedata.category(letter)[0] != "M" for letter in folded)
    if letters < (SHORTEST_IN_CHINESE if chinese else SHORTEST_WORD):
        return "short"
    if folded in common or len(set(folded)) == 1:
        return "common"
    return ""


def answer(act: Act, case: Case) -> Reply | None:
    """Answer what belongs to the other screen; None when the act does not."""
    if act.startswith("theme_") and act.removeprefix("theme_") in THEMES:
        theme = act.removeprefix("theme_")
        return Reply((Say("cover.theme-set", {"theme": theme}),), (Effect(SET_THEME, theme),))
    found = _ANSWERS.get(act)
    return None if found is None else found(case)


def is_mine(act: Act) -> bool:
    """Tell whether the act is answered here."""
    return act in _ANSWERS or act in {button.act for button in THEME_BUTTONS}


def offer(case: Case) -> Reply:
    """What was only read as hiding offers the button, and obeys nothing."""
    return Reply((Say("cover.offer", {"theme": case.theme}, (theme_button(case.theme),)),))


def come_back(state: str, *, empty: bool, practice: bool) -> Reply:
    """They are back: nothing old is repeated, and the first thing asked is whether it is safe (S1, S12, P7).

    `empty`: the talk was erased meanwhile, so it begins as at first.
    """
    first = (Say("opening.practice"),) if practice else ()
    if empty:
        opening = (Say("opening.who"), Say("opening.reads"), Say("opening.ways", buttons=SAFE_ANSWERS))
        return Reply((*first, *opening))
    if state in ("HELD", "TRANSFERRING"):
        # A person is there, whom they can count on in practice too.
        return Reply((Say("cover.back-person"),))
    return Reply((*first, Say("cover.back", buttons=SAFE_ANSWERS)))


def _hide(case: Case) -> Reply:
    return Reply(effects=(Effect(COVER),))


def _takeover(case: Case) -> Reply:
    return Reply(effects=(Effect(COVER), Effect(TAKEOVER)))


def _menu(case: Case) -> Reply:
    """Say what stays on the screen, and offer what can be changed. The second word is offered after the first only."""
    buttons = [Button(Act("theme_choose"), "cover.theme-label"), Button(Act("word_set"), "cover.word-label")]
    if case.has_word:
        buttons.append(Button(Act("second_set"), "cover.second-label"))
    if case.can_clear and not case.clears:
        buttons.append(Button(Act("clear_on"), "cover.clear-on-label"))
    if case.clears:
        buttons.append(Button(Act("clear_off"), "cover.clear-off-label"))
    key = "cover.screen-clear" if case.clears or not case.can_clear else "cover.screen"
    return Reply((Say(key, {"theme": case.theme}, tuple(buttons)),))


def _choose_theme(case: Case) -> Reply:
    return Reply((Say("cover.theme-ask", buttons=THEME_BUTTONS),))


def _ask_word(case: Case) -> Reply:
    return Reply((Say("cover.word-ask", buttons=(LEAVE,)),), (Effect(AWAIT, "word"),))


def _ask_second(case: Case) -> Reply:
    if not case.has_word:
        return _ask_word(case)
    return Reply((Say("cover.second-ask", buttons=(LEAVE,)),), (Effect(AWAIT, "second"),))


def _take_word(case: Case) -> Reply:
    """Take the word that was written, or say what is wrong with it; the word itself is never said again."""
    if case.word_problem:
        key = "cover.word-short" if case.word_problem == "short" else "cover.word-common"
        return Reply((Say(key, buttons=(LEAVE,)),), (Effect(AWAIT, case.awaits),))
    if case.awaits == "second":
        return Reply((Say("cover.second-set"),), (Effect(SET_SECOND),))
    return Reply((Say("cover.word-set", {"theme": case.theme}),), (Effect(SET_WORD),))


def _leave_word(case: Case) -> Reply:
    return Reply((Say("cover.left"),))


def _use_word(case: Case) -> Reply:
    """Their own word outside cover: it erases where that was asked for, and does nothing else."""
    if case.awaits == "erase":
        return erased()
    if case.awaits == "erase_clear":
        return erased(clear=True)
    return Reply((Say("escape.already-program"),))


def _wrong_word(case: Case) -> Reply:
    return Reply((Say("cover.word-wrong"),))


def erased(*, clear: bool = False) -> Reply:
    """Everything goes; what stays is said (S6)."""
    first = "escape.erased-chat" if clear else "escape.erased"
    return Reply((Say(first), Say("escape.erased-stays")), (Effect(ERASE, "chat" if clear else ""),))


def _clear_on(case: Case) -> Reply:
    return Reply((Say("cover.clear-on"),), (Effect(CLEAR_ON),))


def _clear_off(case: Case) -> Reply:
    return Reply((Say("cover.clear-off"),), (Effect(CLEAR_OFF),))


def _stale(case: Case) -> Reply:
    return Reply((Say("escape.stale"),))


def _already(case: Case) -> Reply:
    return Reply((Say("escape.already-program"),))


_ANSWERS: Final = {
    HIDE: _hide,
    WAY_BACK: _already,
    OWN_WORD: _use_word,
    SECOND_WORD: _takeover,
    WORD_GIVEN: _take_word,
    WORD_WRONG: _wrong_word,
    THEME_NEXT: _stale,
    Act("screen"): _menu,
    Act("theme_choose"): _choose_theme,
    Act("word_set"): _ask_word,
    Act("second_set"): _ask_second,
    Act("word_leave"): _leave_word,
    Act("clear_on"): _clear_on,
    Act("clear_off"): _clear_off,
}
