"""Imports Rasa once for the folder: it warns of its own age while it is imported, which is no fault of a test."""

from __future__ import annotations

import os
import warnings

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import bot.nlu.indicators
    import bot.nlu.language  # noqa: F401 - imported for its warnings
