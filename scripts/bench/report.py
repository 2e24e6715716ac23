"""Writes what was measured: tables, pictures, and every sample as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from scripts.bench.figures import ANSWER, LONG, Results, Stage, shown
from scripts.bench.plots import bars, lines

BOT: Final = "figures"
DESK: Final = "figures of the desk"
"""Names of the places on the page, each between two marks."""
HEAD: Final = ("", "n", "min", "p50", "p95", "p99", "max", "unit")


def write(folder: Path, results: Results) -> None:
    """Write everything into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.md").write_text(f"# Figures\n\n{tables(results)}\n", encoding="utf-8")
    (folder / "results.json").write_text(json.dumps(results.as_json(), indent=1), encoding="utf-8")
    if results.figures.get(ANSWER):
        (folder / "answers.svg").write_text(bars(ANSWER, results.figures[ANSWER]), encoding="utf-8")
    if results.lines:
        drawn = lines(LONG, "number of the message", results.lines)
        (folder / "conversation.svg").write_text(drawn, encoding="utf-8")


def write_into(page: Path, results: Results, place: str) -> None:
    """Put the tables between the two marks of a place on a page."""
    begin, end = f"<!-- {place} -->", f"<!-- end of {place} -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n\n{tables(results)}\n\n{end}{after}", encoding="utf-8")


def tables(results: Results) -> str:
    """Give everything as Markdown."""
    return "\n\n".join(_parts(results))


def _parts(results: Results) -> Iterator[str]:
    yield "\n".join(f"- {line}" for line in (*results.machine, *results.notes))
    for title, figures in results.figures.items():
        yield f"### {title}"
        yield _table(HEAD, [figure.row for figure in figures])
    for title, stages in results.stages.items():
        yield f"### {title}"
        yield _stages(stages)


def _stages(stages: Sequence[Stage]) -> str:
    rows = [(one.what, f"{one.times:.1f}", shown(one.median), shown(max(one.milliseconds))) for one in stages]
    return _table(("step before the first answer", "times", "p50 ms", "max ms"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    marks = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, marks, *rows))
