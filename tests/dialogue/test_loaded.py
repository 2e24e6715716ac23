"""A loaded model is out of the way of whoever waits for an answer."""

from __future__ import annotations

import gc
from pathlib import Path

from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.engine import Engine
from bot.dialogue.model import model_of


def test_what_a_loaded_model_holds_is_not_looked_through_for_garbage(trained_home: Path) -> None:
    try:
        engine = Engine(model_of(trained_home), EndpointConfig("http://127.0.0.1:9"))
        assert engine.intents
        assert gc.get_freeze_count() > 100 * len(gc.get_objects())
    finally:
        gc.unfreeze()
