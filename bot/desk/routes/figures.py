"""Figures: a month that has ended, as tables and as a file, both in steps of five."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get

from bot.desk import pages
from bot.desk.security import services_of, to
from bot.domain.figures import STEP
from bot.services.figures import FigureBook


@get("/figures", opt=to("figures.see"))
async def show_figures(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the figures of a month."""
    return pages.page(request, "figures.html", book=await _look(request), step=STEP)


@get("/figures.csv", opt=to("figures.see"))
async def send_figures(request: Request[Any, Any, Any]) -> Response[Any]:
    """Give the same figures as a file: what the page keeps back the file does not hold."""
    book = await _look(request)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["month", "language", "table", "row", "at_least", "at_most"])
    writer.writerows([book.month, book.language or "all", *row] for row in _lines(book))
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


async def _look(request: Request[Any, Any, Any]) -> FigureBook:
    asked = request.query_params
    return await services_of(request).figures.look(asked.get("month", ""), asked.get("language", ""))
