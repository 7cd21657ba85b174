"""How well the channel works: shares that two people count alike, drawn for everybody, hidden from who may not know."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.charts import BOTTOM, WIDTH, Point, chart
from core.models import User
from core.standards import standard
from grievances import services
from grievances.indicator_words import CRITERIA, WORDS
from grievances.indicators import INDICATORS, Share, protected, quarter_of, quarters_until, series, share
from grievances.measuring import measure
from grievances.models import Clock, FrozenShare, Grievance
from grievances.services import following
from grievances.services.freezing import countable_for_all, freeze_quarters
from tests.factories import make_party, make_user
from tests.grievances.builders import judgement, make_grievance

THERE = "/workspace/grievances/indicators/"


# Pure


@given(st.integers(0, 400), st.integers(0, 400))
def test_who_may_not_know_small_numbers_gets_no_share_behind_which_few_stand(part: int, rest: int) -> None:
    shown = protected(share(part, part + rest), 11)
    assert (shown.part, shown.whole) == (0, 0)
    if any(0 < count < 11 for count in (part, rest, part + rest)):
        assert shown == Share(hidden=True)
    elif part + rest:
        assert shown.percent is not None
        assert shown.percent % 5 == 0


@pytest.mark.parametrize(("day", "first"), [(date(2026, 1, 1), 1), (date(2026, 6, 30), 4), (date(2026, 12, 31), 10)])
def test_a_day_belongs_to_its_quarter(day: date, first: int) -> None:
    assert quarter_of(day) == date(2026, first, 1)


def test_quarters_follow_each_other_and_the_running_one_comes_only_where_asked_for() -> None:
    today = date(2026, 2, 10)
    assert quarters_until(today, count=3, with_running=True) == (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1))
    assert quarters_until(today, count=2, with_running=False) == (date(2025, 7, 1), date(2025, 10, 1))


def test_every_criterion_of_the_principle_has_an_indicator_with_words_and_a_measure_of_the_standard() -> None:
    criteria = {entry.code: {measure.code for measure in entry.measures} for entry in standard("grievance").criteria}
    assert set(criteria) == set(CRITERIA) == {each.criterion for each in INDICATORS}
    assert all(each.measure in criteria[each.criterion] for each in INDICATORS)
    assert {each.code for each in INDICATORS} == set(WORDS)


def test_a_trend_says_whether_the_target_is_met_and_how_it_moved() -> None:
    quarters = (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))
    found = series({"acknowledged": {quarters[0]: (8, 10), quarters[1]: (97, 100)}}, quarters)
    trend = next(each for each in found if each.indicator.code == "acknowledged")
    assert [each.percent for each in trend.shares] == [80, 97, None]
    assert trend.meets_target is True
    assert trend.change == 17


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=8), st.booleans())
def test_columns_stay_on_the_drawing_and_never_overlap_either_way_round(values: list[float | None], rtl: bool) -> None:
    points = [Point(str(number), value, "x") for number, value in enumerate(values)]
    drawn = chart(points, code="a", title="t", summary="s", top=100.0, target=90.0, right_to_left=rtl)
    order = sorted(drawn.columns, key=lambda column: column.x)
    assert all(column.x >= 0 and column.x + column.width <= WIDTH for column in order)
    assert all(0 <= column.y <= BOTTOM and column.height >= 1 for column in order)
    assert all(one.x + one.width <= other.x for one, other in pairwise(order))
    assert [column.label for column in order] == [
        str(n) for n in (reversed(range(len(values))) if rtl else range(len(values)))
    ]


# From rows


def of(counts: Any, code: str) -> tuple[int, int]:
    return counts.get(code, {}).get(quarter_of(timezone.localdate()), (0, 0))


@pytest.mark.django_db
class TestCounted:
    """Each share from real rows."""

    def counts(self, user: Any) -> Any:
        return measure(Grievance.objects.visible_to(user), quarter_of(timezone.localdate()))

    def test_ways_languages_and_clocks(self, nadia) -> None:
        web = make_grievance(("WAG",), language="en")
        make_grievance(("WAG",), channel="hotline")
        services.take(web, actor=nadia)
        late = datetime.combine(quarter_of(timezone.localdate()), datetime.min.time(), UTC)
        Clock.objects.filter(grievance=web, kind="acknowledge").update(due_at=late)
        counts = self.counts(nadia)
        assert of(counts, "other_ways") == (1, 2)
        assert of(counts, "own_language") == (1, 2)
        assert of(counts, "acknowledged") == (1, 1)

    def test_reading_and_stepping_back(self, nadia, samir) -> None:
        read, unread = make_grievance(("WAG",)), make_grievance(("WAG",))
        for grievance in (read, unread):
            services.send_message(grievance, "an answer", actor=nadia)
        following.read_messages(read, list(read.messages.all()))
        read.messages.update(read_on=timezone.localdate())
        for grievance in (read, unread):
            decision = judgement(("WAG",), "not_accepted", "normal", reason_code="out_of_scope")
            services.triage(grievance, decision, actor=nadia)
        assert of(self.counts(nadia), "heard") == (1, 2)
        third = make_grievance(("WAG",))
        services.take(third, actor=nadia)
        services.recuse(third, reason="knows_party", actor=nadia)
        assert of(self.counts(samir), "replaced")[1] == 1

    def test_the_same_party_again_within_a_year(self, nadia) -> None:
        party = make_party("Northwind Apparel")
        for days in (40, 0):
            grievance = make_grievance(("WAG",))
            services.link_accused(grievance, party, part="employer", actor=nadia)
            day = timezone.localdate() - timedelta(days=days)
            Grievance.objects.filter(pk=grievance.pk).update(received_on=day)
        counts = measure(Grievance.objects.visible_to(nadia), timezone.localdate() - timedelta(days=100))
        assert sum(part for part, _whole in counts["repeated"].values()) == 1
        assert sum(whole for _part, whole in counts["repeated"].values()) == 2

    def test_whoever_is_tied_to_the_accused_counts_nothing_of_it(self, nadia, samir, auditor) -> None:
        def counted() -> list[Any]:
            fresh = User.objects.get(pk=samir.pk)  # a user remembers his ties
            mine = Grievance.objects.visible_to(fresh)
            return [measure(found, date(2020, 1, 1)) for found in (mine, countable_for_all())]

        before = counted()
        grievance = make_grievance(("WAG",), channel="hotline")
        for user in (samir, auditor):
            services.link_accused(grievance, make_party(user=user, kind="person"), part="other", actor=nadia)
        assert counted() == before


@pytest.fixture
def samir(db: Any) -> Any:
    return make_user("samir", "case_officer")


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_handlers_see_numbers_oversight_sees_protected_shares_and_nobody_else_sees_the_page(
    nadia, auditor, farah, rosa, quentin, omar, admin_user
) -> None:
    make_grievance(("WAG",), channel="hotline")
    exact = browser(nadia).get(THERE).content.decode()
    assert 'role="img"' in exact
    drawn = exact.count('<svg class="chart"')
    assert drawn == exact.count("<table>") >= 2
    assert drawn + exact.count("Nothing to count yet.") == len(INDICATORS)
    assert "style=" not in exact
    for user in (auditor, farah):
        html = browser(user).get(THERE).content.decode()
        assert "Shares to five percent" in html
        assert '<th scope="col" class="num">Of</th>' not in html
    for user in (rosa, quentin, omar, admin_user):
        assert browser(user).get(THERE).status_code == 404
        assert browser(user).get("/workspace/grievances/indicators.csv").status_code == 404


@pytest.mark.django_db
def test_the_file_holds_counts_for_handlers_only(nadia, auditor) -> None:
    make_grievance(("WAG",))

    def rows(user: Any) -> list[dict[str, str]]:
        answer = browser(user).get("/workspace/grievances/indicators.csv")
        return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]

    assert any(row["whole"] == "1" for row in rows(nadia))
    assert "whole" not in rows(auditor)[0]


@pytest.mark.django_db
def test_the_page_asks_the_same_few_questions_however_much_there_is(nadia) -> None:
    client = browser(nadia)
    client.get(THERE)
    for _ in range(3):
        make_grievance(("WAG",))
    with CaptureQueriesContext(connection) as asked:
        client.get(THERE)
    assert len(asked) <= 20
    first = len(asked)
    for _ in range(3):
        make_grievance(("WAG",))
    with CaptureQueriesContext(connection) as asked:
        client.get(THERE)
    assert len(asked) == first


@pytest.mark.django_db
def test_in_arabic_time_runs_from_the_right(nadia) -> None:
    make_grievance(("WAG",))
    client = browser(nadia)
    client.cookies["django_language"] = "ar"
    html = client.get(THERE).content.decode()
    assert 'dir="rtl"' in html
    drawn = html.split('<svg class="chart"')[1].split("</svg>")[0]
    places = [int(piece.split('"')[0]) for piece in drawn.split('class="chart-label" direction="ltr" x="')[1:]]
    assert places == sorted(places, reverse=True)


def last_quarter() -> date:
    return quarters_until(timezone.localdate(), with_running=False)[-1]


@pytest.mark.django_db
class TestWhatThoseWhoOverseeAreTold:
    """Frozen when a quarter is over: what changes later cannot be read from a difference."""

    def told(self, user: Any) -> list[dict[str, str]]:
        answer = browser(user).get("/workspace/grievances/indicators.csv")
        return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]

    def arrived(self, number: int, channel: str, **more: Any) -> list[Grievance]:
        made = [make_grievance(("WAG",), channel=channel, **more) for _ in range(number)]
        Grievance.objects.filter(pk__in=[each.pk for each in made]).update(received_on=last_quarter())
        return made

    def test_it_is_frozen_once_and_no_later_change_shows(self, nadia, auditor, farah) -> None:
        self.arrived(12, "web")
        self.arrived(12, "hotline")
        assert not [row for row in self.told(auditor) if row["percent"]], "nothing before it is frozen"
        assert freeze_quarters(timezone.localdate(), actor=SYSTEM) == 6
        first = self.told(auditor)
        ways = [row for row in first if row["indicator"] == "other_ways" and row["quarter"] == first[5]["quarter"]]
        assert [row["percent"] for row in ways] == ["50"]
        self.arrived(30, "hotline")
        Grievance.objects.filter(channel="web").update(channel="sms")
        assert freeze_quarters(timezone.localdate(), actor=SYSTEM) == 0
        assert self.told(auditor) == first
        assert self.told(farah) == first
        with pytest.raises(TypeError, match="not changed"):
            FrozenShare.objects.first().save()

    def test_all_are_told_the_same_and_nobody_what_rests_on_a_grievance_that_accuses_him(
        self, nadia, auditor, farah
    ) -> None:
        self.arrived(12, "web")
        herself = make_party(user=farah, kind="person")
        for grievance in self.arrived(12, "hotline"):
            services.link_accused(grievance, herself, part="other", actor=nadia)
        freeze_quarters(timezone.localdate(), actor=SYSTEM)
        rows = self.told(auditor)
        assert rows == self.told(farah)
        ways = [row for row in rows if row["indicator"] == "other_ways" and row["quarter"] == rows[5]["quarter"]]
        assert [row["percent"] for row in ways] == ["0"], "as if the twelve that accuse Farah were not there"
