"""An engine that cannot answer says so: the app counts on a status, never on silence (design/architecture.md)."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.dialogue.running import ROOT, Engine, free_port, turn


def test_an_action_that_raises_is_502_and_what_it_raised_is_in_no_log(broken_actions: Engine) -> None:
    status, answer = broken_actions.take(turn("tell"))
    assert status == 502
    assert "zanzibar" not in str(answer)
    assert b"zanzibar" not in broken_actions.printed()


def test_an_empty_answer_is_502(broken_actions: Engine) -> None:
    assert broken_actions.take(turn("greet"))[0] == 502


def test_a_text_that_is_no_key_is_502(broken_actions: Engine) -> None:
    assert broken_actions.take(turn("thanks"))[0] == 502


def test_an_action_that_hangs_is_502_before_the_app_gives_up_for_good(broken_actions: Engine) -> None:
    started = time.monotonic()
    assert broken_actions.take(turn("waiting"))[0] == 502
    assert time.monotonic() - started < 6


def test_a_stopped_action_server_is_502_and_reading_goes_on(engine: Engine) -> None:
    engine.stop_actions()
    try:
        assert engine.take(turn("tell"))[0] == 502
        assert engine.read("hello")["language"] == "en"
    finally:
        engine.start_actions()
    assert engine.take(turn("tell"))[0] == 200


def test_a_start_without_a_model_is_one_line_and_status_2(tmp_path: Path) -> None:
    listen = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "bot.dialogue.serve", "--home", str(tmp_path), "--listen", listen]
    ended = subprocess.run([*command, "--actions", "http://127.0.0.1:1"], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_action_server_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    listen = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "bot.dialogue.actions", "--listen", listen, "--with-parent"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdin is not None
        child.stdin.close()
        child.wait(20)
