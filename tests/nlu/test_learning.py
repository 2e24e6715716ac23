"""What a reader learns from in one step: every text once a pass, with some of its words left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.graph import FAR
from bot.nlu.learning import BATCH_PIECES, BATCH_TEXTS, DROPPED, Lesson, _batches, _padded

AROUND = 2
"""Rows of the marks before a text; one more stands behind it."""
lengths = st.lists(st.integers(1, 250), min_size=1, max_size=80)
seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def lesson_of(words: list[int]) -> Lesson:
    """Make a lesson of texts of so many words; each row holds its own number, from 1."""
    hidden = [np.arange(1, count + AROUND + 2, dtype=np.float32)[:, None] for count in words]
    read = [(AROUND, count + AROUND) for count in words]
    none = np.zeros((len(words), 1))
    return Lesson(hidden, read, none.astype(np.float32), none[:, 0].astype(np.int32))


@given(lengths, seeds)
def test_every_text_is_learnt_from_once_a_pass(words: list[int], random: np.random.Generator) -> None:
    lesson = lesson_of(words)
    batches = list(_batches(lesson, random))
    assert sorted(text for batch in batches for text in batch) == list(range(len(words)))
    for batch in batches:
        longest = max(len(lesson.hidden[text]) for text in batch)
        assert len(batch) <= BATCH_TEXTS
        assert len(batch) == 1 or longest * len(batch) <= BATCH_PIECES


@given(st.integers(1, 250), st.integers(200, 400), seeds)
def test_texts_of_one_length_wait_for_no_longer_ones(word: int, many: int, random: np.random.Generator) -> None:
    lesson = lesson_of([word] * many + [word + 3] * many)
    mixed = [batch for batch in _batches(lesson, random) if len({len(lesson.hidden[text]) for text in batch}) > 1]
    assert len(mixed) <= 1


@given(lengths, seeds)
def test_some_words_are_left_out_and_never_a_mark(words: list[int], random: np.random.Generator) -> None:
    x, hidden, unread = _padded(lesson_of(words), range(len(words)), random)
    for count, rows, there, own in zip(words, x[:, :, 0], hidden == 0, unread == 0, strict=True):
        kept = rows[there].astype(int).tolist()
        assert len(kept) == count + AROUND + 1 - round(DROPPED * count)
        assert kept == sorted(set(kept)), "the others stay in their order"
        assert kept[:AROUND] == [1, 2]
        assert kept[-1] == count + AROUND + 1
        assert rows[own].astype(int).tolist() == kept[AROUND:-1], "the marks are not looked at"
        assert not rows[~there].any()


@given(lengths)
def test_nothing_is_left_out_where_nothing_is_learnt(words: list[int]) -> None:
    x, hidden, unread = _padded(lesson_of(words), range(len(words)))
    assert [(row > 0).sum() for row in x[:, :, 0]] == [count + AROUND + 1 for count in words]
    assert set(np.unique(hidden)) | set(np.unique(unread)) <= {0, np.float32(FAR)}
