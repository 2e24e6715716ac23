"""Figures: a month that has ended, as tables and as a file, both in steps of five."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get

from bot.desk import pages
from bot.desk.security import services_of, session_of, to
from bot.domain.agreement import Agreement
from bot.domain.figures import STEP, step_of
from bot.services.figures import FigureBook


@get("/figures", opt=to("figures.see"))
async def show_figures(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the figures of a month."""
    book, agreed = await _look(request), await _agreement(request)
    return pages.page(request, "figures.html", book=book, step=STEP, agreed=agreed, step_of=step_of)


@get("/figures.csv", opt=to("figures.see"))
async def send_figures(request: Request[Any, Any, Any]) -> Response[Any]:
    """Give the same figures as a file: what the page keeps back the file does not hold."""
    book = await _look(request)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["month", "language", "table", "row", "at_least", "at_most"])
    writer.writerows([book.month, book.language or "all", *row] for row in _lines(book))
    agreed = await _agreement(request)
    if agreed is not None:
        least = step_of(agreed.n)
        kappa = "" if agreed.kappa is None else f"{agreed.kappa:.2f}"
        writer.writerow(["", "all", "agreement", f"kappa {kappa}".strip(), least, least + STEP - 1])
    name = f"figures-{book.month}{'-' if book.language else ''}{book.language}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(book: FigureBook) -> Iterator[tuple[str, str, int | str, int | str]]:
    for table in book.tables:
        if table.rows is None:
            yield table.name, "", "", ""
            continue
        for name, step in table.rows.items():
            yield table.name, name, step, step + STEP - 1
    for share, minutes in book.waits.items():
        yield "wait", share, "", "" if minutes is None else minutes or "longer"


async def _agreement(request: Request[Any, Any, Any]) -> Agreement | None:
    """Give how far two readers agree, over all cases that are kept; None where they judged too few things."""
    found = await services_of(request).reviews.agreement(session_of(request))
    return found if found.n >= STEP else None


async def _look(request: Request[Any, Any, Any]) -> FigureBook:
    asked = request.query_params
    figures, session = services_of(request).figures, session_of(request)
    return await figures.look(session, asked.get("month", ""), asked.get("language", ""))
