"""Learns the upper layers of the encoder and the heads on it, all labels and intents together.

The lower layers stay as they were shipped: what they give is reckoned once. Learning is plain Adam with a warm-up and
a straight way down, on batches of texts of like length; a seed makes it repeatable on one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bot.nlu.e5 import Numbers, Shape
from bot.nlu.graph import FAR, Heads, Tensors

EPOCHS: Final = 8
"""Passes over all that is learnt. Of 11,815 messages of strangers that were left out, 5 and 8 read codes at F1 0.853
and 0.862, danger at one false alarm in a hundred at 0.871 and 0.882; 3, of 10,391 of them, at 0.837 and 0.882.
"""
BATCH_TEXTS: Final = 32
BATCH_PIECES: Final = 3072
LAYER_RATE: Final = 3.1e-4
HEAD_RATE: Final = 2.8e-3
WARM_UP: Final = 0.08
DROPPED: Final = 0.1
"""Share of pieces, inner numbers and head inputs left out at random while learning: nothing may hang on one word."""
SEED: Final = 7
RARE: Final = -2.5
"""Where a label's score starts: most messages carry none."""

BEND: Final = 0.7978845608
CUBE: Final = 0.044715
"""The numbers of GELU's usual approximation by tanh: sqrt(2/pi) and 0.044715."""

Marks: TypeAlias = "NDArray[np.float32]"
Choices: TypeAlias = "NDArray[np.int32]"
LAYER_PARTS: Final = ("q", "k", "v", "ao", "aln", "fi", "fo", "oln")


@dataclass(frozen=True)
class Lesson:
    """What to learn from: the lower layers' rows of each text, which rows are read, its labels and its intent."""

    hidden: Sequence[Numbers]
    read: Sequence[tuple[int, int]]
    """First and last-but-one row of the person's own words: the marks are not looked at."""
    labels: Marks
    intents: Choices


@dataclass(frozen=True)
class Learnt:
    """The upper layers by the names of the model file, and the heads."""

    tensors: dict[str, Numbers]
    heads: Heads


