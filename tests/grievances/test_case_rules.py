"""Pure rules of a case: what is owed, what a respondent may be told, who may be referred, when she is asked again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances.disclosing import (
    FEW,
    INVESTIGATE,
    SOON,
    WITH_NAME,
    WITHOUT_NAME,
    Circumstances,
    Part,
    Wish,
    judge,
    stands,
)
from grievances.entitlements import ENTITLEMENTS, OWED_FOR, answers, owed_for
from grievances.reasons import (
    DISCLOSED,
    DISCLOSURE,
    DISCLOSURE_RISKS,
    ENTITLED,
    OVERRIDES,
    REFERRAL_EXPLAINED,
    REFERRAL_FAULTS,
    REFERRAL_FIELDS,
    REFERRAL_REASONS,
    REMEDY_ITEMS,
    RETALIATION_FORMS,
)
from grievances.referring import (
    CHILD_EXPLAINED,
    CHILD_FIELDS,
    DECLINE_REASONS,
    EXPLAINED,
    FIELDS,
    IDENTITY,
    OVERRIDE_REASONS,
    REFER,
    RETURN_REASONS,
    Person,
    Plan,
    faults,
)
from grievances.rulebook import category_rules, grievance_standard
from grievances.safetychecks import check_days, replanned

PARTS = st.frozensets(st.sampled_from(list(Part)))
CATEGORIES = st.lists(st.sampled_from(sorted(OWED_FOR)), max_size=4, unique=True).map(tuple)
CONSENTS = st.dictionaries(st.sampled_from([INVESTIGATE, WITHOUT_NAME, WITH_NAME, REFER]), st.booleans())


def wish(*parts: Part, categories=("FEE",), to_employer=True, she_agreed=True) -> Wish:
    return Wish(categories, frozenset(parts), to_employer, she_agreed)


def seen(workforce=900, others=3, danger_now=False, days_since=SOON, **consents: bool) -> Circumstances:
    given_ = {INVESTIGATE: True, WITHOUT_NAME: True, **consents}
    return Circumstances(given_, frozenset({"FEE", "DOC", "SEX"}), workforce, others, danger_now, days_since)


def test_every_category_of_the_standard_entitles_to_something_that_has_a_source_and_words() -> None:
    assert set(OWED_FOR) == set(category_rules())
    assert set(OWED_FOR.values()) == set(ENTITLEMENTS) == set(ENTITLED)
    assert all(each.source and each.answered_by <= set(REMEDY_ITEMS) for each in ENTITLEMENTS.values())
    assert owed_for("a code of tomorrow").code == "to_be_heard"


def test_a_remedy_answers_the_first_entitlement_that_names_it_and_else_the_first_of_all() -> None:
    assert answers("passport_returned", ["fees_back", "papers_back"]) == 1
    assert answers("fees_repaid", ["fees_back", "papers_back"]) == 0
    assert answers("apology_given", ["fees_back", "papers_back"]) == 0


def test_what_she_agreed_to_may_be_told_without_risk_where_many_work_and_others_complained() -> None:
    found = judge(wish(Part.COUNTRY), seen())
    assert found.allowed
    assert found.risks == ()


@pytest.mark.parametrize(
    ("wanted", "there", "code"),
    [
        (wish(categories=()), seen(), "nothing_to_ask"),
        (wish(categories=("WAG",)), seen(), "not_of_this_case"),
        (wish(), seen(**{INVESTIGATE: False}), "not_looked_into"),
        (wish(to_employer=False), seen(**{INVESTIGATE: False}), "not_looked_into"),
        (wish(), seen(**{WITHOUT_NAME: False}), "employer_not_told"),
        (wish(), Circumstances({}, frozenset({"FEE"}), 900, 3), "employer_not_told"),
        (wish(Part.NAME), seen(), "name_not_told"),
        (wish(Part.NAME, to_employer=False), seen(**{WITH_NAME: True}), "name_not_told"),
        (wish(she_agreed=False), seen(), "not_asked_her"),
    ],
)
def test_where_she_said_no_or_was_not_asked_nothing_is_told(wanted: Wish, there: Circumstances, code: str) -> None:
    assert code in judge(wanted, there).refusals


@pytest.mark.parametrize(
    ("wanted", "there", "code"),
    [
        (wish(), seen(workforce=FEW - 1), "few_workers"),
        (wish(), seen(workforce=None), "workforce_unknown"),
        (wish(), seen(others=0), "nobody_else"),
        (wish(), seen(danger_now=True), "danger_now"),
        (wish(Part.SITE, Part.PERIOD), seen(), "place_and_time"),
        (wish(categories=("SEX",)), seen(), "pointed_category"),
        (wish(), seen(days_since=SOON - 1), "so_soon"),
        (wish(Part.NAME), seen(**{WITH_NAME: True}), "name_told"),
    ],
)
def test_every_way_to_guess_who_complained_is_named(wanted: Wish, there: Circumstances, code: str) -> None:
    found = judge(wanted, there)
    assert found.allowed
    assert code in found.risks


@given(CATEGORIES, PARTS, st.booleans(), st.booleans(), CONSENTS, st.none() | st.integers(0, 5000))
def test_nothing_is_ever_told_against_a_no(categories, parts, to_employer, agreed, consents, workforce) -> None:
    wanted = Wish(categories, parts, to_employer, agreed)
    found = judge(wanted, Circumstances(consents, frozenset(OWED_FOR), workforce, 0))
    if found.allowed:
        assert consents.get(INVESTIGATE) is not False
        assert agreed
        assert stands(consents, to_employer=to_employer)
        assert Part.NAME not in parts or (to_employer and consents.get(WITH_NAME))
    assert set(found.refusals) <= set(DISCLOSURE)
    assert set(found.risks) <= set(DISCLOSURE_RISKS)
    assert {part.value for part in parts} <= set(DISCLOSED)


def adult(*told: str, **fields) -> Plan:
    return Plan("consent", frozenset(told or ("needs",)), frozenset(EXPLAINED), "phone", **fields)


def test_an_adult_is_referred_by_her_own_consent_and_nothing_else() -> None:
    assert faults(adult(), Person({REFER: True})) == ()
    assert faults(adult(), Person({REFER: False})) == ("no_consent",)
    assert faults(adult(), Person({})) == ("no_consent",)
    assert faults(Plan("consent", frozenset({"needs"}), frozenset(), "phone"), Person({REFER: True})) == (
        "explain_first",
    )
    assert faults(Plan("consent", frozenset(), frozenset(EXPLAINED), "phone"), Person({REFER: True})) == (
        "nothing_told",
    )
    assert faults(Plan("consent", frozenset({"needs"}), frozenset(EXPLAINED)), Person({REFER: True})) == ("how_agreed",)
    assert faults(adult(), Person({REFER: True}, partner_is_accused=True)) == ("partner_accused",)


def test_somebody_who_may_be_a_child_goes_the_way_of_children_unless_said_to_be_adult() -> None:
    assert faults(adult(), Person({REFER: True}, perhaps_a_child=True)) == ("child_route",)
    assert faults(adult(), Person({REFER: True}, perhaps_a_child=True, stated_adult=True)) == ()
    child = Plan("child", frozenset({"needs", *CHILD_FIELDS}), frozenset(CHILD_EXPLAINED))
    assert faults(child, Person({}, perhaps_a_child=True, partner_protects_children=True)) == ()
    assert faults(child, Person({REFER: False}, partner_protects_children=True)) == ()
    assert faults(child, Person({}, perhaps_a_child=True)) == ("not_for_children",)
    unheard = Plan("child", frozenset({"needs", *CHILD_FIELDS}), frozenset())
    assert faults(unheard, Person({}, partner_protects_children=True)) == ("child_incomplete",)


def test_without_consent_a_life_is_the_only_reason_and_she_is_told() -> None:
    plan = Plan("override", frozenset({"needs", "place"}), frozenset(), "", "danger_to_life", True, True)
    assert faults(plan, Person({REFER: False})) == ()
    for broken, code in [
        (Plan("override", frozenset({"needs"}), frozenset(), "", "", True, True), "no_reason"),
        (Plan("override", frozenset({"needs"}), frozenset(), "", "danger_to_life", False, True), "no_reason"),
        (Plan("override", frozenset({"needs"}), frozenset(), "", "danger_to_life", True, False), "no_notice"),
        (Plan("override", frozenset({"safe_contact"}), frozenset(), "", "danger_to_life", True, True), "too_much"),
        (Plan("override", frozenset({"needs"}), frozenset(), "", "danger_to_life", True, True, 1), "too_much"),
        (Plan("override", frozenset(), frozenset(), "", "danger_to_life", True, True), "nothing_told"),
    ]:
        assert faults(broken, Person({})) == (code,)


def test_a_refusal_keeps_nothing_about_her() -> None:
    assert faults(Plan("refused", frozenset(), frozenset()), Person({})) == ()
    assert faults(Plan("refused", frozenset({"name"}), frozenset()), Person({})) == ("refused_tells_nothing",)


def test_every_code_of_a_referral_has_words() -> None:
    assert {*FIELDS, *CHILD_FIELDS} == set(REFERRAL_FIELDS)
    assert set(FIELDS) > IDENTITY
    assert {*EXPLAINED, *CHILD_EXPLAINED} == set(REFERRAL_EXPLAINED)
    assert set(OVERRIDE_REASONS) == set(OVERRIDES)
    assert {*DECLINE_REASONS, *RETURN_REASONS} < set(REFERRAL_REASONS)
    assert {"partner_accused", "child_route", "no_consent", "too_much", "no_partner"} < set(REFERRAL_FAULTS)
    assert {entry.code for entry in grievance_standard().retaliation_forms} == set(RETALIATION_FORMS)


DAY = date(2026, 3, 14)


def test_she_is_asked_on_the_days_of_the_standard() -> None:
    days = grievance_standard().checkin_days
    assert check_days(DAY, days) == [date(2026, 3, 21), date(2026, 4, 13), date(2026, 6, 12), date(2026, 9, 10)]


@given(st.lists(st.integers(-400, 400), max_size=8), st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_a_check_that_was_due_is_never_pushed_away_and_all_later_ones_follow_the_newest_day(shifts, days) -> None:
    waiting = [DAY + timedelta(days=shift) for shift in shifts]
    found = replanned(waiting, DAY, days)
    assert {day for day in waiting if day <= DAY} <= set(found)
    assert {day for day in found if day > DAY} == set(check_days(DAY, days))
    assert found == sorted(set(found))
