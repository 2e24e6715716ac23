"""docs/changing-the-conversation.md: each worked change passes the check as it is written there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bot.domain.codes import LANGUAGES
from bot.rehearsal.stories import read_stories
from tests.support.content import findings, plant
from tests.support.ogg import silence

CHECKOUT = Path(__file__).resolve().parents[2]
GUIDE = (CHECKOUT / "docs" / "changing-the-conversation.md").read_text(encoding="utf-8")
LOOKED_AT = ("flows", "actions", "bot/domain", "bot/services", "bot/channels")

MISTAKES = (
    ("words/lo/listening.ftl", "\nthanks = ", "\nthank = "),
    ("words/en/listening.ftl", "thanks = You are welcome.", "thanks = You are welcome, we will rescue you."),
    ("rules/listening.yml", "- action: action_hear_thanks", "- action: action_rest"),
    ("rules/about.yml", "- intent: about_cost", "- intent: about_reads"),
    ("questions.yml", "    purpose: questions.for-safety\n", ""),
    ("contacts.yml", "    number: '1300'\n", "    number: 1300-\n"),
    ("contacts.yml", "    source: 'press, August 2022'\n", "    source: 'press, August 2022'\n    verified: yes\n"),
    ("escape.yml", "  th: [หยุด,", "  th: [ลบ, หยุด,"),
    ("themes/recipes.yml", "  - title: ", "  - titel: "),
    ("words/en/mirror.ftl", "right-documents = Nobody", "right-documents = You said “kept”. Nobody"),
)
"""What somebody might write by mistake, one for each line that the guide shows."""


def blocks(kind: str = "") -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    return [block for name, block in found if name == kind]


def block(beginning: str, kind: str = "yaml") -> str:
    """Give what the guide shows, from the one block that holds this."""
    (found,) = [one for one in blocks(kind) if beginning in one]
    return found


def line_of(beginning: str, kind: str = "yaml") -> str:
    return next(line for line in block(beginning, kind).splitlines(keepends=True) if beginning in line)


def test_every_worked_change_of_the_guide_passes_the_check(tmp_path: Path) -> None:
    for part in LOOKED_AT:
        shutil.copytree(CHECKOUT / part, tmp_path / part, ignore=shutil.ignore_patterns("*.pyc"))
    before = set(findings(tmp_path, "flows/"))

    said = block("thanks = You are welcome", "")
    plant(tmp_path, "flows/words/en/listening.ftl", said, block("thanks = I am glad", ""))
    plant(tmp_path, "flows/contacts.yml", "contacts:\n", "contacts:\n" + block("https://house.example"))
    later = "      - intent: later\n      - action: "
    assert later in block("listening, later")
    text = (tmp_path / "flows/rules/listening.yml").read_text(encoding="utf-8")
    changed = re.sub(rf"({re.escape(later)})\w+", r"\1action_hear_thanks", text)
    (tmp_path / "flows/rules/listening.yml").write_text(changed, encoding="utf-8")
    plant(tmp_path, "flows/questions.yml", "questions:\n", "questions:\n" + block("breaks"))
    for language in LANGUAGES:
        with (tmp_path / f"flows/words/{language}/questions.ftl").open("a", encoding="utf-8") as file:
            file.write("breaks = OK?\n    .asks = yes\n")
    assert "หยุดได้แล้ว" in block("stop:\n  th:")
    plant(tmp_path, "flows/escape.yml", "  th: [หยุด,", "  th: [หยุดได้แล้ว, หยุด,")
    plant(tmp_path, "flows/themes/recipes.yml", "th:\n", block("ไข่เจียวหมูสับ"))
    old = next(
        line
        for line in (tmp_path / "flows/words/en/mirror.ftl").read_text(encoding="utf-8").splitlines()
        if line.startswith("right-documents")
    )
    plant(tmp_path, "flows/words/en/mirror.ftl", old, line_of("right-documents = ", "").strip())
    spoken = tmp_path / "flows" / "voice" / "en"
    spoken.mkdir()
    (spoken / "grounding.offer.ogg").write_bytes(silence())
    (spoken / "hashes.yml").write_text(line_of("grounding.offer: ", "console"), encoding="utf-8")

    assert set(findings(tmp_path, "flows/")) == before


def test_the_check_says_what_the_guide_shows(tmp_path: Path) -> None:
    """Line by line, but for the numbers of lines, which change whenever somebody adds a sentence."""
    for part in LOOKED_AT:
        shutil.copytree(CHECKOUT / part, tmp_path / part, ignore=shutil.ignore_patterns("*.pyc"))
    for file, old, new in MISTAKES:
        plant(tmp_path, f"flows/{file}", old, new)
    shown = {_without_line(line) for one in blocks() for line in one.splitlines() if line.startswith("flows/")}
    assert shown - {_without_line(line) for line in findings(tmp_path, "flows/")} == set()


def _without_line(finding: str) -> str:
    return re.sub(r":\d+", "", finding)


def test_the_story_of_the_guide_can_be_read(tmp_path: Path) -> None:
    story = tmp_path / "flows" / "rehearsal" / "silent" / "guide.yml"
    story.parent.mkdir(parents=True)
    story.write_text(block("หยุดได้แล้ว\n    says"), encoding="utf-8")
    assert len(read_stories(tmp_path / "flows" / "rehearsal")[0].steps) == 4


def test_every_file_that_a_finding_of_the_guide_names_is_there() -> None:
    named = {line.partition(":")[0] for one in blocks() for line in one.splitlines() if line.startswith("flows/")}
    assert len(named) >= 7
    assert [file for file in named if not (CHECKOUT / file).exists()] == []
