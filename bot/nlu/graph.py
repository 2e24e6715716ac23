"""Writes the encoder as a graph that ONNX Runtime runs: the layers of e5 and, where they are learnt, the heads on them.

Matrices are kept as numbers of eight bits, which reads a short message three times as fast as plain ones do, but for
the last of each layer: of what enters there, a few numbers are so large that eight bits would hold nothing of the
others. Only seven of the eight are used, see `WIDEST`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bot.nlu.e5 import Numbers, Shape

OPSET: Final = 20
IR_VERSION: Final = 9
FAR: Final = -1e4
"""What is added to a score where there is nothing to look at."""

WIDEST: Final = 63
"""How far a number of a matrix goes from zero. Processors without instructions of their own for this (VNNI) add two
products up in sixteen bits, and cut off what has no room there without a word: 2 * 255 * 63 has, 2 * 255 * 127 has not.
"""

TINY: Final = 1e-12
"""So that a row of zeros has a scale too."""

Tensors: TypeAlias = Mapping[str, Numbers]


@dataclass(frozen=True)
class Heads:
    """What is learnt on top of the layers: where each label looks, how it weighs what it sees, and the intents.

    Everything is seen through `mean` and `scale`, for the vectors of this model lie close together.
    """

    mean: Numbers
    scale: Numbers
    look: Numbers
    """(width, labels)"""
    weigh_seen: Numbers
    """(labels, width): weights of what a label looked at."""
    weigh_whole: Numbers
    """(width, labels): weights of the whole text's mean."""
    bias: Numbers
    intents: Numbers
    """(width, intents)"""
    intent_bias: Numbers


