"""The engine is closed: no way in but three routes with the token, no way out at all, and no memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dialogue.conftest import guarded
from tests.dialogue.running import ROOT, Engine, turn

WORD = "kolibrifeder"


@pytest.mark.parametrize("path", ["/webhooks/saphan/read", "/webhooks/saphan/turn", "/webhooks/saphan/health"])
@pytest.mark.parametrize("token", [None, "", "wrong", "tok\u00e9n"])
def test_without_the_token_it_is_401(engine: Engine, path: str, token: str | None) -> None:
    assert engine.ask(path, turn("tell"), token=token, method="GET" if path.endswith("health") else "POST")[0] == 401


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/version",
        "/status",
        "/domain",
        "/model/parse",
        "/model/train",
        "/conversations/x/tracker",
        "/webhooks/rest",
        "/webhooks/rest/webhook",
        "/webhooks/saphan",
        "/webhooks/saphan/",
        "/webhooks/saphan/webhook",
    ],
)
def test_nothing_else_of_rasa_is_reachable(engine: Engine, path: str) -> None:
    for method in ("GET", "POST"):
        assert engine.ask(path, {}, method=method)[0] == 404


@pytest.mark.parametrize("text", ["/restart", "/greet", "  /restart", "/session_start", '/tell{"case": 1}', "/back"])
def test_a_text_that_looks_like_an_order_is_only_a_text(engine: Engine, text: str) -> None:
    found = engine.read(text)
    assert found["intent"] not in {"restart", "session_start", "back"}
    assert found["intent_confidence"] < 1.0


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b'{"text": 1}', b'{"text": "a", "hints": []}', b"{"])
def test_a_body_that_is_no_text_is_400(engine: Engine, raw: bytes) -> None:
    assert engine.ask("/webhooks/saphan/read", raw=raw)[0] == 400


def test_a_planted_word_is_found_nowhere_at_debug(engine: Engine) -> None:
    engine.read(f"My name is {WORD} and they took my passport.")
    engine.read(f"/{WORD} /restart")
    engine.ask("/webhooks/saphan/read", {"text": WORD, "hints": {"languages": {WORD: "x"}}})
    engine.ask(f"/webhooks/saphan/{WORD}", {"text": WORD})
    engine.take({**turn("tell"), "entities": [{"entity": WORD, "value": WORD}]})
    engine.take(turn(WORD))
    assert engine.printed(), "the engine has to be heard at all for this test to mean anything"
    holding = [path for path in engine.home.rglob("*") if path.is_file() and WORD.encode() in path.read_bytes()]
    assert holding == []


def test_reading_and_turns_never_leave_this_machine(engine: Engine) -> None:
    engine.read("They do not pay me.")
    assert engine.take(turn("tell"))[0] == 200
    assert not (engine.home / "left-this-machine").exists()


def test_training_never_leaves_this_machine(tmp_path: Path) -> None:
    """Train from nothing, in a copy with a little of one language, which is enough to run every step."""
    checkout, notes = tmp_path / "checkout", tmp_path / "left-this-machine"
    for part in ("bot", "flows/domain", "flows/rules"):
        shutil.copytree(ROOT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
    (checkout / "nlu_data" / "en").mkdir(parents=True)
    for file in (
        "config.yml",
        "flows/danger.yml",
        *(f"nlu_data/en/{topic}.yml" for topic in ("about", "talk", "ways")),
    ):
        shutil.copy(ROOT / file, checkout / file)
    environment = {**os.environ, **guarded(notes), "SAPHAN_LOG_LEVEL": "DEBUG"}
    command = [sys.executable, "-m", "bot.dialogue.train", "--home", "var"]
    before = (checkout / "config.yml").read_bytes()
    first = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=True)
    assert first.stdout.count("\n") == 1
    assert not notes.exists()
    assert (checkout / "config.yml").read_bytes() == before
    again = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=True)
    assert again.stdout == "The model is up to date.\n"


def test_the_guard_sees_a_connection_that_leaves(tmp_path: Path) -> None:
    notes = tmp_path / "left-this-machine"
    connect = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    ended = subprocess.run(
        [sys.executable, "-c", connect], env={**os.environ, **guarded(notes)}, capture_output=True, check=False
    )
    assert ended.returncode != 0
    assert notes.exists()
