"""What is said to an answer that asks for something: who would like to talk with a person is led to one.

A question of the bank names it in `leads_to`; every other answer is only heard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from bot.domain import about, escape, listening, options, pacing
from bot.domain.case import Case
from bot.domain.questions import Bank
from bot.domain.reply import Reply

LEADS: Final[Mapping[str, Callable[[Case], Reply]]] = {
    "person": escape.offer_person,
    "help": options.offer,
    "rest": listening.let_rest,
    "safer": partial(about.tell_about, intent="about_safe"),
    "home": partial(options.tell, intent="ask_home"),
    "health": partial(options.tell, intent="option_health"),
    "papers": partial(options.tell, intent="ask_papers"),
    "shelter": partial(options.tell, intent="option_shelter"),
    "wages": partial(options.tell, intent="ask_wages"),
}


def hear_answer(case: Case, act: str, bank: Bank) -> Reply:
    """Answer what the open question was answered with."""
    asked = pacing.pacing_of(case).asked
    question = None if asked is None else bank.get(asked.id)
    lead = None if question is None else LEADS.get(question.lead(act))
    return listening.hear_answer(case) if lead is None else lead(case)
