"""Recordings of the bot's sentences, for people who read little (design/conversation.md, *voice and pictures*).

A recording belongs to one wording: it is found by the hash of the sentence that is said, so that a changed sentence has
none until it is spoken again. Looks at the file only as far as a messenger does; whether it is kind is for who listens.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from typing import Final

NEVER_HEARD: Final = frozenset({"cover", "themes", "weeks", "webchat", "languages", "countries", "profile"})
"""Topics that are never played: the changed screen, knocks and check-ins, and what is no message of the talk."""

BIGGEST: Final = 1_000_000
"""Bytes; what is bigger the messenger shows as a file, and it costs the person's data."""
LONGEST: Final = 30.0
"""Seconds of one short sentence, read slowly."""

_RATE: Final = 48_000
"""Opus counts its time so, whatever the microphone did."""
_HEADER: Final = struct.Struct("<4sBBqIIIB")
_FIRST, _LAST = 2, 4
_BEFORE_PRE_SKIP: Final = 10
_NOT_OPUS: Final = "is no Ogg/Opus; save it as Opus in an .ogg file"


class NotPlayable(ValueError):
    """What is wrong with a recording, and what to do."""


def hash_of(sentence: str) -> str:
    """Give the hash that a recording is bound to; how a file breaks its lines does not count."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()


def may_be_heard(key: str) -> bool:
    """Tell whether the topic of a sentence is one that may be played at all."""
    return key.partition(".")[0] not in NEVER_HEARD


def check_sound(sound: bytes) -> None:
    """Raise NotPlayable for what is not one short stream of Opus without notes about who made it."""
    if len(sound) > BIGGEST:
        raise NotPlayable(f"has {len(sound)} bytes, {BIGGEST} is the most; record it in mono with 16 to 32 kbit/s")
    pages = list(_pages(sound))
    if not pages or pages[0].kind != _FIRST or not pages[0].body.startswith(b"OpusHead"):
        raise NotPlayable(_NOT_OPUS)
    if len({page.stream for page in pages}) > 1 or not pages[-1].kind & _LAST:
        raise NotPlayable("is not one whole stream; save it again, with the sound alone")
    if len(pages) < 3 or not pages[1].body.startswith(b"OpusTags"):  # noqa: PLR2004 - two of headers, then sound
        raise NotPlayable(_NOT_OPUS)
    (pre_skip,) = struct.unpack_from("<H", pages[0].body, _BEFORE_PRE_SKIP)
    seconds = (pages[-1].position - pre_skip) / _RATE
    if not 0 < seconds <= LONGEST:
        raise NotPlayable(f"lasts {seconds:.0f} seconds, {LONGEST:.0f} is the most; speak the one sentence alone")
    if any(not note.lower().startswith(b"encoder=") for note in _notes(pages[1].body)):
        raise NotPlayable("holds notes such as a title or a name, which a phone shows; save it without them")


class _Page:
    """One page of an Ogg file: what kind it is, where the sound has got to, whose stream, and what it carries."""

    def __init__(self, kind: int, position: int, stream: int, body: bytes) -> None:
        self.kind = kind
        self.position = position
        self.stream = stream
        self.body = body


def _pages(sound: bytes) -> Iterator[_Page]:
    place = 0
    while place < len(sound):
        try:
            magic, _, kind, position, stream, _, _, segments = _HEADER.unpack_from(sound, place)
        except struct.error:
            raise NotPlayable(_NOT_OPUS) from None
        begin = place + _HEADER.size + segments
        end = begin + sum(sound[place + _HEADER.size : begin])
        if magic != b"OggS" or end > len(sound):
            raise NotPlayable(_NOT_OPUS)
        yield _Page(kind, position, stream, sound[begin:end])
        place = end


def _notes(tags: bytes) -> list[bytes]:
    """Give what was written about the sound; a picture in it would make the header longer than its page."""
    notes = []
    try:
        (vendor,) = struct.unpack_from("<I", tags, 8)
        place = 12 + vendor
        (count,) = struct.unpack_from("<I", tags, place)
        place += 4
        for _ in range(min(count, len(tags))):
            (size,) = struct.unpack_from("<I", tags, place)
            notes.append(tags[place + 4 : place + 4 + size])
            place += 4 + size
    except struct.error:
        raise NotPlayable(_NOT_OPUS) from None
    return notes
