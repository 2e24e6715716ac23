"""The effects a turn may have, and which of them only a button may bring about.

An effect that gives something away is accepted only in a turn whose input was that very button
(design/architecture.md, *One message, end to end*, 7).
"""

from __future__ import annotations

from typing import Final

from bot.domain.codes import LANGUAGES, Act
from bot.domain.plan import OFFSETS
from bot.domain.referral import LATER, LESS, NO, STOPS, YES
from bot.domain.reply import Effect

OFFER_HANDOFF: Final = "offer_handoff"
DECLINE_HANDOFF: Final = "decline_handoff"
QUEUE: Final = "queue"
"""Hand the conversation over: carries the consent that a counsellor may read it."""
CANCEL_HANDOFF: Final = "cancel_handoff"
BACK_TO_PROGRAM: Final = "back_to_program"
REFUSE_TRANSFER: Final = "refuse_transfer"
"""Stay with the counsellor who would like to hand the conversation on."""
CHANGE_COUNSELLOR: Final = "change_counsellor"
"""Wait for another counsellor than the one who writes now."""
ADMIT_INTERPRETER: Final = "admit_interpreter"
"""Let the interpreter read whom the counsellor asked for: carries a consent of its own."""
END_INTERPRETER: Final = "end_interpreter"
"""Nobody but the counsellor reads from now on."""
LET_REVIEW: Final = "let_review"
"""Reviewers may look at what was told: carries that consent."""
LET_LEARN: Final = "let_learn"
"""New example sentences may be written from what they told; kept in the talk."""
END_LEARN: Final = "end_learn"
END_REVIEW: Final = "end_review"
"""Nobody may look any more."""
PAUSE: Final = "pause"
ERASE: Final = "erase"
"""Erase everything; `chat`: clear the messenger's screen too, as far as it lets us."""
ERASE_LAST: Final = "erase_last"
"""Erase the newest message of the person, and take it off the screen."""
COMPLAIN: Final = "complain"
COVER: Final = "cover"
"""Change the screen."""
TAKEOVER: Final = "takeover"
"""Somebody else has the phone: staff are told, nothing is shown."""
SET_THEME: Final = "set_theme"
AWAIT: Final = "await"
"""What the next short message is taken for: `word`, `second`, `erase`, `erase_clear`; kept in the talk."""
SET_WORD: Final = "set_word"
"""What they wrote is their own word from now on; kept in the talk, as a keyed hash."""
SET_SECOND: Final = "set_second"
CLEAR_ON: Final = "clear_on"
CLEAR_OFF: Final = "clear_off"
SET_ALOUD: Final = "set_aloud"
"""Whether sentences come with their recording: `yes`, or nothing; kept in the talk."""
SET_LANGUAGE: Final = "set_language"
RAISE_DANGER: Final = "raise_danger"
"""The person said by word or button that they are in danger now: P0 and an alert."""
DECLINE_SAFETY: Final = "decline_safety"
OPENED: Final = "opened"
SET_AGE: Final = "set_age"
"""What the person said of their age: `adult`, `child` or `unsaid`; kept in the talk."""
SET_ABOUT: Final = "set_about"
"""Whom they write for: `self` or `other`; kept in the talk."""
SET_COUNTRY: Final = "set_country"
"""The country they named; kept in the talk."""
OBSERVE: Final = "observe"
"""The person answered a mirror sentence: `<name>:<answer>`, which sets or denies what the catalogue says of it."""
PROMISE: Final = "promise"
"""Write by a time: carries the due time, and the consent that a counsellor may read."""
WISH: Final = "wish"
"""Whom they would rather talk with: `language:th`, `gender:woman`."""
PLAN: Final = "plan"
"""Whether and when they may be written to first: `today`, a part of the day, or `none`."""
CLOCK: Final = "clock"
"""By how many minutes their clock is ahead of UTC."""
CHECK_INS: Final = "check_ins"
"""Ask after them now and then, `yes` or `no`."""
REMEMBER_FOR: Final = "remember_for"
"""For how many days the talk is remembered; 0 is no."""
REFER: Final = "refer"
"""Their answer to what would be passed on: `yes`, `less`, `later` or `no`."""
REFER_STOP: Final = "refer_stop"
"""Pass nothing more on: the number of the referral."""
REMEMBER: Final = "remember"
"""Keep something for the next turn's `dialogue`; the engine folds it in, the app never sees it."""

KINDS: Final = frozenset(
    {
        OFFER_HANDOFF,
        DECLINE_HANDOFF,
        QUEUE,
        CANCEL_HANDOFF,
        BACK_TO_PROGRAM,
        REFUSE_TRANSFER,
        CHANGE_COUNSELLOR,
        ADMIT_INTERPRETER,
        END_INTERPRETER,
        LET_REVIEW,
        END_REVIEW,
        LET_LEARN,
        END_LEARN,
        PAUSE,
        ERASE,
        ERASE_LAST,
        COMPLAIN,
        COVER,
        TAKEOVER,
        SET_THEME,
        AWAIT,
        SET_WORD,
        SET_SECOND,
        CLEAR_ON,
        CLEAR_OFF,
        SET_ALOUD,
        SET_LANGUAGE,
        RAISE_DANGER,
        DECLINE_SAFETY,
        OPENED,
        PROMISE,
        WISH,
        PLAN,
        CLOCK,
        CHECK_INS,
        REMEMBER_FOR,
        OBSERVE,
        SET_AGE,
        SET_ABOUT,
        SET_COUNTRY,
        REFER,
        REFER_STOP,
    }
)

BUTTONS_ONLY: Final[dict[str, frozenset[Act]]] = {
    QUEUE: frozenset({Act(act) for act in ("handoff_yes", "handoff_yes_list", "handoff_yes_new", "person_may_write")}),
    PROMISE: frozenset({Act("handoff_promise")}),
    LET_REVIEW: frozenset({Act("review_yes")}),
    LET_LEARN: frozenset({Act("learn_yes")}),
    ADMIT_INTERPRETER: frozenset({Act("interpreter_yes")}),
    WISH: frozenset(map(Act, (*(f"handoff_in_{code}" for code in LANGUAGES), "wish_woman", "wish_man", "wish_any"))),
    PLAN: frozenset({Act(f"contact_{when}") for when in ("today", "morning", "midday", "evening", "night", "never")}),
    CLOCK: frozenset(Act(f"clock_{minutes}") for page in OFFSETS for minutes in page),
    CHECK_INS: frozenset({Act("check_in_yes"), Act("check_in_no")}),
    REMEMBER_FOR: frozenset({Act("remember_30"), Act("remember_90"), Act("remember_no")}),
    # The person's own word, where one is set, is more than a button: whoever has the phone can press.
    ERASE: frozenset({Act("erase_yes"), Act("erase_clear"), Act("own_word")}),
    ERASE_LAST: frozenset({Act("erase_last")}),
    # Sound can be heard by others: whoever has the phone decides, with the screen before them.
    SET_ALOUD: frozenset({Act("aloud_on"), Act("aloud_off")}),
    OBSERVE: frozenset({Act(f"mirror_{answer}") for answer in ("now", "on_the_way", "no", "leave")}),
    REFER: frozenset({YES, LESS, LATER, NO}),
    REFER_STOP: frozenset(STOPS),
    SET_AGE: frozenset({Act("age_adult"), Act("age_child"), Act("age_skip")}),
}


def is_allowed(effect: Effect, pressed: Act | None) -> bool:
    """Tell whether a turn with this input may have this effect."""
    if effect.kind not in KINDS:
        return False
    needed = BUTTONS_ONLY.get(effect.kind)
    return needed is None or pressed in needed
