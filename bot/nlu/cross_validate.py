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
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.domain.codes import INDICATOR_CODES, URGENCIES
from bot.nlu import runs
from bot.nlu.calibration import FILE, WAYS, Way, way_of
from bot.nlu.danger import danger_in, important_parts
from bot.nlu.encoder import Encoder, Example, learn
from bot.nlu.understanding import LABELS, examples_of
from bot.nlu.written import languages_of_examples

KEPT: Final = Path("var/left_out.npz")
FOLDS: Final = 3
SEED: Final = 11
ALARMS: Final = 0.008
"""Share of calm messages that may be taken for urgent: under the 1 % that is asked for."""
STRANGE: Final = 2
"""How many times as often danger words ring in calm messages that nobody had seen who chose them: chosen by one half of
the examples, they rang in the other as often in English, three times as often in Thai."""
CHECKS: Final = 0.07
"""Share of calm messages that may bring a soft check, danger words included: under the 8 % that is asked for."""


@dataclass(frozen=True)
class LeftOut:
    """The raw score of each label (columns) for each example (rows), by models that did not learn from it."""

    encoder: NDArray[np.float64]
    letters: NDArray[np.float64]


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
    labels = calibrate(examples, scores, ways_of(examples, options.data))
    FILE.write_text(json.dumps({"folds": options.folds, "examples": len(examples), "labels": labels}, indent=1) + "\n")


def read_examples(data: Path) -> list[Example]:
    """Read the training data, cleaned as every message is."""
    from rasa.shared.importers.rasa import RasaFileImporter

    from bot.nlu.cleaning import Cleaning

    return examples_of(
        Cleaning().process_training_data(RasaFileImporter(training_data_paths=[str(data)]).get_nlu_data())
    )


def ways_of(examples: Sequence[Example], data: Path) -> list[Way]:
    """Tell how each example is written; its language is that of its folder."""
    languages = languages_of_examples(data)
    return [way_of(example.text, next(iter(languages.get(example.text, ())), None)) for example in examples]


def left_out_scores(examples: Sequence[Example], folds: int) -> LeftOut:
    """Learn as often as there are folds, and score each time what was left out."""
    fold = np.random.default_rng(SEED).permutation(len(examples)) % folds
    scores = LeftOut(*(np.zeros((len(examples), len(LABELS))) for _ in range(2)))
    for number in range(folds):
        kept = [example for example, own in zip(examples, fold, strict=True) if own != number]
        rows = np.flatnonzero(fold == number)
        texts = [examples[row].text for row in rows]
        scores.encoder[rows] = _by_encoder(kept, texts)
        second = runs.learn(kept, LABELS)
        scores.letters[rows] = [list(second.read(text).values()) for text in texts]
        sys.stdout.write(f"fold {number + 1} of {folds} is done\n")
        sys.stdout.flush()
    return scores


