"""What a change broke is refused at the start, with file, line and what to do; `saphan check` says the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap import refuse_wrong_content
from bot.errors import SettingError
from tests.support.content import findings, plant

CHECKOUT = Path(__file__).resolve().parents[2]
LOOKED_AT = ("flows", "actions", "bot/domain", "bot/services", "bot/channels")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("content")
    for part in LOOKED_AT:
        shutil.copytree(CHECKOUT / part, root / part, ignore=shutil.ignore_patterns("*.pyc", "rehearsal"))
    return root


@pytest.fixture
def root(model: Path) -> Iterator[Path]:
    """Give the tree, and put back what a test changed."""
    yield model
    shutil.copytree(CHECKOUT / "flows", model / "flows", dirs_exist_ok=True)


MISSING = ("flows/words/th/listening.ftl", "thanks = ", "thankss = ")
TWO_RULES = ("flows/rules/about.yml", "intent: about_cost", "intent: about_reads")
NO_PURPOSE = ("flows/questions.yml", "    purpose: questions.for-safety\n", "")
QUOTING = ("flows/words/en/mirror.ftl", "right-documents = Nobody", "right-documents = You said “kept”. Nobody")
COMMON = ("flows/common.yml", "  en: [hello,", "  en: [green mango and rain, hello,")
VERIFIED = ("flows/contacts.yml", "    status: read\n", "    status: read\n    verified: 2026-01-01\n")


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        (MISSING, "listening.thanks is missing; translate it from English"),
        (TWO_RULES, "has a rule at flows/rules/about.yml"),
        (NO_PURPOSE, "purpose"),
        (QUOTING, "quot"),
        (COMMON, "anybody may type it; choose a stranger phrase"),
        (VERIFIED, "does not belong here; remove it, the desk keeps who verified a row"),
    ],
    ids=["missing key", "two rules", "no purpose", "a quotation", "a common word", "a verification in the file"],
)
async def test_a_broken_change_stops_the_start_and_says_where_and_what_to_do(
    root: Path, planted: tuple[str, str, str], says: str
) -> None:
    plant(root, *planted)
    with pytest.raises(SettingError) as told:
        await refuse_wrong_content(root)
    line = str(told.value)
    assert line.startswith("flows/")
    assert line.partition(": ")[0].rpartition(":")[2].isdecimal()
    assert "; " in line
    assert any(says in one for one in findings(root, "flows/"))


async def test_what_ships_starts() -> None:
    await refuse_wrong_content(CHECKOUT)
