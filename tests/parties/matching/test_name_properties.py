"""What holds for every name that can be written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parties.matching import Subject, Verdict, match, name_keys, similarity
from parties.matching.keys import coarse, phonetic, skeleton

WORDS = [
    "Md",
    "Karim",
    "Rahman",
    "عبد",
    "الرحمن",
    "राम",
    "থাপা",
    "Pvt",
    "Ltd",
    "김정은",
    "陈光诚",
    "Петров",
    "A.B.",
    "(Nepal)",
    "al-Amin",
    "2",
    "O'Brien",
    "מזרחי",
]
names = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join))
kinds = st.sampled_from(["person", "organisation"])


@settings(deadline=None, max_examples=150)
@given(names, names, kinds)
def test_it_never_fails_and_stays_between_nought_and_one(left: str, right: str, kind: str) -> None:
    found = match(Subject(left, kind), Subject(right, kind))  # type: ignore[arg-type]
    assert 0.0 <= found.score <= 1.0
    assert found.features or found.verdict is Verdict.NOT_SCREENED


@settings(deadline=None, max_examples=150)
@given(names, names, kinds)
def test_it_does_not_matter_who_asks(left: str, right: str, kind: str) -> None:
    assert similarity(left, right, kind) == similarity(right, left, kind)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=100)
@given(names, kinds)
def test_a_name_matches_itself(name: str, kind: str) -> None:
    found = match(Subject(name, kind), Subject(name, kind))  # type: ignore[arg-type]
    assert found.verdict is Verdict.NOT_SCREENED or found.score == 1.0


@settings(deadline=None, max_examples=100)
@given(names, kinds)
def test_keys_are_the_same_each_time_and_never_empty_words(name: str, kind: str) -> None:
    keys = name_keys(name, kind)
    assert keys == name_keys(name, kind)
    assert all(len(key) > 1 for key in keys)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=30))
def test_each_form_is_no_longer_than_the_finer_one(word: str) -> None:
    sound = phonetic(word)
    assert len(coarse(skeleton(sound))) <= len(skeleton(sound)) <= len(sound)
