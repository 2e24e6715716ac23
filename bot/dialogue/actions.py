"""Starts the action server: `python -m bot.dialogue.actions --listen HOST:PORT`. Rasa itself is not imported.

rasa-sdk's own start binds every address with CORS for all; this one binds what it is told and answers one route.
"""

from __future__ import annotations

import argparse
import json
from typing import Any, Final

from bot import logs
from bot.dialogue import quiet
from bot.dialogue.listening import add_arguments, address_of, listen
from bot.errors import SettingError

PACKAGE: Final = "actions"


def main(arguments: list[str] | None = None) -> None:
    """Load the actions, then listen."""
    parser = argparse.ArgumentParser(prog="python -m bot.dialogue.actions", description="Start the action server.")
    parser.add_argument("--package", default=PACKAGE, help="package that holds the actions")
    add_arguments(parser)
    options = parser.parse_args(arguments)
    if options.with_parent:
        quiet.end_with_parent()
    try:
        address = address_of(options.listen)
        quiet.prepare_logs()
        listen(make_app(options.package), address)
    except SettingError as error:
        quiet.stop(error)


def make_app(package: str) -> Any:
    """Build the web application around the actions of a package."""
    from rasa_sdk.executor import ActionExecutor
    from sanic import Sanic

    app = Sanic("saphan_actions", configure_logging=False)
    app.ctx.executor = ActionExecutor()
    app.ctx.executor.register_package(package)
    app.add_route(run_action, "/webhook", methods=["POST"])
    return app


async def run_action(request: Any) -> Any:
    """Run one action; one that raises is a 500 without a word of what it raised."""
    from sanic.response import HTTPResponse

    try:
        result = await request.app.ctx.executor.run(json.loads(request.body))
    except Exception as error:  # noqa: BLE001 - edge: whatever an action raises, the engine learns that it failed.
        logs.get_logger(__name__).error("action_failed", error=error)
        return HTTPResponse('{"error": "the action failed"}', 500, content_type="application/json")
    return HTTPResponse(json.dumps(result), content_type="application/json")


if __name__ == "__main__":
    main()
