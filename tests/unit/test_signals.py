"""Nobody who waits for a topic is forgotten, and nobody is woken for another's."""

from __future__ import annotations

import asyncio
import time

from bot.adapters.clock import SystemClock
from bot.adapters.signals import LocalSignals

DEADLINE = 5.0


async def test_whoever_waits_is_woken_at_once() -> None:
    signals = LocalSignals()
    waiting = [asyncio.create_task(signals.changed("inbox", 0, DEADLINE)) for _ in range(3)]
    await asyncio.sleep(0)

    signals.publish("inbox")

    began = time.monotonic()
    assert await asyncio.gather(*waiting) == [1, 1, 1]
    assert time.monotonic() - began < 1


async def test_what_was_published_before_the_wait_is_not_missed() -> None:
    signals = LocalSignals()
    seen = signals.count("inbox")
    signals.publish("inbox")

    assert await signals.changed("inbox", seen, DEADLINE) == 1


async def test_a_topic_wakes_only_its_own() -> None:
    signals = LocalSignals()
    waiting = asyncio.create_task(signals.changed("conversation:1", 0, 0.05))
    await asyncio.sleep(0)

    signals.publish("conversation:2")

    assert await waiting == 0


async def test_waiting_ends_with_its_time() -> None:
    assert await LocalSignals().changed("inbox", 0, 0.01) == 0


async def test_who_stops_waiting_is_forgotten() -> None:
    signals = LocalSignals()
    waiting = asyncio.create_task(signals.changed("inbox", 0, DEADLINE))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await signals.changed("outbox", 0, 0.001)

    assert not signals._waiting
    signals.publish("inbox")
    assert signals.count("inbox") == 1


async def test_a_worker_that_looks_again_and_again_sees_every_change() -> None:
    signals = LocalSignals()
    done, made = 0, 0

    async def work() -> None:
        nonlocal done
        while done < 50:
            seen = signals.count("inbox")
            done = made
            if done < 50:
                await signals.changed("inbox", seen, DEADLINE)

    worker = asyncio.create_task(work())
    for number in range(50):
        made += 1
        signals.publish("inbox")
        if number % 3 == 0:
            await asyncio.sleep(0)
    await asyncio.wait_for(worker, DEADLINE)
    assert done == 50


def test_the_clock_tells_the_zone() -> None:
    offset = SystemClock().now().utcoffset()

    assert offset is not None
    assert not offset
