"""What the bot must never say is refused in every language, before anybody reads it."""

from __future__ import annotations

import pytest

from bot.bootstrap import CHECKOUT
from bot.domain.codes import LANGUAGES
from bot.domain.wording import problems
from bot.words import load_deny, read_flows

DENY = load_deny(CHECKOUT / "flows" / "deny.yml")
DRAFTS = read_flows(CHECKOUT).drafts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ["L1", "L2", "L4", "L5", "L6", "L12", "T3", "T8", "S18", "C4", "L11", "P9"])
def test_each_rule_has_phrases_in_each_language(rule: str, language: str) -> None:
    """L1, L2, L4, L5, L6, L12, T3, T8, S18, C4, L11, P9: no language goes without its list."""
    assert any(known == rule for known, _ in DENY.phrases[language])


@pytest.mark.parametrize(
    ("rule", "language", "said"),
    [
        ("L6", "en", "You should run when they sleep."),
        ("L6", "th", "ช่วยเก็บหลักฐานไว้ด้วย"),
        ("L6", "zh", "请你收集证据。"),
        ("S18", "en", "Somebody is on the way to you."),
        ("S18", "id", "Petugas sedang menuju ke tempat Anda."),
        ("S18", "my", "သူတို့ လာနေပြီ။"),
        ("L11", "en", "You must be very afraid."),
        ("L11", "zh", "你一定很害怕。"),
        ("P9", "en", "But you said that you were paid."),
        ("P9", "th", "แต่คุณบอกว่าได้เงินแล้ว"),
        ("C4", "en", "Did they ask for sexual things?"),
        ("C4", "vi", "Họ có đòi tình dục không?"),
        ("C4", "lo", "ເຂົາຂົ່ມຂືນບໍ?"),
    ],
)
def test_a_sentence_that_a_rule_forbids_is_refused(rule: str, language: str, said: str) -> None:
    """L6, S18, L11, P9, C4: no order, nobody said to come, no feeling or contradiction put on them, nothing unfit."""
    found = problems("topic.key", language, said, (), asks=True, deny=DENY)
    assert any(f"rule {rule} forbids" in line for line in found)


@pytest.mark.parametrize("rule", sorted({rule for rules in DENY.phrases.values() for rule, _ in rules}))
def test_no_sentence_of_the_ten_languages_says_what_a_rule_forbids(rule: str) -> None:
    """L1, L2, L4, L5, L6, L11, L12, T3, T8, P9, S18, C4: everything that the bot can say was looked at."""
    said = [draft for draft in DRAFTS if any(found == rule for found, _ in DENY.found_in(draft.text, draft.language))]
    assert [f"{draft.language} {draft.key}" for draft in said] == []
