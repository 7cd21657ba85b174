"""Lists of agencies: half are called "international" or "overseas", and all are different."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from parties.matching import ALERT, CERTAIN, Rarity, Subject, Verdict, match, similarity
from parties.matching.fictional import make_agencies, pairs_to_review, rewrite
from parties.matching.normalise import read_name
from parties.matching.rarity import NOTHING_LEARNED
from parties.matching.tokens import TRADE_WORDS

MOST_REVIEWED = 10


@pytest.fixture(scope="module")
def agencies() -> list[str]:
    return make_agencies()


def telling(name: str) -> set[str]:
    return {token.sound for token in read_name(name, "organisation")[0].tokens if token.text not in TRADE_WORDS}


def test_the_list_is_as_dense_as_a_real_one(agencies: list[str]) -> None:
    text = [name.lower().split() for name in agencies]
    counts = {word: sum(word in words for words in text) for word in ("international", "overseas", "ltd")}
    assert len(agencies) == len(set(agencies)) == 507
    assert counts["international"] >= 180
    assert counts["overseas"] >= 130
    assert counts["ltd"] >= 145


@pytest.mark.parametrize("seed", [507, 1, 42])
def test_case_1_507_agencies_raise_at_most_ten_pairs_to_review(seed: int) -> None:
    agencies = make_agencies(seed=seed)
    rarity = Rarity.learn(agencies)
    raised = pairs_to_review(agencies)
    assert len(raised) <= MOST_REVIEWED
    for left, right in raised:
        alike = match(Subject(left), Subject(right), rarity)
        assert telling(left) & telling(right) or any("~" in reason for reason in alike.reasons), (left, right)


def test_no_pair_to_review_is_passed_over(agencies: list[str]) -> None:
    some = agencies[::3]
    assert pairs_to_review(some) == pairs_to_review(some, everything=True)


def test_without_a_register_to_learn_from_they_raise_few_pairs(agencies: list[str]) -> None:
    some = agencies[::4]
    raised = [pair for pair in combinations(some, 2) if similarity(*pair, "organisation", NOTHING_LEARNED) >= ALERT]
    assert len(raised) <= 1


def test_an_agency_is_found_as_others_write_it(agencies: list[str]) -> None:
    dice = Random(3)
    rarity = Rarity.learn(agencies)
    scores = [similarity(name, rewrite(name, dice), "organisation", rarity) for name in agencies]
    assert sum(score >= ALERT for score in scores) >= 0.85 * len(agencies)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Crown Overseas", "Crown Travels Ltd"),
        ("Crown International", "Crown Care International"),
        ("Sadia International", "Nadia International"),
        ("A.B. International", "A.D. International"),
        ("A.D. Overseas", "Gulf Overseas"),
        ("Meghna Corporation", "Meghna Overseas"),
        ("Al Noor Overseas", "Al Nahda Overseas"),
        ("International Overseas", "International Manpower Services"),
        ("F.P. Overseas", "Falcon Point Overseas"),
    ],
)
def test_words_of_the_trade_never_carry_a_match(left: str, right: str) -> None:
    assert match(Subject(left), Subject(right)).verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Crown Overseas", "M/S Crown Over Seas Limited"),
        ("Green Land Overseas Ltd", "Greenland Overseas Limited"),
        ("A.B.C. International", "ABC Int'l Ltd."),
        ("Meghna Recruiting Agency", "Meghna Recruitment Agency (Pvt.) Ltd."),
        ("Everest Manpower Services Pvt. Ltd.", "Everest Man Power Service (P) Ltd"),
        ("Shapla Overseas Ltd", "শাপলা ওভারসিজ লিমিটেড"),
        ("Gulf Associate", "Gulf Associates"),
    ],
)
def test_the_same_agency_written_otherwise_matches(left: str, right: str) -> None:
    assert match(Subject(left), Subject(right)).score >= CERTAIN


def test_it_says_that_words_of_the_trade_tell_nothing() -> None:
    found = match(Subject("Crown Overseas"), Subject("Crown Travels Overseas"))
    assert any("word of the trade" in reason for reason in found.reasons)
