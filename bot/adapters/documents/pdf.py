"""Draws documents with WeasyPrint: Pango shapes Burmese, Khmer, Lao, Thai and Chinese; fonts are the machine's own.

Everything is escaped and nothing is fetched: a document holds words of people, and an address in them is not asked.
"""

from __future__ import annotations

import asyncio
import logging
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.services.ports import Printed

HERE: Final = Path(__file__).parent


class Documents:
    """Body of the port `Documents`."""

    async def pdf(self, printed: Printed) -> bytes:
        """Draw as PDF, beside the loop."""
        return await asyncio.to_thread(draw, printed)


def say_nothing(record: logging.LogRecord) -> bool:
    """Let no line of the library through: it names letters that no font has, and they are a person's words."""
    return False


def draw(printed: Printed) -> bytes:
    """Draw as PDF; anything that asks for an address stops it with ValueError."""
    # Most starts of the program draw nothing, and the library brings fonts and styles with it.
    from weasyprint import HTML
    from weasyprint.logger import LOGGER, PROGRESS_LOGGER

    for library in (LOGGER, PROGRESS_LOGGER):
        library.addFilter(say_nothing)
    html = _template().render(printed=printed)
    drawn: bytes = HTML(string=html, base_url=None, url_fetcher=_fetch_nothing).write_pdf()
    return drawn


def _fetch_nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    raise ValueError("a document fetches nothing")


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("document.html")
