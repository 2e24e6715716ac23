"""Everything that the bot can say is written in all ten languages, and a planted fault is named with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES
from bot.domain.wording import places
from bot.errors import SettingError
from bot.services.check import check_all
from bot.services.checks.material import Material
from bot.words import UnknownWords, Words, load_deny, read_flows

ROOT = Path(__file__).resolve().parents[2]
VALUES = {place: f"a {place}" for draft in read_flows(ROOT).drafts for place in places(draft.text)}
"""Something for every place of every sentence."""

WORDS = Words.load(ROOT / "flows" / "words")
KEYS = sorted(WORDS.keys("en"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a copy of what the check looks at, to plant faults in."""
    return copy_to(tmp_path)


def copy_to(folder: Path) -> Path:
    for part in ("flows", "bot/domain", "bot/services", "bot/channels"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("*.pyc"))
    return folder


def plant(root: Path, file: str, old: str, new: str) -> int:
    """Change one file and give the line of the change."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def check(root: Path) -> list[str]:
    return check_all(root, Material(read_flows(root)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_says_something_in_every_language(language: str) -> None:
    assert WORDS.keys(language) == set(KEYS)
    for key in KEYS:
        said = WORDS.say(key, language, **VALUES)
        assert said.strip()
        assert "{" not in said


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    # Names are the same in many languages, and a time of day is only a place.
    own = [key for key in KEYS if not key.startswith(("languages.", "countries.", "themes.", "weeks.clock"))]

    assert [key for key in own if WORDS.say(key, language, **VALUES) == WORDS.say(key, "en", **VALUES)] == []


def test_malay_and_indonesian_are_two_languages() -> None:
    same = [key for key in KEYS if WORDS.say(key, "ms", **VALUES) == WORDS.say(key, "id", **VALUES)]

    assert len(same) < len(KEYS) / 5


def test_values_are_inserted_as_given() -> None:
    said = WORDS.say("opening.who", "my", org="A { $b } \u2067house")

    assert "A { $b } \u2067house" in said
    assert "\u2068" not in said


def test_a_language_outside_the_ten_is_answered_in_english() -> None:
    assert WORDS.say("listening.heard-1", "und") == WORDS.say("listening.heard-1", "en")


def test_an_unknown_key_and_an_open_place_are_named_without_a_sentence() -> None:
    with pytest.raises(UnknownWords, match=r"listening\.nothing"):
        WORDS.say("listening.nothing", "en")
    with pytest.raises(UnknownWords, match="place that was not filled"):
        WORDS.say("opening.who", "th")
    with pytest.raises(UnknownWords):
        WORDS.asks("nothing")
    assert not WORDS.has("listening.nothing")
    assert WORDS.has("opening.ways")


def test_only_what_is_marked_asks() -> None:
    assert WORDS.asks("opening.ways")
    assert not WORDS.asks("opening.who")


def test_a_sentence_that_one_language_lacks_is_said_in_english(root: Path) -> None:
    plant(root, "flows/words/lo/safety.ftl", "danger = ", "old-danger = ")
    words = Words.load(root / "flows" / "words")

    assert words.say("safety.danger", "lo", org="X") == words.say("safety.danger", "en", org="X")


def test_broken_fluent_stops_the_start_with_file_and_line(root: Path) -> None:
    line = plant(root, "flows/words/km/about.ftl", "who = ", "who ")

    with pytest.raises(SettingError, match=rf"words/km/about.ftl:{line}: is no Fluent message"):
        Words.load(root / "flows" / "words")


def test_an_unreadable_or_missing_words_file_stops_the_start(root: Path) -> None:
    (root / "flows/words/vi/safety.ftl").write_bytes(b"danger = \xff\xfe")
    with pytest.raises(SettingError, match=r"words/vi/safety\.ftl: cannot be read"):
        Words.load(root / "flows" / "words")
    shutil.rmtree(root / "flows/words/vi")
    with pytest.raises(SettingError, match="words/vi: holds no words files"):
        Words.load(root / "flows" / "words")


def test_what_is_shipped_passes_the_check() -> None:
    assert check(ROOT) == []


PLANTED = (
    ("words/th/opening.ftl", "begin = ", "begun = ", "opening.begin is missing"),
    ("words/tl/webchat.ftl", "send = Ipadala", "send = " + "mahaba " * 30, "shorten it"),
    ("words/vi/escape.ftl", "delete = Xóa", "delete = " + "rất " * 10, "30 is the most"),
    ("words/ms/safety.ftl", "kecemasan", "999", "three or more digits"),
    ("words/id/listening.ftl", "Anda pantas", "Korban pantas", "rule L1 forbids"),
    ("words/zh/listening.ftl", "慢慢来，不着急。", "为什么。", "rule L2 forbids"),
    ("words/my/opening.ftl", "who = ", "who ", "is no Fluent message"),
    ("words/km/handoff.ftl", "{ $org }", "x", "lost its place { $org }"),
    ("words/lo/escape.ftl", ".asks = yes", ".asks = no", "English has yes"),
    ("words/lo/escape.ftl", "    .asks = yes", "", "does not say whether it asks"),
    ("words/en/escape.ftl", "kept = ", "menu = ", "stands on line"),
    ("words/en/trouble.ftl", "answer well just now.", "answer. Is it fine?", "question mark"),
    ("escape.yml", "km: [លុប, ", "xx: [", "unknown language 'xx'"),
    ("escape.yml", "  en: [danger, ", "  en: [stop, ", "give each word to one way out"),
    ("escape.yml", "\nback:", "\nhome:", "'home' is no way out"),
)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give what the check says when every fault is planted at once."""
    root = copy_to(tmp_path_factory.mktemp("planted"))
    for file, old, new, _ in PLANTED:
        plant(root, f"flows/{file}", old, new)
    return check(root)


