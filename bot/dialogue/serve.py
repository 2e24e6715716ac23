"""Starts the engine: `python -m bot.dialogue.serve --home DIR --listen HOST:PORT --actions URL`.

Of Rasa's own HTTP surface nothing is mounted: no API, no REST channel, not even its greeting at `/`.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any, Final

from bot.dialogue import quiet
from bot.dialogue.listening import add_arguments, address_of, listen
from bot.dialogue.model import ROOT, model_of
from bot.errors import SettingError

ACTIONS_URL: Final = "SAPHAN_ACTIONS_URL"


def main(arguments: list[str] | None = None) -> None:
    """Load the model, then listen."""
    options = _parser().parse_args(arguments)
    if options.with_parent:
        quiet.end_with_parent()
    try:
        address = address_of(options.listen)
        model = model_of(options.home)
        quiet.prepare(options.home)
        os.environ[ACTIONS_URL] = options.actions.rstrip("/")
        listen(make_app(model), address)
    except SettingError as error:
        quiet.stop(error)


def make_app(model: Path) -> Any:
    """Build the web application around a loaded model."""
    from rasa.core.channels.channel import register
    from rasa.utils.endpoints import read_endpoint_config
    from sanic import Sanic

    from bot.dialogue.channel import Saphan
    from bot.dialogue.engine import Engine

    quiet.silence_rasa()
    channel = Saphan.from_credentials(None)
    app = Sanic("saphan_engine", configure_logging=False)
    app.ctx.engine = Engine(model, read_endpoint_config(str(ROOT / "endpoints.yml"), "action_endpoint"))
    register([channel], app, route="/webhooks/")
    # Sanic's own answers repeat the address that was asked for.
    app.error_handler.add(Exception, refuse)
    return app


def refuse(request: Any, error: Exception) -> Any:
    """Answer an unknown address, or a fault of ours, with a status and nothing else."""
    from sanic.response import empty

    return empty(getattr(error, "status_code", 500))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.dialogue.serve", description="Start the engine.")
    parser.add_argument("--home", type=Path, required=True, help="folder with the trained model")
    parser.add_argument("--actions", required=True, metavar="URL", help="address of the action server")
    add_arguments(parser)
    return parser


if __name__ == "__main__":
    main()
