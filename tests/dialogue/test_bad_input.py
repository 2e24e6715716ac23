"""What the engine answers over its route to what nobody can read, and where it says that it found something."""

from __future__ import annotations

import pytest

from tests.dialogue.running import Engine

NOTHING_TOLD = {
    "empty": "",
    "emojis": "😢🙏",
    "digits": "๐๘๑ 2345",
    "half a surrogate": "\ud83d",
    "controls": "\x00\x1b\x7f",
    "one letter": "ก" * 4096,
    "Shan": "မႂ်ႇသုင်ၶႃႈ",
    "Karen": "ဟးဂဲၤ",
    "Nepali": "आज धेरै गर्मी छ",
    "Bengali": "আজ অনেক গরম",
    "Arabic": "الجو حار اليوم",
    "Spanish": "Mañana es el cumpleaños de mi hija, hacemos una torta.",
}


@pytest.mark.parametrize("text", NOTHING_TOLD.values(), ids=NOTHING_TOLD)
def test_nothing_is_invented(engine: Engine, text: str) -> None:
    found = engine.read(text)
    assert found["language"] == ("th" if text.startswith("ก") else "und")
    assert (found["indicators"], found["urgency"]) == ([], "none")


def test_evidence_lies_in_the_text_as_given(engine: Engine) -> None:
    text = "\ufeffThe boss took\u200b my pass\u200bport and keeps it."
    for found in engine.read(text)["indicators"]:
        start, end = found["evidence"]
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]


def test_zawgyi_is_read_like_its_unicode_twin(engine: Engine) -> None:
    """Whatever is heard in the one is heard in the other."""
    zawgyi = engine.read("ငါးဖမ္းစက္ေလွေပၚမွာ ပတ္စပို႔သိမ္းခံထားရၿပီး လခလည္း မရဘူး")
    unicode = engine.read("ငါးဖမ်းစက်လှေပေါ်မှာ ပတ်စပို့သိမ်းခံထားရပြီး လခလည်း မရဘူး")
    assert (zawgyi["language"], zawgyi["script"], zawgyi["zawgyi"] > 0) == ("my", "Mymr-Zawgyi", True)
    assert (unicode["language"], unicode["script"], unicode["zawgyi"] < 0) == ("my", "Mymr", True)
    assert [found["code"] for found in zawgyi["indicators"]] == [found["code"] for found in unicode["indicators"]]
    assert (zawgyi["intent"], zawgyi["urgency"]) == (unicode["intent"], unicode["urgency"])
