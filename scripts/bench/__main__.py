"""`make bench`: how fast the bot answers and what it needs, beside a stock Rasa bot, on this machine, in one run.

Results go to `var/bench/`. docs/performance.md says what is measured and how.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import signal
import sys
import time
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from scripts.bench import long_talk, ours, report, stock
from scripts.bench.desk import live, pages
from scripts.bench.desk import run as desk
from scripts.bench.figures import Results
from scripts.bench.load import Plan
from scripts.bench.texts import ROOT, make_texts

FOLDER: Final = ROOT / "var" / "bench"
PAGE: Final = ROOT / "docs" / "performance.md"
TEXTS: Final = 100
INTERRUPTED: Final = 130
PARTS: Final = ("ours", "stock", "long")
OF_THE_DESK: Final = ("pages", "live")


async def measure(plan: Plan, parts: tuple[str, ...]) -> Results:
    """Run the parts one after the other, so that none disturbs the next."""
    task = asyncio.current_task()
    if task is not None:
        # As Ctrl-C does: everything that was started is ended in order.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    results, texts, started = Results(), make_texts(TEXTS), time.perf_counter()
    results.machine += [_machine(), f"Load average before: {os.getloadavg()[0]:.1f}"]
    if "ours" in parts:
        print("Saphan as a process", flush=True)
        await ours.measure(FOLDER, texts, plan, results)
    if "stock" in parts:
        print("stock Rasa", flush=True)
        await stock.measure(FOLDER / "stock", texts, plan, results)
    if "long" in parts:
        print("Saphan, one long conversation", flush=True)
        await long_talk.measure(FOLDER, texts, plan, results)
    results.machine.append(f"The run took {time.perf_counter() - started:.0f} s.")
    return results


def _machine() -> str:
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next((line.partition(":")[2].strip() for line in cpu.splitlines() if line.startswith("model name")), "")
    day = datetime.now(timezone.utc).date()
    return f"{day}, {os.cpu_count()} cores {model}, {platform.system()}, Python {platform.python_version()}, SQLite"


async def measure_desk(plan: Plan, parts: tuple[str, ...]) -> tuple[Results, bool]:
    """Measure the desk, on PostgreSQL too where a server is named; True: what is to be kept was kept."""
    results, kept, started = Results(), True, time.perf_counter()
    results.machine += [_machine(), f"Load average before: {os.getloadavg()[0]:.1f}"]
    for name, url in {"SQLite": "", "PostgreSQL": desk.postgresql()}.items():
        if name == "PostgreSQL" and not url:
            continue
        print(f"the desk on {name}", flush=True)
        async with desk.running(FOLDER / "desk", url, plan.conversations) as running:
            if "pages" in parts:
                await pages.measure(running.port, name, running.seeded, plan.pages, results)
            if "live" in parts:
                kept = await live.measure(running, name, plan.live, results) and kept
    results.machine.append(f"The run took {time.perf_counter() - started:.0f} s.")
    return results, kept


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="Measure speed and memory.")
    known = [*PARTS, *OF_THE_DESK]
    parser.add_argument("parts", nargs="*", choices=[*known, []], metavar="PART", help=f"{', '.join(known)}; else all")
    parser.add_argument("--quick", action="store_true", help="measure little, to try the bench itself")
    parser.add_argument("--docs", action="store_true", help="put the tables into docs/performance.md too")
    parser.add_argument("--messages", type=int, metavar="N", help="messages of the long conversation")
    options = parser.parse_args()
    plan = Plan.quick() if options.quick else Plan()
    plan = replace(plan, long=options.messages or plan.long)
    parts = tuple(options.parts or known)
    try:
        kept = _measure_and_write(plan, parts, into_docs=options.docs)
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(INTERRUPTED)
    sys.exit(0 if kept else 1)


def _measure_and_write(plan: Plan, parts: tuple[str, ...], *, into_docs: bool) -> bool:
    done: list[tuple[str, Results]] = []
    kept = True
    if set(parts) & set(PARTS):
        done.append((report.BOT, asyncio.run(measure(plan, parts))))
    if set(parts) & set(OF_THE_DESK):
        results, kept = asyncio.run(measure_desk(plan, parts))
        done.append((report.DESK, results))
    for place, results in done:
        folder = FOLDER if place == report.BOT else FOLDER / "of-the-desk"
        report.write(folder, results)
        if into_docs:
            report.write_into(PAGE, results, place)
        print(f"written: {folder / 'results.md'}")
    if not kept:
        print("not kept: a message has to stand on the page within a second (99th percentile)", file=sys.stderr)
    return kept


if __name__ == "__main__":
    main()
