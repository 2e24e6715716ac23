"""How long every page of the desk takes from the server, with 10,000 conversations in the database."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from litestar.handlers import HTTPRouteHandler

from bot.desk.app import ROUTES
from scripts.bench.desk.browser import Browser
from scripts.bench.desk.seeded import Seeded
from scripts.bench.figures import Results

PAGES: Final = "Pages of the desk with 10,000 conversations"
WARM: Final = 3
"""Times that a page is asked for before it counts: templates are read, and the database's cache is filled."""
SETTLES: Final = 12.0
"""Seconds after the start, in which the clock does what fell due while nothing ran: forty who wait are asked for at
counsellors, promises are told. Pages take up to three times as long meanwhile; that is the start, not the desk."""
OK: Final = 200


def addresses(seeded: Seeded) -> Iterator[str]:
    """Give every page that is asked for by an address; what is in it stands for what somebody would look at."""
    values: Mapping[str, str] = {
        "/people/{member:str}": seeded.member,
        "/setup/{token:str}": seeded.link.rpartition("/")[2],
    }
    for route in ROUTES:
        for path in sorted(route.paths if isinstance(route, HTTPRouteHandler) and "GET" in route.http_methods else ()):
            if not path.endswith("/live"):
                yield re.sub(r"\{[^}]+\}", values.get(path, seeded.longest), path)
    yield f"/conversations/{seeded.waiting}"
    yield f"/conversations/{seeded.longest}?after=0"
    yield f"/audit?conversation={seeded.longest}"


async def measure(port: int, database: str, seeded: Seeded, times: int, results: Results) -> None:
    """Ask for every page so many times, each by who may see it."""
    await asyncio.sleep(SETTLES)
    lead, counsellor, stranger = Browser(port, seeded.lead), Browser(port, seeded.counsellors[0]), Browser(port)
    for one in (lead, counsellor):
        await asyncio.to_thread(one.enter)
    for path in addresses(seeded):
        await asyncio.to_thread(_one, path, database, (lead, counsellor, stranger), times, results)


def _one(path: str, database: str, browsers: Sequence[Browser], times: int, results: Results) -> None:
    for browser in browsers:
        if all(browser.time(path)[0] == OK for _ in range(WARM)):
            samples = [browser.time(path)[1] for _ in range(times)]
            results.add(PAGES, f"{database}, `{named(path)}`", "ms", samples)
            return
    results.notes.append(f"{database}: `{named(path)}` has no page for anybody here.")


def named(path: str) -> str:
    """Name a page without what chance has put into its address."""
    path = re.sub(r"[A-Z0-9]{3}-[A-Z0-9]{4}", "CODE", path)
    return re.sub(r"/(people|setup)/[^/?]+", r"/\1/...", path)
