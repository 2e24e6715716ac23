"""Puts the figures into words and tables: Markdown for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, UNDETERMINED
from bot.errors import SettingError
from bot.evaluation import figures as f
from bot.evaluation.arithmetic import Counts, Estimate
from bot.evaluation.figures import Figures, Slice
from bot.evaluation.targets import LONG_TEXT, Target

BEGIN: Final = "<!-- figures: written by `saphan evaluate --docs` -->"
END: Final = "<!-- end of figures -->"
SLICE: Final = (f.F1, f.PRECISION, f.RECALL, f.SOME_RECALL, f.SOME_PRECISION, f.QUIET, f.NOTHING)
OTHERS: Final = (f.LANGUAGE, f.INTENTS, f.URGENT, f.URGENT_KIND, f.ALARMS, f.MAYBE, f.MAYBE_ALARMS)
PEERS: Final = (f.F1, f.SOME_RECALL, f.QUIET, f.LANGUAGE, f.URGENT, f.ALARMS, f.MAYBE, f.MAYBE_ALARMS, f.INTENTS)
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Report:
    """One run: the reader first, then its peers."""

    machine: Sequence[str]
    readers: Sequence[Figures]
    targets: Sequence[Target]
    left_behind: Sequence[str]
    pictures: Sequence[tuple[str, str]] = ()
    """Title and file name."""


def write(folder: Path, report: Report) -> None:
    """Write tables and numbers into a folder."""
    (folder / "report.md").write_text(f"# How well the reader reads\n\n{markdown(report)}\n", encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(as_json(report), indent=1), encoding="utf-8")


def write_into(page: Path, report: Report, pictures: str) -> None:
    """Put the tables between the two marks of a page; `pictures` is where it finds its pictures."""
    try:
        before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    except OSError:
        raise SettingError(f"{page} cannot be read") from None
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SettingError(f"{page} should hold the lines {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{markdown(report, pictures)}\n\n{END}{after}", encoding="utf-8")


def as_json(report: Report) -> dict[str, Any]:
    """Give everything with its numbers unrounded, and no message."""
    return {
        "machine": list(report.machine),
        "targets": [{**asdict(target), "reached": target.reached} for target in report.targets],
        "left_behind": list(report.left_behind),
        "readers": [asdict(figures) for figures in report.readers],
    }


def markdown(report: Report, pictures: str = "") -> str:
    """Give everything as Markdown."""
    ours = report.readers[0]
    return "\n\n".join(
        [
            "\n".join(f"- {line}" for line in report.machine),
            "### Wanted and found",
            _targets(report.targets),
            "### Codes, by language",
            _slices("language", {"all": ours.everything, **ours.by_language}, SLICE),
            "### Language, intent and urgency, by language",
            _slices("language", {"all": ours.everything, **ours.by_language}, OTHERS),
            "### By kind of writing",
            _slices("kind", ours.by_kind, (f.F1, f.SOME_RECALL, f.LANGUAGE, f.INTENTS, f.URGENT, f.ALARMS, f.QUIET)),
            "### By code",
            _named("code", ours.by_code, (f.F1, f.PRECISION, f.RECALL)),
            "### By code and language: F1 (a cell rests on three to eight messages)",
            _codes_and_languages(ours.by_code_and_language),
            "### Urgent messages, by kind",
            _named("urgency", ours.by_urgency, (f.URGENT, f.URGENT_KIND, f.MAYBE)),
            "### Languages: written (rows), named as (columns)",
            _confusion(ours.languages),
            *_peers(report.readers),
            "### Equal languages",
            "\n".join(f"- {line}" for line in report.left_behind) or "No language is behind the others.",
            *(f"![{title}]({pictures}{name})" for title, name in report.pictures),
        ]
    )


def _targets(targets: Sequence[Target]) -> str:
    words = {True: "yes", False: "**no**", None: "not measured"}
    rows = [(one.what, f"{one.bound} {one.wanted:g}", one.shown, words[one.reached], one.note) for one in targets]
    return table(("figure", "wanted", "found", "reached", ""), rows)


def _slices(what: str, slices: Mapping[str, Slice], names: Sequence[str]) -> str:
    rows = [(key, str(one.messages), *_cells(one.figures, names)) for key, one in slices.items()]
    return table((what, "messages", *names), rows)


def _named(what: str, figures: Mapping[str, Mapping[str, Estimate]], names: Sequence[str]) -> str:
    rows = [(key, str(one[names[-1]].of if one else 0), *_cells(one, names)) for key, one in figures.items()]
    return table((what, "said in", *names), rows)


def _cells(figures: Mapping[str, Estimate], names: Sequence[str]) -> Iterator[str]:
    return (str(figures[name]) if name in figures else "-" for name in names)


def _codes_and_languages(found: Mapping[str, Mapping[str, Counts]]) -> str:
    rows = [(code, *(_short(found[code][language].f1) for language in LANGUAGES)) for code in INDICATOR_CODES]
    return table(("code", *LANGUAGES), rows)


def _confusion(found: Mapping[str, Mapping[str, int]]) -> str:
    names = (*LANGUAGES, UNDETERMINED)
    return table(("", *names), [(true, *(str(found[true][said] or "") for said in names)) for true in LANGUAGES])


def _peers(readers: Sequence[Figures]) -> Iterator[str]:
    yield "### Beside others, trained on the same data and asked the same" if len(readers) > 1 else "### Cost"
    rows = [
        (
            one.name,
            *_cells(one.everything.figures, PEERS),
            _seconds(one.training_seconds),
            f"{one.size / MEGABYTE:.1f}",
            _milliseconds(one.milliseconds.get("p50")),
            _milliseconds(one.milliseconds.get("p99")),
            _milliseconds(one.milliseconds.get(LONG_TEXT)),
        )
        for one in readers
    ]
    yield table(("reader", *PEERS, "training, s", "model, MB", "ms p50", "ms p99", f"ms {LONG_TEXT}"), rows)


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _milliseconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a Markdown table, its columns padded so that it reads well on a terminal too."""
    marks = ["---", *("---:" for _ in head[1:])]
    lines = [head, marks, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(f"| {' | '.join(_padded(line, widths))} |" for line in lines)


def _padded(line: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for column, (cell, width) in enumerate(zip(line, widths, strict=True)):
        yield cell.rjust(width) if column else cell.ljust(width)
