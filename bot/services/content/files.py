"""The sentences of the content files as the desk works on them, with the check that a new wording has to pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from bot.domain.wording import Draft
from bot.services.check import check_all
from bot.services.checks.material import Material
from bot.services.checks.recordings import FOLDER as VOICE
from bot.services.content.words import Files


def files_of(root: Path, material: Material, reviewed: Collection[str] = frozenset()) -> Files:
    """Give the sentences that were read below `root`; `reviewed` are hashes whose review travels with the files."""
    known = frozenset(check_all(root, material))

    def wrong_with(drafts: Sequence[Draft]) -> Sequence[str]:
        flows = replace(material.flows, drafts=tuple(drafts))
        found = check_all(root, replace(material, flows=flows))
        # A recording of the old wording is no fault of the new one: it is not played any more.
        return [line for line in found if line not in known and not line.startswith(VOICE)]

    return Files(material.flows.drafts, wrong_with, frozenset(reviewed))
