"""The language is named right, also without its marks, romanised, and beside its neighbour."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nlu.language import name_language

SENTENCES = {
    "en": ["They do not let me go home.", "please help", "I work in a hotel and they keep my papers"],
    "th": ["อยากกลับบ้าน", "เถ้าแก่ไม่จ่ายเงิน", "phom yak klap ban krub"],
    "my": ["အိမ်ပြန်ချင်တယ်", "သူဌေးက လစာမပေးဘူး", "kyanaw ko kuanyi par"],
    "km": ["ខ្ញុំចង់ទៅផ្ទះ", "គេមិនបើកប្រាក់ខែទេ", "khnhom jong tov ptah vinh"],
    "lo": ["ຂ້ອຍຢາກກັບບ້ານ", "ເຂົາບໍ່ຈ່າຍເງິນ", "khoy yak kap ban"],
    "vi": ["Tôi muốn về nhà.", "toi muon ve nha", "chu khong tra luong cho em"],
    "zh": ["我想回家", "老闆不發工資", "wo xiang hui jia"],
    "id": ["Saya mau pulang tapi paspor ditahan bos.", "gaji nggak dibayar", "tolong, saya tidak bisa keluar"],
    "ms": ["Saya nak balik tapi pasport tauke pegang.", "gaji tak dibayar", "tolong, saya tak boleh keluar"],
    "tl": ["Gusto ko nang umuwi.", "hindi binabayaran ang sahod ko", "tulungan ninyo ako"],
}


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in SENTENCES.items() for text in texts])
def test_the_language_is_named(language: str, text: str) -> None:
    assert name_language(text, {}).language == language


@pytest.mark.parametrize(
    "text", ["", "   ", "👍👍", "1234", "?!", "안녕하세요", "كيف حالك", "Wo ist der Bahnhof von Köln?"]
)
def test_what_we_do_not_speak_is_undetermined(text: str) -> None:
    assert name_language(text, {}).language == "und"


def test_a_short_word_is_taken_for_the_language_spoken_before() -> None:
    assert name_language("ok", {"languages": {"vi": 3}}).language == "vi"
    assert name_language("ok", {}).language == "und"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("อยาก", "Thai"),
        ("ຢາກ", "Laoo"),
        ("ចង់", "Khmr"),
        ("这个", "Hans"),
        ("這個", "Hant"),
        ("人", "Hani"),
        ("ကျွန်တော် အိမ်ပြန်ချင်တယ်", "Mymr"),
        ("ကြၽန္ေတာ္ အိမ္ျပန္ခ်င္တယ္", "Mymr-Zawgyi"),
        ("hello", "Latn"),
        ("123", "Zyyy"),
    ],
)
def test_the_script_is_named(text: str, script: str) -> None:
    assert name_language(text, {}).script == script


@pytest.mark.parametrize("hints", [{"zawgyi": 2.0}, {"zawgyi": 0.6}])
def test_earlier_zawgyi_decides_where_the_text_does_not_tell(hints: dict[str, Any]) -> None:
    assert name_language("လာ", hints).script == "Mymr-Zawgyi"
    assert name_language("လာ", {}).script == "Mymr"
