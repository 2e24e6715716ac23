"""A document holds what a person wrote in every script, shaped right, and asks nobody for anything."""

from __future__ import annotations

import ctypes
import json
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from weasyprint.logger import LOGGER

from bot.adapters.documents import pdf
from bot.adapters.documents.pdf import draw
from bot.domain.referral_form import FIELDS, Field, Form, schema
from bot.services.ports import Printed, Row
from bot.services.referral.export import example, printed_blocks
from bot.services.referral.paper import form_of

ROOT = Path(__file__).parents[2]
EVERY_SCRIPT = {
    "en": "A plain sentence, with a “quotation”.",
    "th": "ฉันอยากกลับบ้าน และขอที่นอนที่ปลอดภัย",
    "my": "ကျွန်မ အိမ်ပြန်ချင်ပါတယ်။ ကြောက်တယ်",
    "km": "ខ្ញុំចង់ទៅផ្ទះ ហើយខ្ញុំភ័យ",
    "lo": "ຂ້ອຍຢາກກັບບ້ານ ແລະ ຂ້ອຍຢ້ານ",
    "vi": "Tôi muốn về nhà, tôi rất sợ",
    "zh": "我想回家，我很害怕",
    "id": "Saya ingin pulang",
    "ms": "Saya mahu pulang",
    "tl": "Gusto ko nang umuwi",
}
MARK = "Noor · 2030-05-01 13:00 UTC · Harbour"


def printed(*texts: str) -> Printed:
    rows = tuple(Row("label", text) for text in texts)
    return Printed("Referral of K7-4M2Q", "en", (("Block", rows),), MARK, "Signs are observations.")


def fonts_of(pdf: bytes) -> set[str]:
    document = pypdfium2.PdfDocument(pdf)
    names = set()
    for page in document:
        for thing in page.get_objects():
            if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
                font = pypdfium2.raw.FPDFTextObj_GetFont(thing.raw)
                size = pypdfium2.raw.FPDFFont_GetBaseFontName(font, None, 0)
                name = ctypes.create_string_buffer(size)
                pypdfium2.raw.FPDFFont_GetBaseFontName(font, name, size)
                names.add(name.value.decode().partition("+")[2])
    return names


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Let the library say which letters no font has, and give what it said."""
    monkeypatch.setattr(pdf, "say_nothing", lambda _: True)
    monkeypatch.setattr(LOGGER, "filters", [])
    return lambda: [record.getMessage() for record in caplog.records if ".notdef" in record.getMessage()]


def test_a_message_with_every_script_at_once_is_drawn_without_an_empty_box(lacking: Callable[[], list[str]]) -> None:
    drawn = draw(printed(" ".join(EVERY_SCRIPT.values())))

    assert lacking() == []
    fonts = " ".join(fonts_of(drawn)).replace("-", "")
    for family in ("Myanmar", "Khmer", "Lao", "Thai", "CJK"):
        assert family in fonts, fonts


def test_the_check_sees_a_letter_that_no_font_has(lacking: Callable[[], list[str]]) -> None:
    draw(printed("\uf8ff"))

    assert len(lacking()) == 1


def test_d5_what_cannot_be_drawn_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    draw(printed("planted \uf8ff"))

    assert "planted" not in caplog.text
    assert "\uf8ff" not in caplog.text


@pytest.mark.parametrize("language", EVERY_SCRIPT)
def test_what_was_written_can_be_read_back_in_each_language(language: str) -> None:
    letters = re.sub(r"\s", "", EVERY_SCRIPT[language])
    read = re.sub(r"\s", "", text_of(draw(printed(EVERY_SCRIPT[language]))))

    # The Burmese sign that is written after its consonant and drawn before it comes back as one with it.
    assert set(letters) - {"ေ"} <= set(read)


def test_who_made_it_when_and_for_whom_stands_on_every_page() -> None:
    document = pypdfium2.PdfDocument(draw(printed(*["long " * 120] * 30)))

    assert len(document) > 2
    for page in document:
        assert page.get_textpage().get_text_bounded().count("Harbour") >= 2


def test_words_of_a_person_are_words_and_no_address_in_them_is_asked() -> None:
    hostile = '<img src="http://127.0.0.1:9/x"><script>1</script>url(file:///etc/passwd)'

    assert hostile.replace(" ", "") in re.sub(r"\s", "", text_of(draw(printed(hostile))))


def test_an_address_that_stands_in_a_document_after_all_stops_it() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf._fetch_nothing("http://127.0.0.1:9/x")


def test_the_example_fits_the_published_schema_and_every_part_of_it_has_words() -> None:
    published = json.loads((ROOT / "docs" / "referral.example.json").read_text(encoding="utf-8"))

    assert published == example()
    fits(published, schema())
    blocks = printed_blocks(published, lambda kind, code: f"[{kind} {code}]")
    wishes = next(rows for heading, rows in blocks if heading == "[block wishes]")
    assert wishes[0] == Row("[field wishes_helps]", "[help shelter], [help legal]")
    assert form_of(published).get("person/age") == "adult"


def fits(value: object, shape: dict[str, object]) -> None:
    """Check what of JSON Schema the form uses: types, choices, required and unknown names."""
    if "const" in shape:
        assert value == shape["const"]
    elif "enum" in shape:
        assert value in shape["enum"]  # type: ignore[operator]
    elif shape["type"] == "string":
        assert isinstance(value, str)
        assert len(value) <= shape.get("maxLength", 10_000)  # type: ignore[operator]
    elif shape["type"] == "array":
        assert isinstance(value, list)
        for one in value:
            fits(one, shape["items"])  # type: ignore[arg-type]
    else:
        assert isinstance(value, dict)
        names: dict[str, dict[str, object]] = shape["properties"]  # type: ignore[assignment]
        assert value.keys() <= names.keys()
        assert set(shape.get("required", ())) <= value.keys()  # type: ignore[call-overload]
        for name, one in value.items():
            fits(one, names[name])


def _some(one: Field) -> str | tuple[str, ...]:
    some = one.choices[0] if one.choices else "x"
    return (some,) if one.many else some


def test_every_field_can_be_filled_and_stands_in_the_document() -> None:
    full = Form(
        {
            one.name: one.choices[:1]
            if one.many and one.choices
            else ("x",)
            if one.many
            else (one.choices or ("x",))[0]
            for one in FIELDS
        }
    )
    paper: dict[str, dict[str, object]] = {}
    for name, value in full.values.items():
        block, _, inside = name.partition("/")
        paper.setdefault(block, {})[inside] = list(value) if isinstance(value, tuple) else value

    rows = [row for _, rows in printed_blocks(paper, lambda kind, code: f"{kind} {code}") for row in rows]

    assert len(rows) == len(FIELDS)
    assert form_of(paper) == full
