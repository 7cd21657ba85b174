"""Candidates, searching, rarity, and the commands' bodies."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from parties.matching import Index, Rarity, Subject, Verdict
from parties.matching.evaluate import LineError, load_register, score_lines, search_lines
from parties.matching.normalise import read_name

REGISTER = (
    Subject("Karnali Overseas Pvt. Ltd.", country="NP", identifiers=(("licence:NP-DOFE", "221/063"),)),
    Subject("Padma International", country="BD"),
    Subject("Mohammad Abdul Karim", kind="person", country="BD"),
    Subject("شركة النور للتجارة", country="SA"),
)


def test_it_finds_a_name_across_scripts_and_spellings() -> None:
    index = Index(REGISTER)
    assert index.search(Subject("कर्णाली ओभरसिज प्रा. लि."))[0].position == 0
    assert index.search(Subject("Md. Abdul Karim", kind="person"))[0].position == 2


def test_it_finds_by_identifier_what_has_another_name() -> None:
    query = Subject("Everest Recruitment", identifiers=(("LICENCE:np-dofe", "221 063"),))
    hits = Index(REGISTER).search(query)
    assert [(hit.position, hit.match.verdict) for hit in hits] == [(0, Verdict.RENAMED)]


def test_a_name_nobody_has_finds_nobody() -> None:
    assert Index(REGISTER).search(Subject("Zzyzx Quintessence")) == []
    assert Index(()).search(Subject("Karnali")) == []


def test_candidates_come_in_the_same_order_each_time_and_no_more_than_wanted() -> None:
    index = Index([Subject(f"Karnali {word}") for word in ("Overseas", "Trading", "Travels", "Group", "Manpower")])
    first = index.candidates(Subject("Karnali"), limit=3)
    assert len(first) == 3
    assert first == index.candidates(Subject("Karnali"), limit=3)


def test_a_word_that_half_the_register_carries_weighs_little() -> None:
    rarity = Rarity.learn([f"Sagarmatha {word}" for word in ("Alpha", "Beta", "Gamma", "Delta")] * 50 + ["Karnali"])
    common = read_name("Sagarmatha", "organisation")[0].tokens[0]
    rare = read_name("Karnali", "organisation")[0].tokens[0]
    assert rarity.weight(common, "organisation") < 0.2 < rarity.weight(rare, "organisation")


def test_it_answers_pairs_line_by_line() -> None:
    lines = ['{"id": 1, "query": "Al-Amin", "candidate": "Al Ameen", "type": "org"}', "", '{"id": "b", "query": null}']
    answers = [json.loads(line) for line in score_lines(lines)]
    assert [answer["id"] for answer in answers] == [1, "b"]
    assert answers[0]["score"] > 0.7
    assert answers[1]["score"] == 0.0


def test_it_answers_searches_line_by_line() -> None:
    register = [
        '{"id": "r1", "name": "Karnali Overseas", "type": "org"}',
        '{"id": "r2", "name": "Padma", "type": "org"}',
    ]
    answer = json.loads(next(search_lines(load_register(register), ['{"id": "q", "name": "Karnali", "type": "org"}'])))
    assert answer["results"][0]["id"] == "r1"


@pytest.mark.parametrize("line", ["{", "[]", '{"query": "a"}'])
def test_it_names_the_line_that_it_cannot_read(line: str) -> None:
    with pytest.raises(LineError, match="line 2"):
        list(score_lines(['{"id": 1}', line]))


def test_it_needs_neither_django_nor_a_database() -> None:
    code = "import sys, parties.matching; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
