"""A review counts for one sentence beside its English; a changed word, in either language, makes it a draft again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from bot.domain.codes import MemberId
from bot.domain.word_reviews import Wording, WordReview, sentence_hash, sentences, with_wordings
from bot.domain.wording import Draft

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
ENGLISH = Draft("en", "opening.who", "flows/words/en/opening.ftl", 1, "I am a program.", "no")
THAI = Draft("th", "opening.who", "flows/words/th/opening.ftl", 1, "ฉันเป็นโปรแกรม", "no")


def signed(draft: Draft, english: Draft, by: str = "me") -> WordReview:
    name = sentence_hash(draft.language, draft.key, draft.text, english.text)
    return WordReview(name, draft.language, draft.key, MemberId(by), NOW)


def reworded(text: str, *, used: bool) -> Wording:
    return Wording("th", "opening.who", text, "base", MemberId("me"), NOW, None, NOW if used else None)


def test_l15_a_sentence_is_reviewed_by_who_signed_exactly_it() -> None:
    reviews = [signed(THAI, ENGLISH), signed(THAI, ENGLISH, "you"), signed(THAI, ENGLISH)]
    (found,) = sentences([ENGLISH, THAI], reviews, "th")
    assert found.readers == ("me", "you")
    assert found.reviewed
    assert not sentences([ENGLISH, THAI], reviews, "en")[0].reviewed


def test_l15_changed_text_loses_its_review_in_either_language() -> None:
    review = [signed(THAI, ENGLISH)]
    assert not sentences([ENGLISH, replace(THAI, text="ฉันเป็นคน")], review, "th")[0].reviewed
    assert not sentences([replace(ENGLISH, text="I am a person."), THAI], review, "th")[0].reviewed
    assert sentences([ENGLISH, replace(THAI, text="ฉันเป็นโปรแกรม\n    ")], review, "th")[0].reviewed, "lines only"


def test_only_a_wording_in_use_is_said() -> None:
    drafts = [ENGLISH, THAI]
    assert with_wordings(drafts, [reworded("อื่น", used=False)]) == (ENGLISH, THAI)
    assert with_wordings(drafts, [reworded("อื่น", used=True)])[1].text == "อื่น"


def test_a_sentence_without_english_is_no_sentence() -> None:
    assert sentences([THAI], [], "th") == ()
