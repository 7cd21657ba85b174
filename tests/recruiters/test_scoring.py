"""How facts become a rating, by every ruleset on file."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiters.licensing import Status
from recruiters.rulesets import FOLDER, BrokenRuleset, newest, read, rulesets
from recruiters.scoring import (
    RULESET,
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
RANK = {Band.UNKNOWN: 0, Band.LOW: 0, Band.MEDIUM: 1, Band.HIGH: 2, Band.CRITICAL: 3}


def fact(severity: str = "serious", *, origin: str = "grievance", ref: str = "GRV-1", days: int = 0, **fields) -> Fact:
    return Fact("FEE", severity, origin, ref, DAY - timedelta(days=days), **fields)


one_fact = st.builds(
    fact, st.sampled_from(["minor", "moderate", "serious", "critical", "3", "odd"]),
    origin=st.sampled_from(["grievance", "inspection", "licence", "screening"]),
    ref=st.sampled_from(["A-1", "B-2", "C-3"]), days=st.integers(-30, 3000),
    state=st.sampled_from(list(State)), weight=st.sampled_from([None, None, 3.0, 55.0]),
)  # fmt: skip
facts = st.lists(one_fact, max_size=8)
credits = st.lists(
    st.builds(Credit, st.sampled_from(["assessment", "inspection"]), st.sampled_from(["ASM-1", "ASM-2"]),
              st.integers(-10, 900).map(lambda n: DAY - timedelta(days=n)), st.booleans()), max_size=3,
)  # fmt: skip
standings = st.sampled_from([*map(str, Status), "none"])
versions = st.sampled_from(list(rulesets()))


def test_the_newest_ruleset_is_the_one_in_force():
    assert RULESET == newest().name == "risk/2"
    assert rate([], [], "active", DAY).ruleset == "risk/2"


def test_knowing_nothing_is_not_the_same_as_low():
    judgement = rate([], [], "active", DAY)
    assert (judgement.score, judgement.band) == (0, Band.UNKNOWN)
    assert rate([], [Credit("assessment", "ASM-1", DAY, positive=False)], "active", DAY).band == Band.LOW


def test_an_adverse_finding_of_an_inspection_is_no_look_that_makes_a_recruiter_low():
    found, looked = [fact("minor", origin="inspection", ref="VIS-1")], [Credit("inspection", "VIS-1", DAY, False)]
    assert rate(found, looked, "active", DAY).band == Band.UNKNOWN
    assert rate(found, looked, "active", DAY, ruleset="risk/1").band == Band.LOW


def test_a_serious_fact_ends_what_an_earlier_assessment_took_off():
    earlier = [Credit("assessment", "ASM-1", DAY - timedelta(days=30), True)]
    assert rate([fact(days=1)], earlier, "active", DAY).score == 22
    assert rate([fact(days=1)], earlier, "active", DAY, ruleset="risk/1").score == 12
    assert rate([fact(days=60)], earlier, "active", DAY).score < 22


def test_a_fact_of_today_counts_in_full_and_says_why():
    judgement = rate([fact("critical")], [], "active", DAY)
    assert judgement.lines[0].points == newest().points["critical"]
    assert (judgement.lines[0].code, judgement.lines[0].source_ref) == ("FEE", "GRV-1")


def test_the_second_fact_of_one_event_counts_half():
    judgement = rate([fact(), fact()], [], "active", DAY)
    assert [line.rule for line in judgement.lines[:2]] == ["fact", "repeat"]
    assert judgement.lines[1].points == round(judgement.lines[0].points / 2)


def test_a_withdrawn_fact_does_not_count():
    assert rate([fact(state=State.WITHDRAWN)], [], "active", DAY).score == 0


def test_a_critical_fact_never_fades_away():
    assert decay("grievance", Severity.CRITICAL, 9999) == newest().lasting_share
    assert decay("grievance", Severity.MINOR, 9999) == 0


def test_a_fact_counts_half_after_its_half_life():
    for origin, days in newest().half_life_days.items():
        assert decay(origin, Severity.SERIOUS, days) == pytest.approx(0.5), origin


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


def test_a_ruleset_that_is_not_on_file_is_refused():
    with pytest.raises(KeyError):
        rate([], [], "active", DAY, ruleset="risk/0")


@given(facts, credits, standings, versions)
def test_the_score_is_the_sum_of_its_lines_within_its_bounds(found, looked, standing, version):
    judgement = rate(found, looked, standing, DAY, ruleset=version)
    assert 0 <= judgement.score <= 100
    plain = sum(line.points for line in judgement.lines if not line.rule.startswith("floor"))
    floor = sum(line.points for line in judgement.lines if line.rule.startswith("floor"))
    assert judgement.score == max(0, min(100, plain)) + floor
    assert judgement.band in (band_of(judgement.score), Band.UNKNOWN)


@given(facts, credits, standings, versions, one_fact)
def test_one_adverse_fact_more_never_lowers_the_risk(found, looked, standing, version, more):
    before = rate(found, looked, standing, DAY, ruleset=version)
    worse = rate([*found, more], looked, standing, DAY, ruleset=version)
    assert worse.score >= before.score
    assert RANK[Band(worse.band)] >= RANK[Band(before.band)]
    assert not (before.band == Band.UNKNOWN and worse.band == Band.LOW)


@given(facts, credits, standings, versions, st.integers(0, 7))
def test_a_graver_fact_never_lowers_the_risk(found, looked, standing, version, which):
    if not found:
        return
    place = which % len(found)
    graver = [replace(f, severity="critical", weight=None) if n == place and f.weight is None else f
              for n, f in enumerate(found)]  # fmt: skip
    assert (
        rate(graver, looked, standing, DAY, ruleset=version).score
        >= rate(found, looked, standing, DAY, ruleset=version).score
    )


@given(facts, standings, versions, st.integers(0, 2000))
def test_without_new_facts_and_credits_time_only_lowers_the_score(found, standing, version, days):
    known = [f for f in found if f.occurred_on <= DAY]
    later = rate(known, [], standing, DAY + timedelta(days=days), ruleset=version)
    assert later.score <= rate(known, [], standing, DAY, ruleset=version).score


@given(facts, credits, standings, versions)
def test_a_fact_of_tomorrow_is_not_seen_today(found, looked, standing, version):
    later = fact("critical", ref="LATER", days=-1)
    assert rate([*found, later], looked, standing, DAY, ruleset=version) == rate(
        found, looked, standing, DAY, ruleset=version
    )


@given(st.permutations(range(6)), st.lists(one_fact, min_size=6, max_size=6), credits, standings, versions)
def test_the_order_of_facts_does_not_matter_to_any_line(order, found, looked, standing, version):
    turned = [found[place] for place in order]
    assert rate(turned, looked[::-1], standing, DAY, ruleset=version) == rate(
        found, looked, standing, DAY, ruleset=version
    )


@given(facts, credits, standings, versions)
def test_the_same_input_gives_the_same_output(found, looked, standing, version):
    assert rate(found, looked, standing, DAY, ruleset=version) == rate(
        list(found), tuple(looked), standing, DAY, ruleset=version
    )


@given(facts, credits, standings, versions)
def test_what_would_lower_it_lowers_it_or_makes_it_known(found, looked, standing, version):
    judgement = rate(found, looked, standing, DAY, ruleset=version)
    for relief in judgement.relief:
        if relief.rule not in ("licence_restored", "assessment"):
            assert relief.score < judgement.score


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("minor: 4", "minor: 44"), "points"),
        (("remedied: 0.4", "remedied: 1.4"), "shares"),
        (("high: 45", "high: 85"), "bands"),
        (("default: 720", "other: 720"), "half_life_days"),
        (("[unknown]", "[unheard_of]"), "floors"),
        (("credit_points: 10", "credit_point: 10"), "credit_points"),
        (("credit_points: 10", "credit_points: -10"), "credit_points"),
    ],
)
def test_a_broken_ruleset_stops_the_load_and_names_its_field(change, says):
    text = (FOLDER / "risk-2.yaml").read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(BrokenRuleset, match=says):
        read(text.replace(*change))
