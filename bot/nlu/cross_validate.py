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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import TEXT

from bot.domain.codes import INDICATOR_CODES
from bot.nlu import schooling, second_view
from bot.nlu.calibration import FILE, WAYS, Way, way_of
from bot.nlu.cleaning import Cleaning, clean
from bot.nlu.danger import important_parts
from bot.nlu.encoder import Encoder, write
from bot.nlu.examples import Example
from bot.nlu.importer import examples_for_rasa
from bot.nlu.understanding import ANY_CODE, ANY_DANGER, LABELS
from bot.nlu.urgency import danger_of, word_in

KEPT: Final = Path("var/left_out.npz")
FOLDS: Final = 3
SEED: Final = 11
STRANGERS: Final = "fresh.yml"
"""Files written by somebody who had read neither the other examples nor the danger words. Limits are chosen on them
alone: other messages were written as riddles, or with the danger words at hand.
"""
NEIGHBOURS: Final = 100
"""So many strangers' messages in a row are left out together, for most of them have one author. The others are learnt
from: the reader that people meet knows strangers too, and limits of one that knows none made it say too little.
"""
ALARMS: Final = 0.015
"""Share of strangers' calm messages that may be taken for urgent by a reader that knows two thirds of them.

The one that people meet knows all of them and took 8 of 915 for urgent that it had never met (5 with 0.01 here).
"""
CHECKS: Final = 0.08
"""Share of strangers' calm messages that may bring a soft check, danger words included."""


@dataclass(frozen=True)
class LeftOut:
    """The raw score of each label (columns) for each example (rows), by models that did not learn from it."""

    encoder: NDArray[np.float64]
    letters: NDArray[np.float64]


@dataclass(frozen=True)
class Chosen:
    """What is written: the numbers of each label, and the limits of danger."""

    labels: dict[str, dict[str, float]]
    likeliest: float
    alarm: dict[str, float]


@dataclass(frozen=True)
class Found:
    """Of each example that has scores: what is true and how likely each label is, which codes are said, and danger."""

    true: NDArray[np.bool_]
    chances: NDArray[np.float64]
    said: NDArray[np.bool_]
    danger: NDArray[np.float64]
    words: NDArray[np.bool_]