def _by_encoder(kept: Sequence[Example], texts: Sequence[str]) -> list[list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        learn(kept, LABELS, important_parts, Path(folder))
        reader = Encoder.load(Path(folder))
        with ThreadPoolExecutor(os.cpu_count()) as readers:
            read = readers.map(lambda text: reader.read(text, important_parts), texts)
            return [list(found.labels.values()) for found in read]


def keep_scores(file: Path, examples: Sequence[Example], scores: LeftOut) -> None:
    """Keep scores with a digest of what they are of; no text is kept."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(file, encoder=scores.encoder, letters=scores.letters, of=_digest(examples))


def kept_scores(file: Path, examples: Sequence[Example]) -> LeftOut:
    """Give the scores that were kept; stops where they are missing, or of other examples than these."""
    if not file.is_file():
        raise SystemExit(f"{file} is missing: learn once without --again")
    with np.load(file, allow_pickle=False) as stored:
        if str(stored["of"]) != _digest(examples):
            raise SystemExit(f"{file} is of other examples: learn anew without --again")
        return LeftOut(stored["encoder"], stored["letters"])


def _digest(examples: Sequence[Example]) -> str:
    digest = hashlib.blake2b(repr(LABELS).encode(), digest_size=16)
    for example in examples:
        digest.update(f"\0{example.text}\0{sorted(example.labels)}".encode())
    return digest.hexdigest()


def calibrate(examples: Sequence[Example], scores: LeftOut, ways: Sequence[Way]) -> dict[str, dict[str, float]]:
    """Give the weights of both views, by the way of writing, and the thresholds of each label."""
    true = np.array([[label in example.labels for label in LABELS] for example in examples])
    numbers: dict[str, dict[str, float]] = {}
    chances = np.zeros_like(scores.encoder)
    written = np.array([[way == own for way in WAYS] for own in ways])
    for column, label in enumerate(LABELS):
        views = np.column_stack((scores.encoder[:, column], scores.letters[:, column]))
        chances[:, column], weights = _added_up(views, written, true[:, column])
        sure = _best_threshold(chances[:, column], true[:, column])
        numbers[label] = {**weights, "sure": sure, "with_word": sure, "maybe": sure}
    urgent = [LABELS.index(urgency) for urgency in URGENCIES if urgency != "none"]
    calm = ~true[:, urgent].any(axis=1)
    highest = chances[:, urgent].max(axis=1)
    words = np.array([danger_in(example.text) != "none" for example in examples])
    sure, with_word = _alarms(highest, words, calm)
    maybe = _threshold_for(np.where(words, 1.0, highest)[calm], CHECKS)
    for column in urgent:
        numbers[LABELS[column]] |= {"sure": sure, "with_word": max(with_word, maybe), "maybe": maybe}
    _tell(true, chances, numbers, calm, words)
    sys.stdout.write(f"danger words: reach {words[~calm].mean():.3f}, among calm {words[calm].mean():.4f}\n")
    return {label: {name: round(value, 4) for name, value in found.items()} for label, found in numbers.items()}


def _added_up(
    views: NDArray[np.float64], written: NDArray[np.bool_], true: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], dict[str, float]]:
    """Fit how the views are added up: for all ways of writing together, and for each what it differs by.

    Being pulled towards nothing, the differences stay small where a way has few examples.
    """
    from sklearn.linear_model import LogisticRegression

    with_one = np.column_stack((views, np.ones(len(views))))
    by_way = (written[:, :, None] * with_one[:, None, :]).reshape(len(views), -1)
    features = np.column_stack((views, by_way))
    fitted = LogisticRegression(C=1.0, max_iter=2000).fit(features, true)
    common = np.append(fitted.coef_[0][:2], fitted.intercept_)
    own = fitted.coef_[0][2:].reshape(len(WAYS), 3) + common
    parts = ("encoder", "letters", "shift")
    weights = {f"{way}_{part}": float(own[w, p]) for w, way in enumerate(WAYS) for p, part in enumerate(parts)}
    return fitted.predict_proba(features)[:, 1], weights


def _best_threshold(chances: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    """Give the threshold of the best F1, the mean of all that are nearly as good: one lucky point is no rule."""
    steps = np.linspace(0.1, 0.8, 71)
    quality = np.array([_f1(chances >= step, true) for step in steps])
    return float(steps[quality >= quality.max() - 0.005].mean())


def _f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))


def _alarms(highest: NDArray[np.float64], words: NDArray[np.bool_], calm: NDArray[np.bool_]) -> tuple[float, float]:
    """Give the thresholds without and with a danger word that find most danger, at `ALARMS` false alarms together.

    Danger with a word and danger without one count alike: elsewhere words reach less of it than in these examples.
    """
    best = (0.0, _threshold_for(highest[calm], ALARMS), 1.0)
    for with_word in np.linspace(0.02, 0.98, 97):
        by_word = STRANGE * float((highest[calm & words] >= with_word).sum()) / int(calm.sum())
        if by_word < ALARMS:
            sure = _threshold_for(np.where(words, 0.0, highest)[calm], ALARMS - by_word)
            found = _share(highest[~calm & words] >= with_word) + _share(highest[~calm & ~words] >= sure)
            best = max(best, (found, max(sure, float(with_word)), float(with_word)))
    return best[1], best[2]


def _share(found: NDArray[np.bool_]) -> float:
    return float(found.mean()) if found.size else 0.0


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
        ("urgency", highest >= np.where(words, numbers["danger_now"]["with_word"], numbers["danger_now"]["sure"])),
        ("urgency_maybe", (highest >= numbers["danger_now"]["maybe"]) | words),
    ):
        lines.append(f"{name}: recall {reached[~calm].mean():.3f}, among calm {reached[calm].mean():.3f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