@pytest.mark.parametrize(("file", "says"), [(file, says) for file, _, _, says in PLANTED])
def test_each_planted_fault_is_found(findings: list[str], file: str, says: str) -> None:
    assert [line for line in findings if line.startswith(f"flows/{file}:") and says in line] != []


def test_what_a_planted_fault_leaves_behind_is_found_too(findings: list[str]) -> None:
    for says in ("opening.begun is not among the English words", "'delete' has no word in 'km'"):
        assert [line for line in findings if says in line] != []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("escape.yml", "stop:", "stop: [", "is no YAML"),
        ("escape.yml", "  en: [stop, ", "  en: [no, ", "must hold"),
        ("deny.yml", "[bakit]", "[]\nL9: bakit", "must hold"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_finding(root: Path, file: str, old: str, new: str, says: str) -> None:
    plant(root, f"flows/{file}", old, new)

    (finding,) = check(root)
    assert finding.startswith(f"flows/{file}:")
    assert says in finding


@pytest.mark.parametrize("language", ["en", "my"])
def test_one_broken_file_is_one_finding(root: Path, language: str) -> None:
    line = plant(root, f"flows/words/{language}/about.ftl", "cost = ", "cost ")

    findings = check(root)

    assert [found.partition(" ")[0] for found in findings] == [f"flows/words/{language}/about.ftl:{line}:"]


def test_a_missing_language_is_one_finding(root: Path) -> None:
    shutil.rmtree(root / "flows" / "words" / "tl")

    assert check(root) == ["flows/words/tl: holds no words files; put its <topic>.ftl files there"]


def test_a_finding_names_file_and_line(root: Path) -> None:
    line = plant(root, "flows/words/id/safety.ftl", "check-yes = Ya", "check-yes = Ya 191")

    assert check(root) == [
        (
            f"flows/words/id/safety.ftl:{line}: safety.check-yes holds three or more digits in a row; "
            "numbers come as arguments only"
        )
    ]


def test_a_key_that_the_code_says_and_nobody_wrote_is_found(root: Path) -> None:
    line = plant(root, "bot/domain/opening.py", 'Say("opening.begin", ', 'Say("opening.beginning", ')

    assert check(root) == [
        (
            f"bot/domain/opening.py:{line}: says 'opening.beginning', which the words files lack; "
            "write it or correct the key"
        )
    ]


def test_a_missing_list_is_a_finding_and_stops_the_start(root: Path) -> None:
    (root / "flows/deny.yml").unlink()

    assert "flows/deny.yml: cannot be read" in check(root)[0]
    with pytest.raises(SettingError, match=r"flows/deny.yml: cannot be read"):
        load_deny(root / "flows" / "deny.yml")