class Upper:
    """The upper layers and the heads while they learn."""

    def __init__(self, shape: Shape, tensors: Tensors, numbers: Sequence[int], heads: Heads) -> None:
        """Start from the layers of these numbers and from these heads; without a number, only heads learn."""
        self._shape = shape
        self._numbers = numbers
        self._layers = {
            f"l{number}.{part}.{kind}": tf.Variable(_turned(tensors, f"l{number}.{part}.{kind}"))
            for number in numbers
            for part in LAYER_PARTS
            for kind in ("w", "b")
        }
        self._mean = tf.Variable(heads.mean, trainable=False)
        self._scale = tf.Variable(heads.scale, trainable=False)
        self._heads = {name: tf.Variable(value) for name, value in vars(heads).items() if name not in ("mean", "scale")}
        width, labels = heads.look.shape
        self._moments = [(tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in self._variables()]
        spec = tf.TensorSpec((None, None, width), tf.float32)
        mask = tf.TensorSpec((None, None), tf.float32)
        marks = tf.TensorSpec((None, labels), tf.float32)
        choices = tf.TensorSpec((None,), tf.int32)
        number = tf.TensorSpec((), tf.float32)
        self._top = tf.function(
            lambda x, hidden: self._through(x, hidden, learning=False), input_signature=[spec, mask], autograph=False
        )
        inputs = [spec, mask, mask, marks, choices, number, number]
        self._step = tf.function(self._learn_batch, input_signature=inputs, autograph=False)

    def learn(self, lesson: Lesson, progress: Callable[[float], None], epochs: int = EPOCHS, pace: float = 1.0) -> None:
        """Learn for so many passes, at this share of the usual rates; `progress` hears the share that is done."""
        random = np.random.default_rng(SEED)
        tf.random.set_seed(SEED)
        steps = epochs * len(list(_batches(lesson, random)))
        done = 0
        while done < steps:
            for batch in _batches(lesson, random):
                if done == steps:
                    break
                done += 1
                rate = pace * min(1.0, done / (WARM_UP * steps)) * max(0.02, 1 - done / steps)
                x, hidden, unread = _padded(lesson, batch, random)
                marks, choices = lesson.labels[batch], lesson.intents[batch]
                self._step(x, hidden, unread, marks, choices, np.float32(rate), np.float32(done))
                progress(done / steps)

    def scores(self, lesson: Lesson) -> Numbers:
        """Give the score of each label (columns) for each text (rows), as it is learnt by now."""
        rows = []
        for start in range(0, len(lesson.hidden), BATCH_TEXTS):
            x, hidden, unread = _padded(lesson, range(len(lesson.hidden))[start : start + BATCH_TEXTS])
            seen = (self._top(x, hidden) - self._mean) * self._scale
            rows.append(self._scores(seen, unread, learning=False)[0].numpy())
        return np.concatenate(rows)

    def learnt(self) -> Learnt:
        """Give what was learnt, matrices as (out, in) again."""
        tensors = {name: np.ascontiguousarray(variable.numpy().T) for name, variable in self._layers.items()}
        found = {name: variable.numpy() for name, variable in self._heads.items()}
        return Learnt(tensors, Heads(mean=self._mean.numpy(), scale=self._scale.numpy(), **found))

    def centre(self, lesson: Lesson) -> None:
        """Measure, over some hundreds of texts, where the rows lie before learning and how far they spread."""
        some = np.random.default_rng(SEED).permutation(len(lesson.hidden))[:800]
        rows = []
        for start in range(0, len(some), BATCH_TEXTS):
            x, hidden, _ = _padded(lesson, some[start : start + BATCH_TEXTS])
            rows.append(self._top(x, hidden).numpy()[hidden > FAR / 2])
        flat = np.concatenate(rows)
        self._mean.assign(flat.mean(axis=0))
        self._scale.assign(1 / (flat.std(axis=0) + 1e-3))

    def _variables(self) -> list[Any]:
        return [*self._layers.values(), *self._heads.values()]

    def _learn_batch(self, x: Any, hidden: Any, unread: Any, marks: Any, choices: Any, rate: Any, done: Any) -> None:
        with tf.GradientTape() as tape:
            seen = (self._through(x, hidden, learning=True) - self._mean) * self._scale
            scores, intents = self._scores(seen, unread, learning=True)
            by_label = tf.nn.sigmoid_cross_entropy_with_logits(marks, scores)
            by_intent = tf.nn.sparse_softmax_cross_entropy_with_logits(choices, intents)
            loss = tf.reduce_mean(tf.reduce_sum(by_label, 1)) + tf.reduce_mean(by_intent)
        variables = self._variables()
        slopes, _ = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
        for place, (variable, slope, (first, second)) in enumerate(zip(variables, slopes, self._moments, strict=True)):
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle,
                m=first.handle,
                v=second.handle,
                beta1_power=0.9**done,
                beta2_power=0.999**done,
                lr=rate * (LAYER_RATE if place < len(self._layers) else HEAD_RATE),
                beta1=0.9,
                beta2=0.999,
                epsilon=1e-8,
                grad=slope,
            )

    def _scores(self, seen: Any, unread: Any, *, learning: bool) -> tuple[Any, Any]:
        heads = self._heads
        dropped = DROPPED if learning else 0.0
        looked = tf.nn.softmax(tf.transpose(_times(seen, heads["look"]), (0, 2, 1)) + unread[:, None, :])
        at = tf.nn.dropout(looked @ seen, dropped)
        even = tf.nn.softmax(unread)
        whole = tf.nn.dropout(tf.squeeze(even[:, None, :] @ seen, 1), dropped)
        by_sight = tf.reduce_sum(at * heads["weigh_seen"], -1)
        scores = by_sight + whole @ heads["weigh_whole"] + heads["bias"]
        return scores, whole @ heads["intents"] + heads["intent_bias"]

    def _through(self, x: Any, hidden: Any, *, learning: bool) -> Any:
        for number in self._numbers:
            x = self._layer(x, hidden, f"l{number}.", learning=learning)
        return x

    def _layer(self, x: Any, hidden: Any, name: str, *, learning: bool) -> Any:
        heads, width = self._shape.heads, self._shape.width
        size = tf.shape(x)
        q, k, v = (
            tf.transpose(
                tf.reshape(self._linear(x, name + part), (size[0], size[1], heads, width // heads)), (0, 2, 1, 3)
            )
            for part in ("q", "k", "v")
        )
        near = tf.matmul(q, k, transpose_b=True) / np.sqrt(width // heads).astype(np.float32)
        told = tf.nn.softmax(near + hidden[:, None, None, :]) @ v
        told = tf.reshape(tf.transpose(told, (0, 2, 1, 3)), size)
        x = self._normal(x + self._linear(told, name + "ao"), name + "aln")
        inner = self._linear(_gelu(self._linear(x, name + "fi")), name + "fo")
        return self._normal(x + (tf.nn.dropout(inner, DROPPED) if learning else inner), name + "oln")

    def _linear(self, x: Any, name: str) -> Any:
        return tf.nn.bias_add(_times(x, self._layers[name + ".w"]), self._layers[name + ".b"])

    def _normal(self, x: Any, name: str) -> Any:
        weights, bias = self._layers[name + ".w"], self._layers[name + ".b"]
        return tf.nn.bias_add(_even(x, self._shape.epsilon) * weights, bias)


def blank_heads(width: int, labels: int, intents: int) -> Heads:
    """Give heads that know nothing."""
    return Heads(
        mean=np.zeros(width, np.float32),
        scale=np.ones(width, np.float32),
        look=np.random.default_rng(SEED).normal(0, 0.02, (width, labels)).astype(np.float32),
        weigh_seen=np.zeros((labels, width), np.float32),
        weigh_whole=np.zeros((width, labels), np.float32),
        bias=np.full(labels, RARE, np.float32),
        intents=np.zeros((width, intents), np.float32),
        intent_bias=np.zeros(intents, np.float32),
    )


def _times(x: Any, weights: Any) -> Any:
    """Multiply the rows of all texts at once: text by text, learning would take four times as long."""
    rows = tf.reshape(x, (-1, x.shape[-1]))
    if HALF:
        product = tf.cast(tf.matmul(tf.cast(rows, tf.bfloat16), tf.cast(weights, tf.bfloat16)), tf.float32)
    else:
        product = tf.matmul(rows, weights)
    return tf.reshape(product, (*tf.unstack(tf.shape(x)[:-1]), weights.shape[-1]))


@tf.custom_gradient
def _gelu(x: Any) -> Any:
    """Bend the inner rows; their slope is written out, for what is derived by itself takes many more passes."""
    bent = tf.tanh(BEND * x * (1 + CUBE * x * x))

    def slope(above: Any) -> Any:
        return above * (0.5 + 0.5 * bent + 0.5 * x * (1 - bent * bent) * (BEND + 3 * BEND * CUBE * x * x))

    return 0.5 * x * (1 + bent), slope


def _even(x: Any, epsilon: float) -> Any:
    """Bring each row to mean 0 and spread 1, its slope written out too."""

    @tf.custom_gradient
    def evened(x: Any) -> Any:
        centred = x - tf.reduce_mean(x, -1, keepdims=True)
        spread = tf.math.rsqrt(tf.reduce_mean(centred * centred, -1, keepdims=True) + epsilon)
        even = centred * spread

        def slope(above: Any) -> Any:
            along = tf.reduce_mean(above * even, -1, keepdims=True)
            return (above - tf.reduce_mean(above, -1, keepdims=True) - even * along) * spread

        return even, slope

    return evened(x)


def _turned(tensors: Tensors, name: str) -> Numbers:
    """Give a matrix as (in, out), a row as it is."""
    return np.ascontiguousarray(tensors[name].T)


def _batches(lesson: Lesson, random: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Cut the texts into batches of the same length or nearly so, in a random order."""
    lengths = np.array([len(rows) for rows in lesson.hidden])
    order = np.argsort(lengths + random.uniform(-1, 1, len(lengths)))
    batches: list[list[int]] = [[]]
    longest = 0
    for text in order:
        longest = max(longest, lengths[text])
        if len(batches[-1]) == BATCH_TEXTS or (longest * (len(batches[-1]) + 1) > BATCH_PIECES and batches[-1]):
            batches.append([])
            longest = lengths[text]
        batches[-1].append(text)
    for number in random.permutation(len(batches)):
        yield np.array(batches[number])


def _padded(
    lesson: Lesson, texts: Sequence[int] | NDArray[np.int64], random: np.random.Generator | None = None
) -> tuple[Numbers, Numbers, Numbers]:
    """Give the rows of some texts side by side, and what is not there and not read in each.

    With `random`, a share of the person's own words is left out of each, as if they had not been written.
    """
    kept = [_kept(len(lesson.hidden[text]), lesson.read[text], random) for text in texts]
    longest = max(len(rows) for rows in kept)
    x = np.zeros((len(texts), longest, lesson.hidden[0].shape[1]), np.float32)
    hidden = np.full((len(texts), longest), FAR, np.float32)
    unread = np.full((len(texts), longest), FAR, np.float32)
    for place, (text, rows) in enumerate(zip(texts, kept, strict=True)):
        first, last = lesson.read[text]
        x[place, : len(rows)] = lesson.hidden[text][rows]
        hidden[place, : len(rows)] = 0
        unread[place, : len(rows)][(rows >= first) & (rows < last)] = 0
    return x, hidden, unread


def _kept(rows: int, read: tuple[int, int], random: np.random.Generator | None) -> NDArray[np.int64]:
    """Give which rows of a text are learnt from; of a very short one all."""
    everything = np.arange(rows)
    if random is None:
        return everything
    first, last = read
    return np.delete(everything, first + random.permutation(last - first)[: round(DROPPED * (last - first))])


def _has_half_numbers() -> bool:
    """Tell whether this processor multiplies sixteen-bit numbers itself; elsewhere they would be slower, not faster."""
    try:
        return "_bf16" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


HALF: Final = _has_half_numbers()
