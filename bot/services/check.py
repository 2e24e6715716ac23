"""Checks everything that NGOs change without programming, before anybody reads it (`saphan check`).

Each finding is one line, `file:line: what is wrong; what to do`. Nothing is changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.services.checks.catalogue import check_catalogue
from bot.services.checks.contacts import check_contacts
from bot.services.checks.danger import check_danger
from bot.services.checks.flags import check_flags
from bot.services.checks.material import Material
from bot.services.checks.mirror import check_mirror
from bot.services.checks.questions import check_questions
from bot.services.checks.recordings import check_recordings
from bot.services.checks.rules import actions_in, check_rules, declared, responses_of
from bot.services.checks.themes import check_themes
from bot.services.checks.training import check_training
from bot.services.checks.uses import uses_in_code, uses_in_pages
from bot.services.checks.words import ENGLISH, check_words

COUNTRIES_TOPIC: Final = "countries"


def check_all(root: Path, material: Material) -> list[str]:
    """List everything that is wrong; `material` is what was read below `root`."""
    topics = frozenset(draft.topic for draft in material.flows.drafts if draft.language == ENGLISH)
    in_code, unread_code = uses_in_code(root, topics)
    in_pages, unread_pages = uses_in_pages(root, topics)
    responses, wrong_responses = responses_of(material.domain)
    known, wrong_domain = declared(material.domain, material.unread)
    written, wrong_actions = actions_in(root)
    unread = material.unread | {fault.partition(":")[0] for fault in wrong_actions}
    found = [*material.flows.faults, *material.faults, *unread_code, *unread_pages]
    found += check_words(material.flows, [*in_code, *in_pages, *responses], material.escape)
    found += wrong_domain + wrong_responses + wrong_actions
    found += check_themes(material.themes, material.common, material.flows)
    found += check_questions(material.questions, material.flows.drafts) if material.questions else []
    found += check_danger(material.danger) if material.danger else []
    found += check_flags(material.flags, material.flows.drafts) if material.flags else []
    found += check_rules(material.rules, known, written, unread)
    found += check_training(material.training, known.is_intent, unread)
    found += check_contacts(material.contacts, _named(material)) if material.contacts else []
    found += check_recordings(material.recorded, material.hashes, material.flows.drafts)
    if material.catalogue:
        found += check_catalogue(material.catalogue) + check_mirror(material.catalogue, material.flows.drafts)
    return found


def _named(material: Material) -> frozenset[str] | None:
    """Give the countries that have a name in the words; None where those could not be read."""
    topic = f"{COUNTRIES_TOPIC}."
    keys = (draft.key for draft in material.flows.drafts if draft.language == ENGLISH)
    return frozenset(key.removeprefix(topic) for key in keys if key.startswith(topic)) or None
