"""Tiny silent Ogg/Opus files for tests; no voice of anybody is in the repository."""

from __future__ import annotations

import struct
from pathlib import Path

from bot.adapters.recordings import HASHES
from bot.domain.recordings import hash_of

SILENCE = b"\xf8\xff\xfe"
"""Twenty milliseconds of Opus in mono that hold nothing."""
A_FRAME = 960
PRE_SKIP = 312


def silence(seconds: float = 0.1, notes: tuple[bytes, ...] = (), stream: int = 7) -> bytes:
    """Make a file of so many seconds; `notes` are what a recorder writes about it, such as a title."""
    frames = round(seconds * 50)
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, PRE_SKIP, 48_000, 0, 0)
    tags = b"OpusTags" + _counted(b"tests") + struct.pack("<I", len(notes)) + b"".join(map(_counted, notes))
    pages = [_page(2, 0, stream, 0, [head]), _page(0, 0, stream, 1, [tags])]
    for number, begin in enumerate(range(0, frames, 100), start=2):
        here = min(100, frames - begin)
        kind = 4 if begin + here == frames else 0
        pages.append(_page(kind, PRE_SKIP + (begin + here) * A_FRAME, stream, number, [SILENCE] * here))
    return b"".join(pages)


def record(flows: Path, language: str, sentences: dict[str, str]) -> dict[str, bytes]:
    """Put a recording of each sentence, by key, into a content folder, and give the sounds; no two are the same."""
    folder = flows / "voice" / language
    folder.mkdir(parents=True, exist_ok=True)
    sounds = {key: silence(stream=number) for number, key in enumerate(sentences, start=1)}
    for key, sound in sounds.items():
        (folder / f"{key}.ogg").write_bytes(sound)
    lines = [f"{key}: {hash_of(sentence)}\n" for key, sentence in sentences.items()]
    (folder / HASHES).write_text("".join(lines), encoding="utf-8")
    return sounds


def _counted(text: bytes) -> bytes:
    return struct.pack("<I", len(text)) + text


def _page(kind: int, position: int, stream: int, number: int, packets: list[bytes]) -> bytes:
    lengths = bytes(len(packet) for packet in packets)
    head = struct.pack("<4sBBqII", b"OggS", 0, kind, position, stream, number)
    body = bytes([len(lengths)]) + lengths + b"".join(packets)
    return head + struct.pack("<I", _checksum(head + bytes(4) + body)) + body


def _checksum(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc
