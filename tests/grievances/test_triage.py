"""The decision table that a policy officer signs, and what must hold for every grievance whatever it says."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances.rulebook import category_rules
from grievances.triage import RANK, Facts, Priority, assess, may_set, severity_of

TABLE = list(csv.DictReader((Path(__file__).parent / "triage_expected.csv").read_text(encoding="utf-8").splitlines()))
CODES = sorted(category_rules())


def facts_of(row: dict[str, str]) -> Facts:
    return Facts(
        codes=tuple(code for code in row["codes"].split("+") if code),
        danger_now=row["danger_now"] == "yes",
        under_18=row["under_18"] == "yes",
        time_closing=row["time_closing"] == "yes",
        people=row["people"],
        others_in_30_days=int(row["others"]),
        accused_has_account=row["account"] == "yes",
    )


@pytest.mark.parametrize("row", TABLE, ids=[row["case"] for row in TABLE])
def test_it_decides_as_the_signed_table_says(row: dict[str, str]) -> None:
    found = assess(facts_of(row), category_rules())
    terms = found.terms
    assert {
        "severity": str(found.severity),
        "priority": str(found.priority),
        "acknowledge": str(terms.acknowledge),
        "triage": str(terms.triage),
        "first_action": str(terms.first_action),
        "update": str(terms.update),
        "resolve": str(terms.resolve),
        "routes": "+".join(found.routes),
        "reasons": "+".join(reason.code for reason in found.reasons),
    } == {name: row[name] for name in row if name in {
        "severity", "priority", "acknowledge", "triage", "first_action", "update", "resolve", "routes", "reasons"
    }}  # fmt: skip


def test_the_table_names_every_category_that_a_worker_or_a_handler_can_choose_alone_or_with_others() -> None:
    named = {code for row in TABLE for code in row["codes"].split("+")}
    assert {"FEE", "DOC", "VIO", "SEX", "CHL", "TIP", "DEA", "INS", "RET", "THR"} <= named
    assert named - {""} <= set(CODES)


any_facts = st.builds(
    Facts,
    codes=st.lists(st.sampled_from(CODES), max_size=6).map(tuple),
    danger_now=st.booleans(),
    under_18=st.booleans(),
    time_closing=st.booleans(),
    people=st.sampled_from(["one", "few", "many", "unknown"]),
    others_in_30_days=st.integers(0, 50),
    accused_has_account=st.booleans(),
)


@given(any_facts, st.sampled_from(CODES))
def test_telling_more_never_makes_it_less_urgent(facts: Facts, code: str) -> None:
    before = assess(facts, category_rules())
    after = assess(Facts(**{**facts.__dict__, "codes": (*facts.codes, code)}), category_rules())
    assert after.severity >= before.severity


@given(any_facts)
def test_every_judgement_has_reasons_a_route_and_a_priority_that_fits_its_severity(facts: Facts) -> None:
    found = assess(facts, category_rules())
    assert found.reasons
    assert found.routes[0] == "case_team"
    assert 1 <= found.severity <= 4
    assert (found.priority is Priority.URGENT) == (found.severity == 4)
    assert facts.danger_now <= (found.priority is Priority.URGENT)
    assert facts.under_18 <= ("child_protection" in found.routes)


@given(any_facts)
def test_the_order_of_the_codes_does_not_matter(facts: Facts) -> None:
    turned = Facts(**{**facts.__dict__, "codes": facts.codes[::-1]})
    one, other = assess(facts, category_rules()), assess(turned, category_rules())
    assert (one.severity, one.routes, one.indicators) == (other.severity, other.routes, other.indicators)


def test_one_person_may_raise_a_priority_but_never_lower_it() -> None:
    for by_rule in Priority:
        for wanted in Priority:
            assert may_set(wanted, by_rule=by_rule) == (RANK[wanted] >= RANK[by_rule])
    assert severity_of(Priority.URGENT, by_rule=2) == 4
    assert severity_of(Priority.NORMAL, by_rule=2) == 2


def test_an_unknown_code_is_an_error_not_a_guess() -> None:
    with pytest.raises(KeyError):
        assess(Facts(codes=("ZZZ",)), category_rules())
