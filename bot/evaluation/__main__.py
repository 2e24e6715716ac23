"""Runs the report in the engine's interpreter: `python -m bot.evaluation --home DIR`. `saphan evaluate` starts it."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from bot.dialogue import quiet
from bot.dialogue.model import ROOT, model_of
from bot.errors import EngineFailure, SaphanError, SettingError
from bot.evaluation.arithmetic import Estimate
from bot.evaluation.figures import Figures, measure
from bot.evaluation.messages import Labelled, read_set
from bot.evaluation.peers.training import Example, read_examples
from bot.evaluation.readings import Progress, Read, Reader, read_all, timed
from bot.evaluation.scenarios import scenarios_of
from bot.evaluation.targets import LONG_TEXT

SET: Final = ROOT / "tests" / "nlu" / "evaluation"
DATA: Final = ROOT / "nlu_data"
PAGE: Final = ROOT / "docs" / "understanding.md"
IMAGES: Final = ROOT / "docs" / "images"
LONG: Final = 4096
EPOCHS: Final = 100
"""As Rasa itself suggests in the file that `rasa init` writes."""
LEFT_BEHIND: Final = 1


def main(arguments: list[str] | None = None) -> None:
    """Measure, print, write; exit status 1 where `--gate` finds a language behind the others."""
    options = _parser().parse_args(arguments)
    try:
        quiet.prepare(options.home)
        sys.exit(_run(options))
    except SettingError as error:
        quiet.stop(error)
    except SaphanError as error:
        sys.exit(str(error))


def _run(options: argparse.Namespace) -> int:
    from bot.evaluation import report
    from bot.evaluation.gate import find_left_behind
    from bot.evaluation.plots import draw
    from bot.evaluation.targets import targets_of

    messages, examples = read_set(options.set), read_examples(DATA)
    machine = [*_machine(), *_about(options.set, messages, examples)]
    readers, twins, why_not = _measure(options, messages, examples)
    behind = find_left_behind(examples, readers[0])
    made = report.Report(machine, readers, targets_of(readers[0], twins, why_not), behind)
    sys.stdout.write(f"{report.markdown(made)}\n")
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        report.write(options.out, replace(made, pictures=draw(options.out, readers[0])))
    if options.docs:
        pictures = draw(IMAGES, readers[0], "understanding-")
        report.write_into(PAGE, replace(made, pictures=pictures), "images/")
    if options.gate and behind:
        sys.stderr.write("".join(f"{line}\n" for line in behind))
        return LEFT_BEHIND
    return 0


def _measure(
    options: argparse.Namespace, messages: Sequence[Labelled], examples: Sequence[Example]
) -> tuple[list[Figures], Estimate | None, str]:
    """Measure our reader and, if asked, its peers; the Zawgyi twins are ours alone."""
    from bot.evaluation.reader import OurReader
    from bot.evaluation.twins import NO_ICU, read_twins

    seconds = _train_from_nothing() if options.train else None
    model = model_of(options.home)
    quiet.silence_rasa()
    reader, scenarios = OurReader(model, seconds), scenarios_of(messages)
    readings = read_all(reader, messages, _progress(reader.name))
    readers = [_figures(reader, messages, readings, scenarios)]
    twins = read_twins(reader, messages, readings)
    if options.peers:
        for peer in _peers(examples, options.epochs):
            readings = read_all(peer, messages, _progress(peer.name))
            readers.append(_figures(peer, messages, readings, scenarios))
    return readers, twins, NO_ICU


def _figures(
    reader: Reader, messages: Sequence[Labelled], readings: Sequence[Read], scenarios: Sequence[str]
) -> Figures:
    figures = measure(reader.name, messages, readings, scenarios, all_scores=reader.has_all_scores)
    slowest = max(timed(reader, text).milliseconds for text in _long_texts(messages))
    times = {**figures.milliseconds, LONG_TEXT: slowest}
    return replace(figures, milliseconds=times, training_seconds=reader.training_seconds, size=reader.size)


def _peers(examples: Sequence[Example], epochs: int) -> Iterator[Reader]:
    """Train one after the other, in folders that nobody keeps."""
    from bot.evaluation.peers.fasttext_alone import FastText
    from bot.evaluation.peers.rasa_default import RasaDefault
    from bot.evaluation.peers.tfidf import TfIdf

    yield FastText(examples)
    yield TfIdf(examples)
    with tempfile.TemporaryDirectory() as folder:
        yield RasaDefault(examples, Path(folder), epochs)


def _train_from_nothing() -> float:
    """Train in an empty folder, as a fresh checkout does, the start of the program included."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        command = [sys.executable, "-m", "bot.dialogue.train", "--home", folder, "--force"]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own
        if done.returncode != 0:
            raise EngineFailure("training from nothing failed")
        return time.monotonic() - started


def _long_texts(messages: Sequence[Labelled]) -> list[str]:
    """Give the longest text that a messenger sends, in each language: its messages in a row."""
    by_language: dict[str, str] = {}
    for message in messages:
        by_language[message.language] = f"{by_language.get(message.language, '')} {message.text}"
    return [(text * (LONG // len(text) + 1))[:LONG] for text in by_language.values()]


def _progress(name: str) -> Progress:
    def show(done: int, of: int) -> None:
        if sys.stderr.isatty() and (done % 20 == 0 or done == of):
            sys.stderr.write(f"\r{name}: {done} of {of}" + ("\n" if done == of else ""))

    return show


def _machine() -> list[str]:
    day = datetime.now(timezone.utc).date()
    busy = f"load average before the run {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return [f"{day}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {busy}"]


def _about(path: Path, messages: Sequence[Labelled], examples: Sequence[Example]) -> list[str]:
    where = path.resolve()
    name = where.relative_to(ROOT) if where.is_relative_to(ROOT) else where.name
    return [
        f"{len(messages)} messages of `{name}`, never trained on; {len(examples)} training examples",
        "in brackets: 95 % intervals, Wilson's for shares, for F1 a bootstrap over scenarios",
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation", description="Measure how well the reader reads.")
    parser.add_argument("--home", type=Path, required=True, help="folder with the trained model")
    parser.add_argument("--set", type=Path, default=SET, metavar="PATH", help="labelled messages: a file or a folder")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write report.md, report.json and pictures there")
    parser.add_argument("--docs", action="store_true", help="put tables and pictures into docs/understanding.md too")
    parser.add_argument("--peers", action="store_true", help="train other readers on the same data and measure them")
    parser.add_argument("--epochs", type=int, default=EPOCHS, metavar="N", help="of Rasa's default pipeline")
    parser.add_argument("--train", action="store_true", help="measure how long training from nothing takes")
    parser.add_argument("--gate", action="store_true", help="status 1 where one language is behind the others")
    return parser


if __name__ == "__main__":
    main()
