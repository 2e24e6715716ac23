"""Pictures of the report: what a table shows less well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

from bot.domain.codes import LANGUAGES, UNDETERMINED
from bot.evaluation import figures as f
from bot.evaluation.arithmetic import Estimate
from bot.evaluation.figures import Figures

mpl.use("Agg")

from matplotlib import pyplot as plt

INK: Final = "#1f6f8b"
SECOND: Final = "#b5651d"
SIZE: Final = (7.5, 4.0)
DPI: Final = 110


def draw(folder: Path, ours: Figures, prefix: str = "") -> list[tuple[str, str]]:
    """Draw every picture that the figures allow; give title and file name of each."""
    pictures: list[tuple[str, str, Callable[[Any, Figures], None], bool]] = [
        ("F1 of codes and recall of urgency, by language, with 95 % intervals", "languages", _languages, True),
        ("Precision and recall of codes against one threshold for all", "threshold", _threshold, bool(ours.curve)),
        ("Calibration of codes", "calibration", _calibration, bool(ours.calibration)),
        ("Languages: written and named as", "confusion", _confusion, bool(ours.languages)),
    ]
    drawn = []
    for title, name, picture, possible in pictures:
        if possible:
            figure, axes = plt.subplots(figsize=SIZE)
            picture(axes, ours)
            axes.set_title(title, fontsize=11)
            figure.tight_layout()
            figure.savefig(folder / f"{prefix}{name}.png", dpi=DPI, metadata={"Software": None})
            plt.close(figure)
            drawn.append((title, f"{prefix}{name}.png"))
    return drawn


def _languages(axes: Any, ours: Figures) -> None:
    for shift, name, colour in ((-0.12, f.F1, INK), (0.12, f.URGENT, SECOND)):
        found = [one.figures[name] for one in ours.by_language.values() if name in one.figures]
        _points(axes, [place + shift for place in range(len(found))], found, name, colour)
    axes.set_xticks(range(len(ours.by_language)))
    axes.set_xticklabels(list(ours.by_language))
    axes.set_ylim(-0.03, 1.03)
    axes.grid(axis="y", alpha=0.3)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncol=2, frameon=False)


def _points(axes: Any, places: Sequence[float], found: Sequence[Estimate], name: str, colour: str) -> None:
    known = [
        (place, one.value, one.value - one.low, one.high - one.value)
        for place, one in zip(places, found, strict=True)
        if one.value is not None and one.low is not None and one.high is not None
    ]
    if not known:
        return
    xs, values, below, above = zip(*known, strict=True)
    # A bootstrap interval need not hold the value itself.
    ends = [[max(0.0, end) for end in side] for side in (below, above)]
    axes.errorbar(xs, values, yerr=ends, fmt="o", color=colour, capsize=3, label=name)


def _threshold(axes: Any, ours: Figures) -> None:
    steps, precision, recall = zip(*ours.curve, strict=True)
    axes.plot(steps, precision, color=INK, label="precision")
    axes.plot(steps, recall, color=SECOND, label="recall")
    for name, colour in ((f.PRECISION, INK), (f.RECALL, SECOND)):
        value = ours.everything.figures[name].value
        if value is not None:
            axes.axhline(value, color=colour, linestyle=":", label=f"{name.split()[-1]} with a threshold a code")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("threshold" if ours.has_all_scores else "threshold (only codes that were said have one)")
    axes.grid(alpha=0.3)
    axes.legend(loc="lower left", fontsize=8)


def _calibration(axes: Any, ours: Figures) -> None:
    promised, true, counts = zip(*ours.calibration, strict=True)
    axes.plot([0, 1], [0, 1], color="#999", linestyle="--", linewidth=1)
    axes.plot(promised, true, "o-", color=INK)
    for x, y, count in zip(promised, true, counts, strict=True):
        axes.annotate(str(count), (x, y), textcoords="offset points", xytext=(4, -11), fontsize=7)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("probability given" if ours.has_all_scores else "probability given to codes that were said")
    axes.set_ylabel("share that is true")
    axes.grid(alpha=0.3)


def _confusion(axes: Any, ours: Figures) -> None:
    names = (*LANGUAGES, UNDETERMINED)
    cells = [[ours.languages[true][said] for said in names] for true in LANGUAGES]
    axes.imshow(cells, cmap="Blues", aspect="auto")
    most = max(max(row) for row in cells) or 1
    for row, line in enumerate(cells):
        for column, count in enumerate(line):
            if count:
                ink = "white" if count > most / 2 else "black"
                axes.text(column, row, str(count), ha="center", va="center", fontsize=8, color=ink)
    axes.set_xticks(range(len(names)))
    axes.set_xticklabels(names)
    axes.set_yticks(range(len(LANGUAGES)))
    axes.set_yticklabels(LANGUAGES)
    axes.set_xlabel("named as")
    axes.set_ylabel("written")