def main() -> None:
    """Learn, score what was left out, and write the calibration."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.cross_validate", description=__doc__)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--parts", type=int, default=FOLDS, help="how many of the folds are left out in turn")
    parser.add_argument("--data", type=Path, default=Path("nlu_data"))
    parser.add_argument("--scores", type=Path, default=KEPT, help="where the scores of what was left out are kept")
    parser.add_argument("--again", action="store_true", help="choose anew from the kept scores, without learning")
    options = parser.parse_args()
    examples, strange = read_examples(options.data)
    if not options.again:
        keep_scores(options.scores, examples, left_out_scores(examples, strange, options.folds, options.parts))
    scores = kept_scores(options.scores, examples)
    chosen = calibrate(examples, scores, strange)
    FILE.write_text(json.dumps({"examples": len(examples), **asdict(chosen)}, indent=1) + "\n")


def read_examples(data: Path) -> tuple[list[Example], NDArray[np.bool_]]:
    """Read the training data, cleaned and spelt as it is learnt from, and which of it strangers wrote."""
    theirs = {clean(message.get(TEXT)).text for message in examples_for_rasa(data, STRANGERS).training_examples}
    read = Cleaning().process_training_data(examples_for_rasa(data))
    strange = [message.get(TEXT) in theirs for message in read.intent_examples]
    return schooling.read_examples(data), np.array(strange)


def ways_of(examples: Sequence[Example]) -> list[Way]:
    """Tell how each example is written."""
    return ["romanised" if example.typed else way_of(example.text, None) for example in examples]


def left_out_scores(examples: Sequence[Example], strange: NDArray[np.bool_], folds: int, parts: int) -> LeftOut:
    """Leave out as many of the folds as there are parts, one at a time, and score each; all else has no score (NaN)."""
    fold = folds_of(strange, folds)
    scores = LeftOut(*(np.full((len(examples), len(LABELS)), np.nan) for _ in range(2)))
    for number in range(parts):
        kept = [example for example, own in zip(examples, fold, strict=True) if own != number]
        rows = np.flatnonzero(fold == number)
        texts = [examples[row].text for row in rows]
        scores.encoder[rows] = _by_encoder(kept, texts)
        second = second_view.learn(kept, LABELS)
        scores.letters[rows] = [list(second.read(examples[row].text, examples[row].typed).values()) for row in rows]
        sys.stdout.write(f"part {number + 1} of {parts} is done\n")
        sys.stdout.flush()
    return scores


def folds_of(strange: NDArray[np.bool_], folds: int) -> NDArray[np.int64]:
    """Give the fold of each example: at random, but one for so many neighbours among what strangers wrote."""
    fold = np.random.default_rng(SEED).permutation(len(strange)) % folds
    fold[strange] = np.arange(strange.sum()) // NEIGHBOURS % folds
    return fold


def _by_encoder(kept: Sequence[Example], texts: Sequence[str]) -> list[list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        write(schooling.learn(kept, LABELS, important_parts), Path(folder))
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


def calibrate(examples: Sequence[Example], scores: LeftOut, strange: NDArray[np.bool_]) -> Chosen:
    """Give the weights of both views, by the way of writing, and from which chance each label is said."""
    ways = ways_of(examples)
    scored = np.flatnonzero(np.isfinite(scores.encoder).all(axis=1))
    true = np.array([[label in examples[row].labels for label in LABELS] for row in scored])
    words = np.array([word_in(examples[row].text, examples[row].typed) != "none" for row in scored])
    written = np.array([[way == ways[row] for way in WAYS] for row in scored])
    judged = strange[scored]
    labels: dict[str, dict[str, float]] = {}
    chances = np.zeros(true.shape)
    for column, label in enumerate(LABELS):
        views = np.column_stack((scores.encoder[scored, column], scores.letters[scored, column]))
        chances[:, column], weights = _added_up(views, written, true[:, column])
        labels[label] = {**weights, "said": _best_threshold(chances[judged, column], true[judged, column])}
    codes = range(len(INDICATOR_CODES))
    reached = chances[:, codes] / np.array([labels[LABELS[code]]["said"] for code in codes])
    any_code = chances[:, LABELS.index(ANY_CODE)]
    labels[ANY_CODE]["said"], likeliest = by_any_code(any_code[judged], reached[judged], true[judged][:, codes])
    said = said_at(any_code, reached, labels[ANY_CODE]["said"], likeliest)
    danger = np.array([danger_of(dict(zip(LABELS, row, strict=True))) for row in chances])
    urgent = true[:, LABELS.index(ANY_DANGER)]
    limits = _alarm(danger, words, urgent & judged, ~urgent & judged)
    found = Found(true, chances, said, danger, words)
    for whose, rows in (("all", np.ones_like(judged)), ("strangers", judged)):
        sys.stdout.write(f"of {rows.sum()} messages that were left out, {whose}:\n")
        _tell(Found(*(part[rows] for part in vars(found).values())), labels, limits)
    labels = {label: _rounded(found) for label, found in labels.items()}
    return Chosen(labels, round(likeliest, 4), _rounded(limits))


def _rounded(numbers: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in numbers.items()}


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
    """Give the threshold of the best F1."""
    steps = np.linspace(0.1, 0.8, 71)
    return _best(steps, [_f1(chances >= step, true) for step in steps])


def by_any_code(
    any_code: NDArray[np.float64], reached: NDArray[np.float64], true: NDArray[np.bool_]
) -> tuple[float, float]:
    """Give the chances of any code below which no code is said, and from which the likeliest is.

    The first has the best F1 of all codes. The second hardly changes that, but decides between hearing too little and
    too much: with it, what says something is noticed as surely as what says nothing is left alone. `reached` is the
    chance of each code as a share of its limit.
    """
    steps = np.linspace(0.0, 0.8, 81)
    none = _best(steps, [_f1(said_at(any_code, reached, step, 1.0), true) for step in steps])
    steps = np.linspace(0.3, 1.0, 71)
    surest = np.argmax([min(_heard_and_left_alone(said_at(any_code, reached, none, step), true)) for step in steps])
    return none, float(steps[surest])


def _heard_and_left_alone(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[float, float]:
    """Give two shares: of what says some code, what got one; of what says none, what got none."""
    some, heard = true.any(axis=1), said.any(axis=1)
    return _share(heard[some]), _share(~heard[~some])


def said_at(
    any_code: NDArray[np.float64], reached: NDArray[np.float64], none: float, likeliest: float
) -> NDArray[np.bool_]:
    """Tell which codes are said, as `bot.nlu.indicators.said_by` does."""
    said = (reached >= 1) & (any_code >= none)[:, None]
    lonely = np.flatnonzero((any_code >= max(none, likeliest)) & ~said.any(axis=1))
    said[lonely, reached[lonely].argmax(axis=1)] = True
    return said


def _best(steps: NDArray[np.float64], quality: Sequence[float]) -> float:
    """Give the mean of all steps that are nearly as good as the best: one lucky point is no rule."""
    return float(steps[np.array(quality) >= max(quality) - 0.005].mean())


def _f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))


def _alarm(
    danger: NDArray[np.float64], words: NDArray[np.bool_], urgent: NDArray[np.bool_], calm: NDArray[np.bool_]
) -> dict[str, float]:
    """Give the limits without and with a danger word that find most danger, at `ALARMS` false alarms together.

    Danger with a word and danger without one count alike: what no word reaches is not to be given up for what one does.
    """
    maybe = _threshold_for(np.where(words, 1.0, danger)[calm], CHECKS)
    best = (0.0, _threshold_for(danger[calm], ALARMS), 1.0)
    for with_word in np.linspace(maybe, 0.98, 97):
        by_word = float((danger[calm & words] >= with_word).sum()) / int(calm.sum())
        if by_word < ALARMS:
            sure = _threshold_for(np.where(words, 0.0, danger)[calm], ALARMS - by_word)
            found = _share(danger[urgent & words] >= with_word) + _share(danger[urgent & ~words] >= sure)
            best = max(best, (found, max(sure, float(with_word)), float(with_word)))
    return {"sure": best[1], "with_word": best[2], "maybe": maybe}


def _share(found: NDArray[np.bool_]) -> float:
    return float(found.mean()) if found.size else 0.0


def _threshold_for(calm: NDArray[np.float64], share: float) -> float:
    """Give the lowest threshold that at most this share of calm messages reaches."""
    return float(np.nextafter(np.quantile(calm, 1 - share), 1.0))


def _tell(found: Found, labels: dict[str, dict[str, float]], limits: dict[str, float]) -> None:
    lines = []
    for column, label in enumerate(LABELS):
        limit = labels[label]["said"]
        quality = _f1(found.chances[:, column] >= limit, found.true[:, column])
        lines.append(f"{label:24} F1 {quality:.3f}  threshold {limit:.2f}")
    codes = found.true[:, : len(INDICATOR_CODES)]
    lines.append(f"indicator micro-F1 {_f1(found.said, codes):.3f}")
    heard, left_alone = _heard_and_left_alone(found.said, codes)
    lines.append(f"some code: recall {heard:.3f}, none where none is {left_alone:.3f}")
    calm, words = ~found.true[:, LABELS.index(ANY_DANGER)], found.words
    for name, reached in (
        ("urgency", found.danger >= np.where(words, limits["with_word"], limits["sure"])),
        ("urgency_maybe", (found.danger >= limits["maybe"]) | words),
        ("danger words", words),
    ):
        lines.append(f"{name}: recall {reached[~calm].mean():.3f}, among calm {reached[calm].mean():.4f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
