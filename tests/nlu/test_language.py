"""The language is named right, also without its marks, romanised, and beside its neighbour; and no other is claimed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.domain.codes import LANGUAGES, UNDETERMINED
from bot.nlu.language import latin_examples, name_language
from bot.nlu.letters import Letters, learn
from bot.nlu.ngrams import NotLearnt
from bot.nlu.written import FOLDER, ROOT, digest_of, languages_of_examples, unspoken

SENTENCES = {
    "en": ["They do not let me go home.", "please help", "I work in a hotel and they keep my papers"],
    "th": ["อยากกลับบ้าน", "เถ้าแก่ไม่จ่ายเงิน", "phom yak klap ban krub", "boss ไม่จ่าย OT เลย help me"],
    "my": ["အိမ်ပြန်ချင်တယ်", "သူဌေးက လစာမပေးဘူး", "kyanaw ko kuanyi par"],
    "km": ["ខ្ញុំចង់ទៅផ្ទះ", "គេមិនបើកប្រាក់ខែទេ", "khnhom jong tov ptah vinh"],
    "lo": ["ຂ້ອຍຢາກກັບບ້ານ", "ເຂົາບໍ່ຈ່າຍເງິນ", "khoy yak kap ban"],
    "vi": ["Tôi muốn về nhà.", "toi muon ve nha", "chu khong tra luong cho em"],
    "zh": ["我想回家", "老闆不發工資", "wo xiang hui jia", "boss 不给 passport"],
    "id": ["Saya mau pulang tapi paspor ditahan bos.", "gaji nggak dibayar", "tolong, saya tidak bisa keluar"],
    "ms": ["Saya nak balik tapi pasport tauke pegang.", "gaji tak dibayar", "tolong, saya tak boleh keluar"],
    "tl": ["Gusto ko nang umuwi.", "hindi binabayaran ang sahod ko", "tulungan ninyo ako"],
}
NOT_OURS = {
    "Shan": "ၶႃႈၶႂ်ႈပွၵ်ႈႁိူၼ်း",
    "Karen": "ယအဲၣ်ဒိးက့ၤဆူဟံၣ်",
    "Mon": "အဲ မိက်ဂွံစဴသ္ၚိ",
    "Rohingya": "𐴀𐴝𐴙𐴕𐴝 𐴀𐴝𐴃𐴢",
    "Nepali": "मलाई घर जान दिँदैनन्",
    "Hindi": "मुझे घर जाना है",
    "Bengali": "আমি বাড়ি যেতে চাই",
    "Tamil": "எனக்கு உதவி வேண்டும்",
    "Arabic": "أريد العودة إلى البيت",
    "Urdu": "مجھے گھر جانا ہے",
    "Japanese": "うちに帰りたいです",
    "Korean": "집에 가고 싶어요",
    "Russian": "Помогите мне, пожалуйста",
    "French": "Est-ce que quelqu'un peut m'aider à rentrer chez moi ?",
    "Spanish": "Por favor, alguien que me ayude, no puedo salir de la casa",
    "German": "Wo ist der Bahnhof von Köln?",
    "Portuguese": "Não sei onde estou, me levaram o celular",
    "Turkish": "Burada kimse benimle konuşmuyor, çok yoruldum",
    "Swahili": "Nimefungiwa ndani ya nyumba, naomba msaada",
}


@pytest.fixture(scope="module")
def letters() -> Letters:
    """Learn from the examples once, as training does."""
    return learn(latin_examples(languages_of_examples(ROOT / FOLDER)))


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in SENTENCES.items() for text in texts])
def test_the_language_is_named(language: str, text: str, letters: Letters) -> None:
    assert name_language(text, {}, letters).language == language
    assert name_language(text, {}).language == language


@pytest.mark.parametrize("text", NOT_OURS.values(), ids=NOT_OURS)
def test_what_we_do_not_speak_is_undetermined(text: str, letters: Letters) -> None:
    assert name_language(text, {}, letters).language == UNDETERMINED


@pytest.mark.parametrize("text", ["", "   ", "👍👍", "1234", "๑๒๓", "?!", "😢 911"])
def test_what_holds_no_letter_is_undetermined(text: str, letters: Letters) -> None:
    assert name_language(text, {}, letters).language == UNDETERMINED
    assert name_language(text, {"languages": {"th": 9}}, letters).language == UNDETERMINED


def test_a_short_word_is_taken_for_the_language_spoken_before(letters: Letters) -> None:
    for language in ("th", "my", "vi", "id", "tl"):
        assert name_language("ok", {"languages": {language: 3}}, letters).language == language
    assert name_language("tolong", {"languages": {"ms": 2}}, letters).language == "ms"
    assert name_language("tolong", {"languages": {"id": 2}}, letters).language == "id"


def test_what_was_spoken_before_does_not_hide_a_change(letters: Letters) -> None:
    assert name_language("help me please", {"languages": {"th": 20}}, letters).language == "en"
    assert name_language("tulungan ninyo ako", {"languages": {"en": 20}}, letters).language == "tl"
    assert name_language("xin hãy giúp", {"languages": {"en": 20}}, letters).language == "vi"
    assert name_language("อยากกลับบ้าน", {"languages": {"lo": 20}}, letters).language == "th"


Apart = tuple[Letters, dict[str, tuple[str, ...]], list[str]]


@pytest.fixture(scope="module")
def apart() -> Apart:
    """Learn without every fifth example and every fourth sentence of other languages, and give all three."""
    examples, sentences = languages_of_examples(ROOT / FOLDER), unspoken(ROOT / FOLDER)
    ours = {text: examples[text] for text in list(examples)[::5]}
    others = sentences[::4]
    pairs = latin_examples({text: known for text, known in examples.items() if text not in ours})
    unseen = set(others)
    return learn(pair for pair in pairs if pair[1] not in unseen), ours, others


def test_examples_left_out_of_learning_are_named_right(apart: Apart) -> None:
    """Short words that neighbours share are counted as they come."""
    learnt, ours, _ = apart
    named = {text: name_language(text, {}, learnt).language for text in ours}
    asked = {code: [text for text, languages in ours.items() if code in languages] for code in LANGUAGES}
    right = {code: sum(named[text] in ours[text] for text in texts) / len(texts) for code, texts in asked.items()}
    assert sum(right.values()) / len(right) >= 0.9, right
    assert min(right.values()) >= 0.65, right


def test_most_sentences_of_other_languages_are_not_claimed(apart: Apart) -> None:
    learnt, _, others = apart
    honest = [text for text in others if name_language(text, {}, learnt).language == UNDETERMINED]
    assert len(honest) >= 0.85 * len(others)


def test_what_is_learnt_is_the_same_each_time_and_after_storing(tmp_path: Path) -> None:
    pairs = [("en", "the house"), ("en", "the boss"), ("id", "rumah bos"), ("id", "rumah itu")]
    first, second = learn(pairs), learn(pairs)
    first.save(tmp_path)
    for other in (second, Letters.load(tmp_path)):
        assert other.scores("the house") == first.scores("the house")


def test_a_word_that_nobody_wrote_is_named_by_its_runs_of_letters() -> None:
    pairs = [("tl", "pinagbabawalan"), ("tl", "pinagtatrabaho"), ("vi", "nghiêng nghiêng"), ("vi", "người nghe")]
    scores = learn(pairs * 5).scores("pinagbayad")
    assert scores["tl"] > scores["vi"]


def test_what_holds_no_letter_speaks_for_no_language() -> None:
    assert learn([("en", "the house"), ("id", "rumah itu")]).scores("😢 12 ?") == {}


def test_learning_from_nothing_is_an_error_that_says_so() -> None:
    with pytest.raises(NotLearnt, match="vocabulary"):
        learn([("en", "12")])


def test_learning_again_follows_a_move_between_folders(tmp_path: Path) -> None:
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "talk.yml").write_text("nlu: []")
    before = digest_of(tmp_path)
    (tmp_path / "id").rename(tmp_path / "ms")
    assert digest_of(tmp_path) != before


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
