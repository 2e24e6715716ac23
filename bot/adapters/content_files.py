"""What NGOs change without programming, read from the files once at the start; the desk reads more when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from bot import words as words_files
from bot.adapters.content import load_catalogue, load_flags, read_material, read_training
from bot.adapters.recordings import RecordingFiles
from bot.domain import escape
from bot.domain.flags import Rule
from bot.domain.indicators import Catalogue
from bot.domain.themes import Themes
from bot.errors import SettingError
from bot.services.check import check_all
from bot.services.content.files import files_of
from bot.services.content.words import Files
from bot.services.learning.files import school_of
from bot.services.learning.sentences import School
from bot.words import Words

CHECKOUT: Final = Path(__file__).resolve().parents[2]
FLOWS: Final = CHECKOUT / "flows"


@dataclass(frozen=True)
class Content:
    """What NGOs change without programming, read once at the start."""

    words: Words
    escape_words: escape.Words
    catalogue: Catalogue
    contacts: tuple[Mapping[str, Any], ...] = ()
    """Rows of `flows/contacts.yml`; none is said before somebody of the installation has tried it."""
    themes: Themes = field(default_factory=lambda: Themes({}))
    common: frozenset[str] = frozenset()
    """Folded words that may be no person's own word."""
    recordings: RecordingFiles = field(default_factory=lambda: RecordingFiles({}))
    phrases: Words = field(default_factory=lambda: Words({}, {}, {}))
    """What a counsellor may start from."""
    flags: tuple[Rule, ...] = ()
    """The published rules by which a case is listed for reviewers."""
    off: frozenset[str] = frozenset()
    """Languages that the files switch off."""
    files: Callable[[], Files] = field(default_factory=lambda: lambda: Files((), lambda _: ()))
    """Reads the sentences as the desk works on them; asked when somebody first opens the page."""
    school: Callable[[], School] = field(default_factory=lambda: lambda: School((), {}))
    """Reads what the reader learns from; asked when somebody first writes a sentence."""


def read_content(flows: Path = FLOWS) -> Content:
    """Read words and ways out; SettingError names the file that cannot be read."""
    return Content(
        Words.load(flows / "words"),
        words_files.load_escape(flows / "escape.yml"),
        load_catalogue(flows.parent),
        words_files.load_contacts(flows / "contacts.yml"),
        words_files.load_themes(flows / "themes"),
        words_files.load_common(flows / "common.yml"),
        RecordingFiles.read(flows / "voice"),
        Words.load(flows / "phrases"),
        load_flags(flows.parent),
        words_files.load_switched_off(flows / "languages.yml"),
        cache(lambda: _read_files(flows)),
        cache(lambda: school_of(read_training(flows.parent))),
    )


def _read_files(flows: Path) -> Files:
    material = read_material(flows.parent, with_training=False)
    return files_of(flows.parent, material, words_files.load_reviewed(flows / "reviews.yml"))


async def check_everything(root: Path = CHECKOUT) -> list[str]:
    """List what is wrong with flows, words and training data, a line each."""
    return check_all(root, await asyncio.to_thread(read_material, root))


async def refuse_wrong_content(root: Path = CHECKOUT) -> None:
    """Raise SettingError with the first fault of what NGOs change: nobody may be met with a broken sentence or rule."""
    material = await asyncio.to_thread(read_material, root, with_training=False)
    found = [line for line in check_all(root, material) if line.startswith(f"{FLOWS.name}/")]
    if found:
        more = f" ({len(found) - 1} more; `saphan check` lists them)" if len(found) > 1 else ""
        raise SettingError(found[0] + more)
