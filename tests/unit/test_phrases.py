"""What counsellors may start from is there in every language, and says nothing that the program may not say."""

from __future__ import annotations

import re

import pytest

from bot.domain.codes import LANGUAGES
from bot.services.phrases import Phrases
from bot.words import load_deny
from tests.support.desk import ROOT, phrases


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_there_in_every_language_and_none_blames_or_promises(language: str) -> None:
    deny = load_deny(ROOT / "flows" / "deny.yml")
    written = Phrases(phrases()).in_language(language)

    assert phrases().keys(language) == phrases().keys("en")
    assert set(written) == {"grounding", "limits", "next-step", "safety", "self-harm"}
    for key, text in (pair for topic in written.values() for pair in topic.items()):
        assert deny.found_in(text, language) == [], key
        assert not re.search(r"\d{3}", text), key
