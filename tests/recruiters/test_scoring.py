"""How facts become a rating."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recruiters.licensing import Status
from recruiters.scoring import (
    LASTING_SHARE,
    POINTS,
    Band,
    Credit,
    Fact,
    Severity,
    State,
    band_of,
    decay,
    rate,
    severity_of,
)

DAY = date(2026, 6, 15)


def fact(severity: str = "serious", *, origin: str = "grievance", ref: str = "GRV-1", days: int = 0, **fields) -> Fact:
    return Fact("FEE", severity, origin, ref, DAY - timedelta(days=days), **fields)


facts = st.lists(
    st.builds(
        fact, st.sampled_from(["minor", "moderate", "serious", "critical", "3", "odd"]),
        origin=st.sampled_from(["grievance", "inspection", "licence", "screening"]),
        ref=st.sampled_from(["A-1", "B-2", "C-3"]), days=st.integers(-30, 3000),
        state=st.sampled_from(list(State)),
    ),
    max_size=8,
)  # fmt: skip
credits = st.lists(
    st.builds(Credit, st.sampled_from(["assessment", "inspection"]), st.just("ASM-1"),
              st.integers(-10, 900).map(lambda n: DAY - timedelta(days=n)), st.booleans()), max_size=3,
)  # fmt: skip
standings = st.sampled_from([*map(str, Status), "none"])


def test_knowing_nothing_is_not_the_same_as_low():
    judgement = rate([], [], "active", DAY)
    assert (judgement.score, judgement.band) == (0, Band.UNKNOWN)
    assert rate([], [Credit("inspection", "VIS-1", DAY, positive=False)], "active", DAY).band == Band.LOW


def test_a_fact_of_today_counts_in_full_and_says_why():
    judgement = rate([fact("critical")], [], "active", DAY)
    assert judgement.lines[0].points == POINTS[Severity.CRITICAL]
    assert (judgement.lines[0].code, judgement.lines[0].source_ref) == ("FEE", "GRV-1")


def test_the_second_fact_of_one_event_counts_half():
    judgement = rate([fact(), fact()], [], "active", DAY)
    assert [line.rule for line in judgement.lines[:2]] == ["fact", "repeat"]
    assert judgement.lines[1].points == round(judgement.lines[0].points / 2)


def test_a_withdrawn_fact_does_not_count():
    assert rate([fact(state=State.WITHDRAWN)], [], "active", DAY).score == 0


def test_a_critical_fact_never_fades_away():
    assert decay("grievance", Severity.CRITICAL, 9999) == LASTING_SHARE
    assert decay("grievance", Severity.MINOR, 9999) == 0


def test_what_stands_on_a_watchlist_does_not_fade():
    assert decay("screening", Severity.SERIOUS, 5000) == 1


def test_a_suspended_licence_is_at_least_high_and_a_revoked_one_critical():
    assert rate([], [], "suspended_admin", DAY).band == Band.HIGH
    assert rate([], [], "revoked", DAY).band == Band.CRITICAL


def test_a_severity_nobody_knows_counts_as_serious():
    assert severity_of("apocalyptic") == Severity.SERIOUS
    assert severity_of("4") == Severity.CRITICAL
    assert severity_of(" Major ") == Severity.SERIOUS


def test_a_weight_replaces_the_points_of_the_severity():
    assert rate([fact("minor", weight=33.0)], [], "active", DAY).lines[0].points == 33


@given(facts, credits, standings)
def test_the_score_is_the_sum_of_its_lines_within_its_bounds(found, looked, standing):
    judgement = rate(found, looked, standing, DAY)
    assert 0 <= judgement.score <= 100
    plain = sum(line.points for line in judgement.lines if not line.rule.startswith("floor"))
    floor = sum(line.points for line in judgement.lines if line.rule.startswith("floor"))
    assert judgement.score == max(0, min(100, plain)) + floor
    assert judgement.band in (band_of(judgement.score), Band.UNKNOWN)


@given(facts, credits, standings)
def test_one_fact_more_never_lowers_the_score(found, looked, standing):
    worse = rate([*found, fact("serious", ref="NEW-1")], looked, standing, DAY)
    assert worse.score >= rate(found, looked, standing, DAY).score


@given(facts, credits, standings)
def test_a_fact_of_tomorrow_is_not_seen_today(found, looked, standing):
    later = fact("critical", ref="LATER", days=-1)
    assert rate([*found, later], looked, standing, DAY) == rate(found, looked, standing, DAY)


@given(facts, credits, standings)
def test_the_order_of_facts_does_not_matter(found, looked, standing):
    assert rate(found[::-1], looked[::-1], standing, DAY).score == rate(found, looked, standing, DAY).score


@given(facts, credits, standings)
def test_what_would_lower_it_lowers_it_or_makes_it_known(found, looked, standing):
    judgement = rate(found, looked, standing, DAY)
    for relief in judgement.relief:
        if relief.rule not in ("licence_restored", "assessment"):
            assert relief.score < judgement.score
