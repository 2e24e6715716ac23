"""What a change broke is refused at the start, with file, line and what to do; `saphan check` says the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.bootstrap import refuse_wrong_content
from bot.errors import SettingError
from tests.support.content import findings, plant

CHECKOUT = Path(__file__).resolve().parents[2]
LOOKED_AT = ("flows", "actions", "bot/domain", "bot/services", "bot/channels")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a copy of everything that the start looks at."""
    for part in LOOKED_AT:
        shutil.copytree(CHECKOUT / part, tmp_path / part, ignore=shutil.ignore_patterns("*.pyc", "rehearsal"))
    return tmp_path


PLANTED = {
    "a missing key": (
        ("flows/words/th/listening.ftl", "thanks = ", "thankss = "),
        "listening.thanks is missing; translate it from English",
    ),
    "two rules for one intent": (
        ("flows/rules/about.yml", "intent: about_cost", "intent: about_reads"),
        "has a rule at flows/rules/about.yml",
    ),
    "a question without purpose": (
        ("flows/questions.yml", "    purpose: questions.for-safety\n", ""),
        "this question has no `purpose:`; name the sentence that says what the answer is for",
    ),
    "a mirror sentence that quotes": (
        ("flows/words/en/mirror.ftl", "right-documents = Nobody", "right-documents = You said “kept”. Nobody"),
        "holds quotation marks; a mirror never quotes",
    ),
    "a phrase that is a common word": (
        ("flows/common.yml", "  en: [hello,", "  en: [green mango and rain, hello,"),
        "anybody may type it; choose a stranger phrase",
    ),
    "a verification in the file": (
        ("flows/contacts.yml", "    status: read\n", "    status: read\n    verified: 2026-01-01\n"),
        "does not belong here; remove it, the desk keeps who verified a row",
    ),
}


async def test_each_broken_change_is_told_with_its_place_and_what_to_do_and_stops_the_start(root: Path) -> None:
    for planted, _ in PLANTED.values():
        plant(root, *planted)
    told = findings(root, "flows/")
    for name, (planted, says) in PLANTED.items():
        about = [line for line in told if line.startswith(f"{planted[0].rpartition('/')[0]}/") and says in line]
        assert about, name
        assert re.match(r"flows/[\w/.-]+:\d+: ", about[0]), name
        assert "; " in about[0], name
    with pytest.raises(SettingError) as refused:
        await refuse_wrong_content(root)
    assert str(refused.value).startswith("flows/")
