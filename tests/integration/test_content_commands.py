"""`saphan content export` and `saphan learn` write into a folder of one's own, and say in one line what is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import FLOWS, open_house, read_content
from bot.commands import content, learn
from bot.domain.codes import MemberId
from bot.domain.contact_rows import Overlay, name_of
from bot.errors import SettingError
from bot.services.content.words import SWITCHED_OFF
from bot.services.ports.figure_rows import Correction
from bot.settings import Settings
from tests.support.fakes import NOON

ME = MemberId("me")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "home"
    database = f"sqlite+aiosqlite:///{home / 'saphan.db'}"
    return Settings.load({"SAPHAN_HOME": str(home), "SAPHAN_DATABASE_URL": database}, None)


async def test_the_export_holds_what_was_changed_and_nothing_else(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[Any]
) -> None:
    folder = tmp_path / "copy" / "flows"
    rows = read_content().contacts
    async with open_house(settings) as house, house.records.begin() as tx:
        await tx.content.set_contact(Overlay(name_of(rows[0]), None, ME, NOON))
        await tx.casework.set_fact(SWITCHED_OFF, "km")

    assert await content.export(settings, folder) == 0

    said = capsys.readouterr().out.splitlines()
    assert said == [f"{folder / name}" for name in ("contacts.yml", "languages.yml")] + ["2 files differ from flows/"]
    again = read_content(folder)
    assert again.contacts == rows[1:]
    assert again.off == {"km"}
    for path in FLOWS.glob("words/*/*.ftl"):
        assert (folder / path.relative_to(FLOWS)).read_bytes() == path.read_bytes()
    with pytest.raises(SettingError, match="is there already"):
        await content.export(settings, folder)


async def test_what_reviewers_wrote_becomes_files_that_the_check_has_seen(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[Any]
) -> None:
    assert await learn.learn(settings, tmp_path / "nothing") == 0
    assert capsys.readouterr().out == "nothing was written to learn from\n"
    later = NOON + timedelta(days=1)
    async with open_house(settings) as house, house.records.begin() as tx:
        given = Correction("en", "The chief never hands out our wages", "tell", ("withheld_wages",), "none", ME, NOON)
        await tx.figures.keep_correction(given)
        await tx.figures.keep_correction(Correction("en", "Reach me at 081 234 5678", "tell", (), "none", ME, later))

    assert await learn.learn(settings, tmp_path / "learnt") == 1, "a number is found"

    said = capsys.readouterr().out.splitlines()
    assert said[0] == str(tmp_path / "learnt" / "nlu_data" / "en" / "corrections.yml")
    assert "seven digits" in said[1]
    assert said[-1] == "2 sentences"
    written = (tmp_path / "learnt" / "nlu_data" / "en" / "corrections.yml").read_text(encoding="utf-8")
    assert "metadata: {indicators: [withheld_wages]}" in written
    with pytest.raises(SettingError, match="is there already"):
        await learn.learn(settings, tmp_path / "learnt")
