"""The report's arithmetic: what it says of a reader is what can be counted by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import INDICATOR_CODES
from bot.errors import SettingError
from bot.evaluation import figures as f
from bot.evaluation.arithmetic import Counts, compare, f1_of, kappa, macro_f1, micro_f1, percentile, share
from bot.evaluation.figures import Figures, measure
from bot.evaluation.messages import Labelled, labelled_of, read_set
from bot.evaluation.readings import Read
from bot.evaluation.report import BEGIN, END, Report, as_json, markdown, write_into
from bot.evaluation.scenarios import scenarios_of
from bot.evaluation.targets import Target, targets_of

CODES = st.frozensets(st.sampled_from(INDICATOR_CODES), max_size=4)


def told(number: int, *codes: str, urgency: str = "none", language: str = "th", **more: str) -> Labelled:
    fields: dict[str, Any] = {"kind": "plain", "intent": "tell", "gloss": "", **more}
    return Labelled(f"{language}-{number:03}", "...", language, codes=frozenset(codes), urgency=urgency, **fields)


def read(*codes: str, urgency: str = "none", maybe: str = "none", language: str = "th", intent: str = "tell") -> Read:
    return Read(language, intent, frozenset(codes), urgency, maybe, scores=dict.fromkeys(codes, 0.9))


def measured(*pairs: tuple[Labelled, Read]) -> Figures:
    messages, readings = [message for message, _ in pairs], [reading for _, reading in pairs]
    return measure("ours", messages, readings, scenarios_of(messages), all_scores=False)


def value(figures: Figures, name: str) -> float | None:
    return figures.everything.figures[name].value


def test_what_was_said_wrongly_and_what_was_missed_both_count() -> None:
    figures = measured(
        (told(1, "violence", "threats"), read("violence")),
        (told(2, "sold"), read("sold", "child")),
        (told(3), read()),
        (told(4), read("isolation")),
    )
    assert value(figures, f.PRECISION) == 2 / 4
    assert value(figures, f.RECALL) == 2 / 3
    assert value(figures, f.F1) == pytest.approx(2 * 2 / (2 * 2 + 2 + 1))
    assert value(figures, f.SOME_RECALL) == 1
    assert value(figures, f.SOME_PRECISION) == 2 / 3
    assert value(figures, f.QUIET) == 1 / 2
    assert figures.by_code["violence"][f.RECALL].value == 1
    assert figures.by_code_and_language["child"]["th"] == Counts(0, 1, 0)


def test_an_alarm_of_another_kind_is_still_an_alarm_but_not_the_right_kind() -> None:
    figures = measured(
        (told(1, urgency="medical"), read(urgency="danger_now", maybe="danger_now")),
        (told(2, urgency="self_harm"), read(maybe="self_harm")),
        (told(3), read(urgency="medical", maybe="medical")),
        (told(4), read()),
    )
    assert (value(figures, f.URGENT), value(figures, f.URGENT_KIND)) == (0.5, 0)
    assert (value(figures, f.MAYBE), value(figures, f.ALARMS), value(figures, f.MAYBE_ALARMS)) == (1, 0.5, 0.5)
    assert figures.by_urgency["self_harm"][f.MAYBE].value == 1


def test_an_urgent_message_without_a_code_is_no_quiet_one() -> None:
    assert told(1).is_quiet
    assert not told(1, urgency="self_harm").is_quiet
    assert not told(1, intent="stop").is_quiet


def test_what_a_reader_does_not_try_to_say_has_no_figure() -> None:
    silent = Read(None, "tell", None, None, None)
    figures = measured((told(1, "sold"), silent))
    assert set(figures.everything.figures) == {f.INTENTS}
    assert figures.by_code["sold"] == {}


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_a_share_lies_in_its_interval_and_the_interval_between_nothing_and_all(hits: list[bool]) -> None:
    found = share(hits)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1
    assert found.high > found.low


def test_a_share_has_the_interval_of_the_textbook() -> None:
    found = share([True] * 9 + [False])
    assert (round(found.low or 0, 3), round(found.high or 0, 3)) == (0.596, 0.982)


@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=30))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    counts = [compare(said, true) for said, true in pairs]
    found = micro_f1(counts, range(len(counts)))
    total = sum(counts, Counts())
    if total.right:
        precision, recall = total.right / (total.right + total.wrong), total.right / (total.right + total.missed)
        assert found.value == pytest.approx(2 * precision * recall / (precision + recall))
    assert found.value is None or 0 <= found.value <= 1


def test_messages_of_one_scenario_are_drawn_together() -> None:
    """Ten translations of one sentence prove what one sentence proves: the interval must not shrink."""
    counts = [Counts(1, 0, 0), Counts(0, 1, 1), Counts(1, 0, 0), Counts(1, 1, 0)]
    one = micro_f1(counts, ["a", "b", "c", "d"])
    copied = micro_f1(counts * 10, ["a", "b", "c", "d"] * 10)
    apart = micro_f1(counts * 10, range(40))
    assert (copied.value, copied.low, copied.high) == (one.value, one.low, one.high)
    assert apart.low is not None
    assert copied.low is not None
    assert apart.low > copied.low


def test_glosses_that_share_half_their_words_are_one_scenario_only_under_the_same_labels() -> None:
    messages = [
        told(1, "document_retention", gloss="The captain holds my passport."),
        told(2, "document_retention", gloss="My passport, the captain holds it", language="my"),
        told(3, gloss="The captain holds my passport."),
        told(4, "document_retention", gloss=""),
        told(5, "document_retention", gloss=""),
    ]
    assert scenarios_of(messages) == ["th-001", "th-001", "th-003", "th-004", "th-005"]


def test_a_rare_intent_weighs_as_much_as_a_common_one() -> None:
    true = ["tell"] * 8 + ["stop"] * 2
    assert macro_f1(["tell"] * 10, true, range(10)).value == pytest.approx((2 * 8 / (2 * 8 + 2) + 0) / 2)
    assert macro_f1(true, true, range(10)).value == 1


def test_agreement_by_chance_is_no_agreement() -> None:
    assert kappa(["a", "b", "a", "b"], ["a", "b", "b", "a"]) == 0
    assert kappa(["a", "b"], ["a", "b"]) == 1
    assert math.isclose(kappa(["a", "a", "a", "b"], ["a", "a", "b", "b"]), 0.5)


def test_small_figures() -> None:
    assert f1_of(0, 0, 0) is None
    assert str(share([])) == "-"
    assert percentile([], 0.5) is None
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0


def test_a_curve_counts_codes_that_no_threshold_reaches_as_missed() -> None:
    figures = measured((told(1, "sold", "child"), read("sold")))
    at_half = next(point for point in figures.curve if point[0] == 0.5)
    assert at_half == (0.5, 1.0, 0.5)
    assert figures.calibration == [(0.9, 1.0, 1)]


def test_a_figure_is_reached_at_its_bound_and_one_that_was_not_measured_is_said_to_be_so() -> None:
    assert Target("", ">=", 0.9, 0.9, "").reached
    assert not Target("", "<=", 0.01, 0.02, "").reached
    assert Target("", ">=", 0.98, None, "-").reached is None
    found = targets_of(measured((told(1, "sold"), read("sold"))), None, "no ICU")
    assert [one.note for one in found if one.what.startswith("Zawgyi")] == ["no ICU"]


def test_the_report_shows_no_message_and_no_name_of_one(tmp_path: Path) -> None:
    """What fails is told by language, code and kind: whoever trains the reader must not learn the set by heart."""
    secret = labelled_of(
        {"id": "th-777", "text": "a sentence kept apart", "language": "th", "gloss": "its meaning"}, tmp_path
    )
    figures = measured((secret, read("violence", urgency="medical")))
    report = Report(["a machine"], [figures, figures], targets_of(figures, None, ""), ["th: behind"])
    for shown in (markdown(report), json.dumps(as_json(report))):
        assert "kept apart" not in shown
        assert "its meaning" not in shown
        assert "777" not in shown


def test_tables_go_between_the_marks_of_a_page_and_nowhere_else(tmp_path: Path) -> None:
    page, figures = tmp_path / "page.md", measured((told(1), read()))
    report = Report([], [figures], [], [])
    page.write_text(f"before\n{BEGIN}\nstale words\n{END}\nafter\n")
    write_into(page, report, "")
    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "stale words" not in text
    page.write_text("no marks")
    with pytest.raises(SettingError):
        write_into(page, report, "")


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"language": "th"}, "text"),
        ({"text": "x", "language": "xx"}, "language"),
        ({"text": "x", "language": "th", "intent": False}, "intent"),
        ({"text": "x", "language": "th", "indicators": ["slavery"]}, "indicators"),
        ({"text": "x", "language": "th", "urgency": "high"}, "urgency"),
    ],
)
def test_a_wrong_label_is_named_without_its_text(tmp_path: Path, row: dict[str, object], word: str) -> None:
    with pytest.raises(SettingError, match=word):
        labelled_of({"id": "th-001", **row}, tmp_path / "th.yml")


def test_a_set_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        read_set(tmp_path)
    (tmp_path / "th.yml").write_text("text: no list")
    with pytest.raises(SettingError):
        read_set(tmp_path)