class Graph:
    """A graph while it is written: inputs `x` (batch, pieces, width) and `unread` (batch, pieces)."""

    def __init__(self, shape: Shape) -> None:
        """Start an empty graph for a model of this shape."""
        self._shape = shape
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}
        self._cut: set[str] = set()
        self._constant("split", np.array([0, 0, shape.heads, shape.width // shape.heads], np.int64))
        self._constant("join", np.array([0, 0, shape.width], np.int64))
        self._constant("root", np.array(1 / np.sqrt(shape.width // shape.heads), np.float32))
        self._constant("one", np.array([1], np.int64))
        self._constant("one_two", np.array([1, 2], np.int64))
        self._constant("last", np.array([-1], np.int64))
        self._node("Unsqueeze", ["hidden", "one_two"], "hidden_for_heads")

    def layers(self, tensors: Tensors, numbers: Sequence[int], first: str) -> str:
        """Write layers, give the name of what the last of them gives."""
        for number in numbers:
            first = self._layer(tensors, f"l{number}.", first)
        return first

    def heads(self, heads: Heads, hidden: str) -> None:
        """Write the heads: `labels`, `intents` and `looked` (batch, labels, pieces)."""
        for name, value in vars(heads).items():
            self._constant(name, value)
        seen = self._node("Mul", [self._node("Sub", [hidden, "mean"], "centred"), "scale"], "seen")
        unread = self._node("Unsqueeze", ["unread", "one"], "unread_for_labels")
        spots = self._node(
            "Transpose", [self._node("MatMul", [seen, "look"], "spots")], "spots_by_label", perm=[0, 2, 1]
        )
        looked = self._node("Softmax", [self._node("Add", [spots, unread], "spots_read")], "looked", axis=-1)
        at = self._node("Mul", [self._node("MatMul", [looked, seen], "at"), "weigh_seen"], "weighed")
        by_sight = self._node("ReduceSum", [at, "last"], "by_sight", keepdims=0)
        even = self._node("Softmax", [unread], "even", axis=-1)
        whole = self._node("Squeeze", [self._node("MatMul", [even, seen], "whole_row"), "one"], "whole")
        by_whole = self._node("MatMul", [whole, "weigh_whole"], "by_whole")
        self._node("Add", [self._node("Add", [by_sight, by_whole], "by_both"), "bias"], "labels")
        self._node("Add", [self._node("MatMul", [whole, "intents"], "by_intent"), "intent_bias"], "intent_scores")

    def save(self, outputs: Sequence[str], path: Path) -> None:
        """Write the graph into a file."""
        inputs = [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", "pieces", self._shape.width]),
            helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "pieces"]),
        ]
        if "labels" in outputs:
            inputs.append(helper.make_tensor_value_info("unread", TensorProto.FLOAT, ["batch", "pieces"]))
        given = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
        graph = helper.make_graph(self._nodes, "reader", inputs, given, list(self._constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        onnx.save(model, str(path))

    def _layer(self, tensors: Tensors, name: str, x: str) -> str:
        q, k, v = (self._linear(tensors, name + part, x) for part in ("q", "k", "v"))
        q, v = (self._by_head(part, [0, 2, 1, 3]) for part in (q, v))
        k = self._by_head(k, [0, 2, 3, 1])
        near = self._node("Mul", [self._node("MatMul", [q, k], name + "near"), "root"], name + "scaled")
        near = self._node("Softmax", [self._node("Add", [near, "hidden_for_heads"], name + "masked")], name + "soft")
        told = self._node("Transpose", [self._node("MatMul", [near, v], name + "told")], name + "t", perm=[0, 2, 1, 3])
        told = self._linear(tensors, name + "ao", self._node("Reshape", [told, "join"], name + "joined"))
        x = self._normal(tensors, name + "aln", self._node("Add", [x, told], name + "sum1"))
        inner = self._node("Gelu", [self._linear(tensors, name + "fi", x)], name + "gelu", approximate="tanh")
        outer = self._plain_linear(tensors, name + "fo", inner)
        return self._normal(tensors, name + "oln", self._node("Add", [x, outer], name + "sum2"))

    def _linear(self, tensors: Tensors, name: str, x: str) -> str:
        """Multiply in eight bits: a scale a column for the weights, one that is found while reading for what enters."""
        whole, scale = in_whole_numbers(tensors[name + ".w"], WIDEST)
        self._constant(name + ".w", whole.T)
        self._constant(name + ".s", scale)
        self._constant(name + ".b", tensors[name + ".b"])
        entering, entering_scale, zero = self._in_eight_bits(x)
        product = self._node("MatMulInteger", [entering, name + ".w", zero], name + "_whole")
        scales = self._node("Mul", [entering_scale, name + ".s"], name + "_scales")
        product = self._node("Cast", [product], name + "_plain", to=TensorProto.FLOAT)
        return self._node("Add", [self._node("Mul", [product, scales], name + "_product"), name + ".b"], name + "_sum")

    def _plain_linear(self, tensors: Tensors, name: str, x: str) -> str:
        self._constant(name + ".w", tensors[name + ".w"].T)
        self._constant(name + ".b", tensors[name + ".b"])
        product = self._node("MatMul", [x, name + ".w"], name + "_product")
        return self._node("Add", [product, name + ".b"], name + "_sum")

    def _in_eight_bits(self, x: str) -> tuple[str, str, str]:
        """Cut what enters into eight bits, once for all that multiply it."""
        outputs = (x + "_bits", x + "_bits_scale", x + "_bits_zero")
        if x not in self._cut:
            self._cut.add(x)
            self._nodes.append(helper.make_node("DynamicQuantizeLinear", [x], list(outputs)))
        return outputs

    def _by_head(self, x: str, order: list[int]) -> str:
        return self._node("Transpose", [self._node("Reshape", [x, "split"], x + "_split")], x + "_turned", perm=order)

    def _normal(self, tensors: Tensors, name: str, x: str) -> str:
        self._constant(name + ".w", tensors[name + ".w"])
        self._constant(name + ".b", tensors[name + ".b"])
        ins = [x, name + ".w", name + ".b"]
        return self._node("LayerNormalization", ins, name + "_normal", epsilon=self._shape.epsilon, axis=-1)

    def _constant(self, name: str, value: NDArray[Any]) -> None:
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)

    def _node(self, kind: str, inputs: list[str], output: str, **how: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], **how))
        return output


def in_whole_numbers(matrix: Numbers, widest: int) -> tuple[NDArray[np.int8], Numbers]:
    """Give a matrix (out, in) as whole numbers, none further from zero than `widest`, and a scale for each row."""
    scale: Numbers = (np.maximum(np.abs(matrix).max(axis=1), TINY) / widest).astype(np.float32)
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale


def session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open a graph for running; it says nothing to anybody outside."""
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
