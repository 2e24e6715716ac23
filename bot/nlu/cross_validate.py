"""Chooses how scores are read: `python -m bot.nlu.cross_validate` learns several times, each time without one part.

Only the training data is looked at, never the evaluation set. Writes `calibration.json` beside this file; run it when
the data or the way of learning has changed much. Prints what it found, by label, and how far the danger words reach.

The scores of what was left out are kept (`var/left_out.npz`), so that thresholds can be chosen anew without learning:
`--again` does so, after the danger words or the shares below have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.domain.codes import INDICATOR_CODES, URGENCIES
from bot.nlu.calibration import FILE
from bot.nlu.danger import danger_in, important_parts
from bot.nlu.encoder import Encoder, Example, learn
from bot.nlu.understanding import LABELS, examples_of

KEPT: Final = Path("var/left_out.npz")
FOLDS: Final = 3
SEED: Final = 11
ALARMS: Final = 0.008
"""Share of calm messages that may be taken for urgent: under the 1 % that is asked for."""
CHECKS: Final = 0.07
"""Share of calm messages that may bring a soft check, danger words included: under the 8 % that is asked for."""


def main() -> None:
    """Learn, score what was left out, and write the calibration."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.cross_validate", description=__doc__)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--data", type=Path, default=Path("nlu_data"))
    parser.add_argument("--scores", type=Path, default=KEPT, help="where the scores of what was left out are kept")
    parser.add_argument("--again", action="store_true", help="choose anew from the kept scores, without learning")
    options = parser.parse_args()
    examples = read_examples(options.data)
    scores = kept_scores(options.scores, examples) if options.again else left_out_scores(examples, options.folds)
    if not options.again:
        keep_scores(options.scores, examples, scores)
    labels = calibrate(examples, scores)
    FILE.write_text(json.dumps({"folds": options.folds, "examples": len(examples), "labels": labels}, indent=1) + "\n")


def read_examples(data: Path) -> list[Example]:
    """Read the training data, cleaned as every message is."""
    from rasa.shared.importers.rasa import RasaFileImporter

    from bot.nlu.cleaning import Cleaning

    return examples_of(
        Cleaning().process_training_data(RasaFileImporter(training_data_paths=[str(data)]).get_nlu_data())
    )


def left_out_scores(examples: Sequence[Example], folds: int) -> NDArray[np.float64]:
    """Give the raw score of each label (columns) for each example (rows), by a model that did not learn from it."""
    fold = np.random.default_rng(SEED).permutation(len(examples)) % folds
    scores = np.zeros((len(examples), len(LABELS)))
    for number in range(folds):
        with tempfile.TemporaryDirectory() as folder:
            kept = [example for example, own in zip(examples, fold, strict=True) if own != number]
            learn(kept, LABELS, important_parts, Path(folder))
            reader = Encoder.load(Path(folder))
            rows = np.flatnonzero(fold == number)
            with ThreadPoolExecutor(os.cpu_count()) as readers:
                read = readers.map(lambda row, by=reader: by.read(examples[row].text, important_parts), rows)
                scores[rows] = [list(found.labels.values()) for found in read]
        sys.stdout.write(f"fold {number + 1} of {folds} is done\n")
        sys.stdout.flush()
    return scores


def keep_scores(file: Path, examples: Sequence[Example], scores: NDArray[np.float64]) -> None:
    """Keep scores with a digest of what they are of; no text is kept."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(file, scores=scores, of=_digest(examples))


def kept_scores(file: Path, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Give the scores that were kept; stops where they are missing, or of other examples than these."""
    if not file.is_file():
        raise SystemExit(f"{file} is missing: learn once without --again")
    with np.load(file, allow_pickle=False) as stored:
        if str(stored["of"]) != _digest(examples):
            raise SystemExit(f"{file} is of other examples: learn anew without --again")
        scores: NDArray[np.float64] = stored["scores"]
    return scores


def _digest(examples: Sequence[Example]) -> str:
    digest = hashlib.blake2b(repr(LABELS).encode(), digest_size=16)
    for example in examples:
        digest.update(f"\0{example.text}\0{sorted(example.labels)}".encode())
    return digest.hexdigest()


def calibrate(examples: Sequence[Example], scores: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """Give slope, shift and thresholds of each label."""
    true = np.array([[label in example.labels for label in LABELS] for example in examples])
    numbers: dict[str, dict[str, float]] = {}
    chances = np.zeros_like(scores)
    for column, label in enumerate(LABELS):
        slope, shift = _sigmoid(scores[:, column], true[:, column])
        chances[:, column] = 1 / (1 + np.exp(-np.clip(slope * scores[:, column] + shift, -30, 30)))
        sure = _best_threshold(chances[:, column], true[:, column])
        numbers[label] = {"slope": slope, "shift": shift, "sure": sure, "maybe": sure}
    urgent = [LABELS.index(urgency) for urgency in URGENCIES if urgency != "none"]
    calm = ~true[:, urgent].any(axis=1)
    highest = chances[:, urgent].max(axis=1)
    words = np.array([danger_in(example.text) != "none" for example in examples])
    sure = _threshold_for(highest[calm], ALARMS)
    maybe = _threshold_for(np.where(words, 1.0, highest)[calm], CHECKS)
    for column in urgent:
        numbers[LABELS[column]] |= {"sure": sure, "maybe": min(maybe, sure)}
    _tell(true, chances, numbers, calm, words)
    sys.stdout.write(f"danger words: reach {words[~calm].mean():.3f}, among calm {words[calm].mean():.4f}\n")
    return {label: {name: round(value, 4) for name, value in found.items()} for label, found in numbers.items()}


def _sigmoid(scores: NDArray[np.float64], true: NDArray[np.bool_]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1.0).fit(scores[:, None], true)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def _best_threshold(chances: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    """Give the threshold of the best F1, the mean of all that are nearly as good: one lucky point is no rule."""
    steps = np.linspace(0.1, 0.8, 71)
    quality = np.array([_f1(chances >= step, true) for step in steps])
    return float(steps[quality >= quality.max() - 0.005].mean())


def _f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))


def _threshold_for(calm: NDArray[np.float64], share: float) -> float:
    """Give the lowest threshold that at most this share of calm messages reaches."""
    return float(np.nextafter(np.quantile(calm, 1 - share), 1.0))


def _tell(
    true: NDArray[np.bool_],
    chances: NDArray[np.float64],
    numbers: dict[str, dict[str, float]],
    calm: NDArray[np.bool_],
    words: NDArray[np.bool_],
) -> None:
    lines = []
    for column, label in enumerate(LABELS):
        said = chances[:, column] >= numbers[label]["sure"]
        lines.append(f"{label:24} F1 {_f1(said, true[:, column]):.3f}  threshold {numbers[label]['sure']:.2f}")
    codes = [LABELS.index(code) for code in INDICATOR_CODES]
    said = np.array([[chances[row, c] >= numbers[LABELS[c]]["sure"] for c in codes] for row in range(len(true))])
    lines.append(f"indicator micro-F1 {_f1(said, true[:, codes]):.3f}")
    urgent = [LABELS.index(urgency) for urgency in URGENCIES if urgency != "none"]
    highest = chances[:, urgent].max(axis=1)
    for name, reached in (
        ("urgency", highest >= numbers["danger_now"]["sure"]),
        ("urgency_maybe", (highest >= numbers["danger_now"]["maybe"]) | words),
    ):
        lines.append(f"{name}: recall {reached[~calm].mean():.3f}, among calm {reached[calm].mean():.3f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
