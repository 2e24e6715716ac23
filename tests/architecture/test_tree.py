"""Nothing of one machine, no secret and no real person's words are in the tree; the documents name what is there."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from bot.settings import PREFIX, Settings
from tests.architecture.tree import ROOT, texts, tracked

MACHINE = re.compile(r"/(?:home|Users|root|work)/[A-Za-z.]|\B/tmp/env\b")
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|(?m:^(?:index-url|registry)\s*=)|\"resolved\":")
TOKEN = re.compile(r"\b[0-9]{8,10}:[A-Za-z0-9_-]{35}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bghp_[A-Za-z0-9]{36}\b")
KEEPS_PATTERNS = ("tests/architecture/", "scripts/lock.sh", "LICENSE")

DOCUMENTS = sorted(str(path.relative_to(ROOT)) for path in tracked() if path.suffix == ".md")
FOLDERS = sorted(
    {str(parent.relative_to(ROOT)) for path in tracked() for parent in path.parents if parent.is_relative_to(ROOT)}
)


@pytest.mark.parametrize("pattern", [MACHINE, INDEX, TOKEN], ids=["machine", "index", "token"])
def test_no_file_names_a_machine_an_index_or_a_token(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
        for name, text in texts()
        if not name.startswith(KEEPS_PATTERNS)
        for match in pattern.finditer(text)
    ]

    assert found == []


def test_nothing_that_is_built_or_written_is_in_the_tree() -> None:
    built = (".db", ".key", ".pyc", ".so", ".whl", ".tar.gz", ".min.js", ".log")

    assert [str(path) for path in tracked() if path.name.endswith(built) or path.name == ".env"] == []


def test_every_setting_is_told_to_operators() -> None:
    told = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    missing = [field.name for field in fields(Settings) if f"`{PREFIX}{field.name.upper()}`" not in told]
    unknown = set(re.findall(r"`(SAPHAN_[A-Z_]+)`", told)) - {PREFIX + field.name.upper() for field in fields(Settings)}

    assert (missing, unknown) == ([], set())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_names_only_what_exists(document: str) -> None:
    """Paths in backticks that begin with a folder of the project must be there; `<lang>` and `*` stand for any name."""
    text = (ROOT / document).read_text(encoding="utf-8")
    tops = "|".join(re.escape(folder) for folder in FOLDERS if "/" not in folder and folder != ".")
    missing = [
        path
        for path in re.findall(rf"`((?:{tops})/[^`\s]*)`", text)
        if not any(ROOT.glob(re.sub(r"<[a-z]+>", "*", path.rstrip("/").partition("::")[0])))
    ]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_link_between_documents_leads_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", (ROOT / document).read_text(encoding="utf-8"))

    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_verb_of_make_that_is_told_exists(document: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = (ROOT / document).read_text(encoding="utf-8")
    told = set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE))

    assert told <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_every_package_of_the_app_has_its_line_in_the_architecture() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {folder for folder in FOLDERS if re.fullmatch(r"bot/[a-z]+|[a-z_]+", folder)} - {"bot", "requirements"}

    assert {folder for folder in packages if f"`{folder}/" not in told} == set()
