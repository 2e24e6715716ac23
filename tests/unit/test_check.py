"""`saphan check` looks at the whole tree, finds nothing wrong in what is shipped, and never ends in a traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.content import findings, plant, write

ROOT = Path(__file__).resolve().parents[2]
LOOKED_AT = ("flows", "nlu_data", "actions", "bot/domain", "bot/services", "bot/channels")
CHAT = "bot/channels/webchat/templates/chat.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a copy of everything that the check looks at."""
    for part in LOOKED_AT:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("*.pyc"))
    return tmp_path


def test_what_is_shipped_has_nothing_wrong_and_the_command_says_so() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bot.cli", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stdout) == (0, "nothing is wrong\n")


def test_a_key_that_a_page_says_and_nobody_wrote_is_found(root: Path) -> None:
    line = plant(root, CHAT, 'say("webchat.write")', 'say("webchat.writ")')
    told = plant(root, CHAT, "say(screen.notice)", "say(screen.notice or 'webchat.oops')")

    assert findings(root, "") == [
        f"{CHAT}:{told}: says 'webchat.oops', which the words files lack; write it or correct the key",
        f"{CHAT}:{line}: says 'webchat.writ', which the words files lack; write it or correct the key",
    ]


def test_a_fault_in_the_exact_words_is_found_on_its_line(root: Path) -> None:
    line = plant(root, "flows/escape.yml", "  vi: [dừng, ", "  vi: [xóa, dừng, ")

    (found,) = findings(root, "flows/escape.yml")
    assert found.startswith("flows/escape.yml:")
    assert "belongs to 'stop' already; give each word to one way out" in found
    assert line < int(found.split(":")[1])


def test_every_kind_of_fault_is_listed_at_once(root: Path) -> None:
    planted = {
        "flows/rules/about.yml": ("action: action_inform\n", "action: action_infrom\n"),
        "nlu_data/th/telling.yml": ("indicators: [deception]", "indicators: [deceit]"),
        "flows/contacts.yml": ("country: KH", "country: KX"),
        "flows/indicators.yml": ("phase: recruitment", "phase: arrival"),
        "flows/words/id/safety.ftl": ("check-yes = Ya", "check-yes = Ya 191"),
    }
    lines = {file: plant(root, file, *change) for file, change in planted.items()}

    assert {found.partition(": ")[0] for found in findings(root, "")} == {f"{f}:{line}" for f, line in lines.items()}


@pytest.mark.parametrize("nothing", ["flows", "nlu_data", "actions"])
def test_a_missing_folder_is_told_and_not_a_traceback(root: Path, nothing: str) -> None:
    shutil.rmtree(root / nothing)

    assert findings(root, "") != []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "cannot be read"),
        (b"rules: [}", "is no YAML"),
        (b"\x00", "is no YAML"),
        (b"", "holds no list `rules:`"),
        (b"- a\n", "holds no `rules:`"),
        (b"rules: &a [*a]\n", "used a second time by its anchor"),
        (b"rules: []\nrules: []\n", "'rules' stands on line 1 already"),
        (b"? [a]\n: b\n", "a name that is no word"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding_with_its_line(tmp_path: Path, content: bytes, says: str) -> None:
    write(tmp_path, "flows/rules/handoff.yml", "")
    (tmp_path / "flows/rules/handoff.yml").write_bytes(content)

    assert [one for one in findings(tmp_path, "flows/rules/handoff.yml:") if says in one] != []


def test_a_broken_file_is_one_finding(root: Path) -> None:
    broken = ("flows/domain/about.yml", "flows/rules/about.yml", "nlu_data/en/about.yml")
    for file in broken:
        (root / file).write_text("version: [}", encoding="utf-8")

    assert findings(root, "") == [f"{file}:1: is no YAML; check quotes and indents" for file in broken]


def test_a_python_file_with_a_fault_is_a_finding(root: Path) -> None:
    line = plant(root, "actions/safety.py", "class CheckSoftly(Answer):", "class CheckSoftly(Answer:")

    (found,) = findings(root, "actions/safety.py")
    assert found == f"actions/safety.py:{line}: is no Python; correct it"
