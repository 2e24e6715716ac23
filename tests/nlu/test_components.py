"""A model that was learnt otherwise than the code says is never taken for a current one."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.nlu import components, second_view, understanding
from bot.nlu.components import HERE, Learning
from bot.nlu.language import Language
from bot.nlu.second_view import SecondView
from bot.nlu.spelling import Spelling
from bot.nlu.understanding import Understanding

ALL = (Language, Spelling, Understanding, SecondView)
FILES = [(component, file) for component in ALL for file in component.learns_with]


@pytest.mark.parametrize(("component", "file"), FILES)
def test_what_is_learnt_otherwise_is_learnt_anew(
    component: type[Learning[Any]], file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = component.fingerprint_addon({})
    for name in component.learns_with:
        shutil.copy(HERE / name, tmp_path)
    monkeypatch.setattr(components, "HERE", tmp_path)
    assert component.fingerprint_addon({}) == before
    with (tmp_path / file).open("ab") as source:
        source.write(b"# otherwise")
    assert component.fingerprint_addon({}) != before


@pytest.mark.parametrize("component", ALL)
def test_a_component_looks_at_its_own_module_too(component: type[Learning[Any]]) -> None:
    assert component.learns_with[0] == Path(inspect.getfile(component)).name


@pytest.mark.parametrize(("component", "module"), [(Understanding, understanding), (SecondView, second_view)])
def test_other_labels_are_learnt_anew(
    component: type[Learning[Any]], module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = component.fingerprint_addon({})
    monkeypatch.setattr(module, "LABELS", (*understanding.LABELS, "another"))
    assert component.fingerprint_addon({}) != before


def test_every_component_that_learns_is_looked_at() -> None:
    assert set(Learning.__subclasses__()) == set(ALL)
