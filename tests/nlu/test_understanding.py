"""A model that was learnt otherwise than the code says is never taken for a current one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu import understanding
from bot.nlu.encoder import KEPT_LAYERS
from bot.nlu.understanding import HOW, Understanding


def test_the_reader_learns_anew_when_other_layers_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Understanding.fingerprint_addon({})
    assert Understanding.fingerprint_addon({}) == before
    monkeypatch.setattr(understanding, "KEPT_LAYERS", KEPT_LAYERS - 1)
    assert Understanding.fingerprint_addon({}) != before


@pytest.mark.parametrize("changed", HOW)
def test_the_reader_learns_anew_when_it_is_learnt_or_written_otherwise(
    changed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = Understanding.fingerprint_addon({})
    for name in HOW:
        (tmp_path / name).write_bytes(Path(understanding.__file__).with_name(name).read_bytes())
    monkeypatch.setattr(understanding, "__file__", str(tmp_path / "understanding.py"))
    assert Understanding.fingerprint_addon({}) == before
    with (tmp_path / changed).open("ab") as file:
        file.write(b"# otherwise")
    assert Understanding.fingerprint_addon({}) != before
