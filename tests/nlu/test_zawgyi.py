"""Burmese is read alike in both of its encodings, and what only shares the letters is left alone."""

from __future__ import annotations

import pytest

from bot.nlu.cleaning import clean
from bot.nlu.language import name_language
from bot.nlu.written import FOLDER, ROOT, languages_of_examples
from bot.nlu.zawgyi import is_zawgyi, to_zawgyi, zawgyi_of

SHAN = ["မႂ်ႇသုင်ၶႃႈ", "ၶႃႈၶႂ်ႈပွၵ်ႈႁိူၼ်း", "ၸွႆႈၶႃႈသေၵမ်း"]
KAREN = ["ယအဲၣ်ဒိးက့ၤဆူဟံၣ်", "မၤစၢၤယၤတက့ၢ်", "ပှၤသူၣ်ကဲၤတဟ့ၣ်ယၤစ့ဘၣ်"]
MON = ["မင်္ဂလာ ဟွံမွဲပရေၚ်", "အဲ မိက်ဂွံစဴသ္ၚိ", "ရီုဗၚ်အဲရောၚ်"]


def test_twins_in_zawgyi_are_recognised_and_read_like_their_originals() -> None:
    """At least 98 of a hundred examples become the same text again; what the twin's maker writes wrongly cannot."""
    examples = [text for text, languages in languages_of_examples(ROOT / FOLDER).items() if languages == ("my",)]
    originals = [text for text in examples if clean(text).text == text and to_zawgyi(text) != text]
    alike = [text for text in originals if clean(to_zawgyi(text)).text == text]
    assert len(originals) > 100
    assert len(alike) >= 0.98 * len(originals)


@pytest.mark.parametrize(
    ("zawgyi", "unicode"),
    [
        ("ကယ္ပါ", "ကယ်ပါ"),
        ("ကၽြန္ေတာ္ အိမ္ျပန္ခ်င္တယ္", "ကျွန်တော် အိမ်ပြန်ချင်တယ်"),
        ("တနဂၤေႏြ နားရတယ္", "တနင်္ဂနွေ နားရတယ်"),
        ("boss က ႐ိုက္တယ္ 😢", "boss က ရိုက်တယ် 😢"),
    ],
)
def test_zawgyi_becomes_unicode(zawgyi: str, unicode: str) -> None:
    cleaned = clean(zawgyi)
    assert cleaned.was_zawgyi
    assert cleaned.text == unicode
    assert name_language(zawgyi, {}).script == "Mymr-Zawgyi"


@pytest.mark.parametrize("text", [*SHAN, *KAREN, *MON])
@pytest.mark.parametrize("before", [0.0, 9.0])
def test_shan_karen_and_mon_are_never_converted(text: str, before: float) -> None:
    cleaned = clean(text, before)
    assert not cleaned.was_zawgyi
    assert name_language(text, {"zawgyi": before}).language == "und"


@pytest.mark.parametrize("text", ["ရဲလား", "မသိဘူး", "လာ"])
def test_a_text_that_is_the_same_in_both_counts_for_neither(text: str) -> None:
    assert abs(zawgyi_of(text)) < 0.5
    assert clean(text).text == clean(text, 3.0).text == text


def test_earlier_messages_decide_only_where_this_one_is_in_doubt() -> None:
    assert is_zawgyi("က", 0.0, 2.0)
    assert not is_zawgyi("က", 0.0, 0.0)
    assert not is_zawgyi("က", -0.9, 5.0)
    assert is_zawgyi("က", 0.9, -5.0)


def test_a_text_without_burmese_has_no_number() -> None:
    assert zawgyi_of("hello") == 0.0
    assert not is_zawgyi("hello", 0.0, 5.0)
