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
from scripts.bench.figures import Results
from scripts.bench.load import Plan
from scripts.bench.texts import ROOT, make_texts

FOLDER: Final = ROOT / "var" / "bench"
PAGE: Final = ROOT / "docs" / "performance.md"
TEXTS: Final = 100
INTERRUPTED: Final = 130
PARTS: Final = ("ours", "stock", "long")


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


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="Measure speed and memory.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help="ours, stock, long; else all")
    parser.add_argument("--quick", action="store_true", help="measure little, to try the bench itself")
    parser.add_argument("--docs", action="store_true", help="put the tables into docs/performance.md too")
    parser.add_argument("--messages", type=int, metavar="N", help="messages of the long conversation")
    options = parser.parse_args()
    plan = Plan.quick() if options.quick else Plan()
    plan = replace(plan, long=options.messages or plan.long)
    try:
        results = asyncio.run(measure(plan, tuple(options.parts) or PARTS))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(INTERRUPTED)
    report.write(FOLDER, results)
    if options.docs:
        report.write_into(PAGE, results)
    print(f"written: {FOLDER / 'results.md'}")


if __name__ == "__main__":
    main()
