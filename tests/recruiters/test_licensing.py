"""What a licence's history means on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.standards import standard
from recruiters.licensing import (
    ALLOWED,
    MAY_RECRUIT,
    NO_LICENCE,
    SUSPENDED,
    Change,
    Status,
    decisions_from,
    joint_standing,
    principal,
    standing_on,
)
from recruiters.models.words import Reason, RecruiterKind, StatusCode

START, END = date(2024, 1, 1), date(2025, 12, 31)
ACTIVE = Change(Status.ACTIVE, START, END)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
histories = st.lists(
    st.builds(
        lambda code, on, term, fixed: Change(
            code, on, on + timedelta(days=term) if term else None, until=on + timedelta(days=fixed) if fixed else None
        ),
        st.sampled_from(list(Status)), days, st.integers(0, 900), st.sampled_from([0, 0, 0, 30]),
    ),
    max_size=5,
)  # fmt: skip


def test_it_is_valid_from_its_first_to_its_last_day():
    assert not standing_on([ACTIVE], START - timedelta(days=1)).valid
    assert standing_on([ACTIVE], START).valid
    assert standing_on([ACTIVE], END).valid
    assert standing_on([ACTIVE], END + timedelta(days=1)).code == Status.EXPIRED


def test_it_says_when_it_will_turn_and_to_what():
    standing = standing_on([ACTIVE], date(2025, 1, 1))
    assert (standing.turns_on, standing.then) == (END + timedelta(days=1), "expired")


def test_a_suspension_for_a_fixed_time_ends_by_itself():
    history = [ACTIVE, Change(Status.SUSPENDED_DISCIPLINARY, date(2024, 3, 1), END, until=date(2024, 3, 31))]
    assert standing_on(history, date(2024, 3, 31)).code == Status.SUSPENDED_DISCIPLINARY
    assert standing_on(history, date(2024, 4, 1)).code == Status.ACTIVE


def test_a_suspension_does_not_expire_into_something_milder():
    history = [ACTIVE, Change(Status.SUSPENDED_DISCIPLINARY, date(2024, 3, 1), END)]
    assert standing_on(history, date(2027, 1, 1)).code == Status.SUSPENDED_DISCIPLINARY


def test_a_decision_that_takes_effect_later_holds_from_then():
    history = [ACTIVE, Change(Status.REVOKED, date(2024, 6, 1))]
    assert standing_on(history, date(2024, 5, 31)).valid
    assert not standing_on(history, date(2024, 6, 1)).valid
    assert standing_on(history, date(2024, 5, 1)).then == "revoked"


def test_a_term_without_an_end_is_valid_but_flagged():
    standing = standing_on([Change(Status.ACTIVE, START)], date(2029, 1, 1))
    assert standing.valid
    assert standing.flagged


@given(histories, days)
def test_only_what_may_recruit_is_ever_valid(history, day):
    standing = standing_on(history, day)
    assert standing.valid == (standing.code in MAY_RECRUIT)
    if standing.valid and standing.expires_on:
        assert standing.expires_on >= day


@given(histories, days)
def test_nothing_is_valid_before_the_first_row(history, day):
    if all(change.effective_on > day for change in history):
        assert standing_on(history, day).code == NO_LICENCE


@given(histories, days)
def test_the_standing_holds_until_the_day_on_which_it_turns(history, day):
    now = standing_on(history, day)
    if now.turns_on is not None:
        assert standing_on(history, now.turns_on - timedelta(days=1)).code == now.code
        assert standing_on(history, now.turns_on).code == now.then != now.code
    else:
        assert standing_on(history, day + timedelta(days=4000)).code == now.code


@given(st.lists(histories, max_size=3), days)
def test_several_licences_turn_together_on_the_day_they_say(kept, day):
    now = joint_standing(kept, day)
    if now.turns_on is not None:
        assert joint_standing(kept, now.turns_on).code == now.then != now.code
        assert joint_standing(kept, now.turns_on - timedelta(days=1)).code == now.code


@given(st.lists(histories, min_size=1, max_size=3), days)
def test_a_recruiter_that_is_banned_or_suspended_never_reads_as_valid(kept, day):
    standings = [standing_on(history, day) for history in kept]
    if any(s.code == Status.BANNED_PERMANENT for s in standings):
        assert principal(standings).code == Status.BANNED_PERMANENT
    elif any(s.code in SUSPENDED for s in standings):
        assert principal(standings).code in SUSPENDED


def test_a_newer_order_speaks_louder_than_an_older_valid_licence():
    valid = standing_on([Change(Status.ACTIVE, date(2020, 1, 1), date(2030, 1, 1))], date(2026, 1, 1))
    revoked = standing_on([Change(Status.REVOKED, date(2023, 1, 1))], date(2026, 1, 1))
    assert principal([valid, revoked]).code == Status.REVOKED
    fresh = standing_on([Change(Status.ACTIVE, date(2024, 1, 1), date(2030, 1, 1))], date(2026, 1, 1))
    assert principal([fresh, revoked]).code == Status.ACTIVE
    suspended = standing_on([Change(Status.SUSPENDED_ADMIN, date(2023, 1, 1))], date(2026, 1, 1))
    assert principal([fresh, suspended]).code == Status.SUSPENDED_ADMIN, "no later licence makes a suspension good"


def test_an_ended_licence_cannot_be_suspended_and_a_suspended_one_not_again():
    assert "suspend" not in decisions_from(Status.REVOKED)
    assert "suspend" not in decisions_from(Status.SUSPENDED_ADMIN)
    assert "reinstate" in decisions_from(Status.SUSPENDED_ADMIN)
    assert {code for codes in ALLOWED.values() for code in codes} <= {*Status, NO_LICENCE}


def test_our_codes_are_the_standards_codes():
    licence = standard("licence")
    assert {status.code for status in licence.statuses} == set(map(str, Status))
    assert {s.code for s in licence.statuses if s.may_recruit in ("yes", "flag")} == set(map(str, MAY_RECRUIT))
    assert set(StatusCode.values) == {*map(str, Status), NO_LICENCE}
    assert {reason.code for reason in licence.reasons} <= set(Reason.values)
    assert {kind.code for kind in licence.kinds} <= set(RecruiterKind.values)


@pytest.mark.parametrize("word", ["Super Valid", "not valid", "renewed maybe", "", "ok"])
def test_a_word_nobody_mapped_is_never_valid(word):
    code = standard("licence").map_word(word).code
    assert code == "unknown"
    assert code not in MAY_RECRUIT
