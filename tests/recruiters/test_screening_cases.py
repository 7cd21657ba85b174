"""The acceptance cases 5 to 8 of registers and screening, each as one story."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.actors import SYSTEM
from recruiters import engine, services
from recruiters.models import EntryChange, ScreeningHit, ScreeningRow, WatchlistLoad, WatchlistSource
from recruiters.wording import hit_words
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist

pytestmark = pytest.mark.django_db
ORION = {"name": "Orion Shipping", "id": "orion", "country": "pa", "topics": ["poi"]}


@pytest.fixture
def listed(tmp_path):
    """Return an edition with one company, and a register with one agency."""
    make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-1")
    return make_watchlist(tmp_path, ORION, source="Second", list_date=timezone.localdate() - timedelta(days=2))


def edition(tmp_path, *entries, **fields) -> WatchlistLoad:
    """Bring an edition in, and let its job run as a worker would."""
    load = make_watchlist(tmp_path, *entries, source="Second", **fields)
    jobs.work.call(job_id=load.job.pk)
    load.refresh_from_db()
    return load


def cleared(farah) -> ScreeningHit:
    hit = make_screening(farah, {"name": "Orion Shipping", "country": "PA"}).hits.get()
    return services.decide_hit(hit, answer="false", reason_code="other_trade", actor=farah)


def test_case_5_a_hit_shows_in_words_what_agreed_what_contradicted_what_was_absent_and_by_which_list(
    client, farah, listed
):
    hit = make_screening(farah, {"name": "ORION SHIPPING S.A.", "country": "AE", "licence_number": "77"}).hits.get()
    client.force_login(farah)
    text = client.get(hit.get_absolute_url()).content.decode()
    for told in (
        "What agreed", "These words agree", "Contradicted", "Another country", "Absent, or on one side only",
        "No identifier of one scheme is known on both sides", "ORION SHIPPING S.A.", "Orion Shipping", "Second",
        hit.algorithm, "United Arab Emirates", "Panama", "person of interest",
    ):  # fmt: skip
        assert told in text, told
    assert text.count("Compared as") == 1
    day = timezone.localdate() - timedelta(days=2)
    assert f"{day.day}" in text
    assert str(day.year) in text


def test_case_6_a_cleared_hit_stays_cleared_until_the_record_changes_and_then_says_what_changed(
    client, farah, listed, tmp_path
):
    first = cleared(farah)

    # Screened again, and the same list brought once more, written otherwise.
    assert make_screening(farah, {"name": "orion  shipping", "country": "pa"}).hits.get().state == "false"

    # The list gives the record another number, twice over, and its content stays.
    edition(tmp_path, ORION | {"id": "NK-1", "referents": ["orion"]})
    edition(tmp_path, ORION | {"id": "NK-2", "referents": ["NK-1", "orion"]})
    merged = make_screening(farah, {"name": "Orion Shipping", "country": "PA"}).hits.get()
    assert merged.target_key == "second:NK-2"
    assert (merged.state, merged.note) == ("false", "decided_before")
    assert merged.decisions.get().carried_from == first.decisions.get()

    # Then its content changes: nobody has to ask, and the page says what.
    changed = {"id": "NK-2", "topics": ["sanction"], "name": "Orion Shipping", "country": "pa"}
    load = edition(tmp_path, changed)
    assert load.compared["reopened"] == 1
    reopened = ScreeningHit.objects.get(screening__load=load)
    assert (reopened.state, reopened.note) == ("open", "record_changed")
    client.force_login(farah)
    text = client.get(reopened.get_absolute_url()).content.decode()
    assert "open again because the list" in text
    assert "Listed for: now “sanctions”, before “person of interest”." in text

    # Decided once more, it holds again.
    second = make_user("fatima", "ministry_officer")
    for actor in (farah, second):
        services.decide_hit(reopened, answer="false", reason_code="other_trade", actor=actor)
    assert make_screening(farah, {"name": "Orion Shipping", "country": "PA"}).hits.get().state == "false"


def test_case_6_decisions_about_records_that_were_merged_into_one_follow_it(farah, listed, tmp_path):
    twin = ORION | {"id": "twin"}
    edition(tmp_path, ORION, twin)
    for hit in make_screening(farah, {"name": "Orion Shipping", "country": "PA"}).hits.all():
        services.decide_hit(hit, answer="false", reason_code="other_trade", actor=farah)
    edition(tmp_path, ORION | {"id": "canonical", "referents": ["orion", "twin"]})
    hit = make_screening(farah, {"name": "Orion Shipping", "country": "PA"}).hits.get()
    assert (hit.state, hit.decisions.count()) == ("false", 2)


def test_case_7_an_edition_screens_what_it_touches_and_leaves_a_dated_account_with_no_manual_step(
    client, farah, listed, tmp_path, django_capture_on_commit_callbacks
):
    cleared(farah)
    make_screening(farah, {"name": "Corvus Crewing"}, {"name": "Blue Lantern Catering"})
    before = ScreeningRow.objects.count()
    with django_capture_on_commit_callbacks(execute=True):  # what the queue does by itself
        load = make_watchlist(
            tmp_path, ORION | {"topics": ["sanction"]}, {"name": "Corvus Crewing", "id": "c"}, source="Second"
        )
    load.refresh_from_db()
    assert ScreeningRow.objects.count() == before + 2
    assert load.compared == {"rows": 2, "people": 0, "opened": 1, "reopened": 1, "kept": 0}
    with django_capture_on_commit_callbacks(execute=True):
        last = make_watchlist(tmp_path, {"name": "Corvus Crewing", "id": "c"}, source="Second")
    assert dict(EntryChange.objects.values_list("kind", "name").filter(load=load)) == {
        "changed": "Orion Shipping", "new": "Corvus Crewing",
    }  # fmt: skip
    assert last.changes.get().kind == "gone"

    client.force_login(farah)
    text = client.get(reverse("recruiters:watchlist_edition", args=[load.ref])).content.decode()
    for told in ("Second, edition of", "Compared with the edition of", "Opened again, as the record changed",
                 "Listed for: now “sanctions”", "New hits", "Corvus Crewing"):  # fmt: skip
        assert told in text, told
    entry = EntryChange.objects.get(load=last).entry
    history = client.get(reverse("recruiters:watchlist_entry", args=[entry.pk])).content.decode()
    assert "Gone" in history
    assert "Changed" in history


@pytest.mark.parametrize(("ends", "state"), [("2021-12-31", "info"), ("", "open"), ("2999-01-01", "open")])
def test_case_7_an_expired_sanction_is_history_and_no_alert(client, farah, listed, tmp_path, ends, state):
    measure = {"authority": ["UN Committee"], "startDate": ["2015-03-01"], "endDate": [ends] if ends else []}
    lines = [
        {"id": "v", "schema": "Company", "properties": {"name": ["Vela Marine"], "topics": ["sanction"]}},
        {"id": "m", "schema": "Sanction", "properties": measure | {"entity": ["v"]}},
    ]
    path = tmp_path / "un.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    services.load_watchlist(path, source="UN", actor=SYSTEM)
    screening = make_screening(farah, {"name": "Vela Marine"})
    hit = screening.hits.get()
    assert hit.state == state
    client.force_login(farah)
    text = client.get(hit.get_absolute_url()).content.decode()
    assert "UN Committee" in text
    assert ("history" in text) == (state == "info")
    assert (screening.rows.get().reason == "hit_history") == (state == "info")


@pytest.mark.parametrize("trouble", ["stale", "none", "undated", "future", "engine", "no name"])
def test_case_8_what_could_not_be_compared_is_not_screened_and_never_clear(farah, listed, monkeypatch, trouble):
    today = timezone.localdate()
    name = "" if trouble == "no name" else "Blue Lantern Catering"
    if trouble == "stale":
        WatchlistLoad.objects.update(list_date=today - timedelta(days=90))
    elif trouble == "none":
        WatchlistSource.objects.update(is_active=False)
    elif trouble == "undated":
        WatchlistSource.objects.update(current=None)
    elif trouble == "future":
        WatchlistLoad.objects.update(list_date=date(2999, 1, 1))
    elif trouble == "engine":
        monkeypatch.setattr(engine, "likely", lambda *_a, **_k: 1 / 0)
    screening = make_screening(farah, {"name": name})
    assert screening.counts == {"not_screened": 1}
    assert screening.rows.get().reason != "nothing_alike"


def test_case_4_a_licence_number_under_the_wrong_country_is_possible_and_names_the_contradiction(farah, listed):
    make_licence(make_recruiter("Golden Bridge Manpower", country="NP"), number="2210/079/080")
    row = {"name": "Sunrise Placement", "country": "BD", "licence_number": "2210/079/080"}
    screening = make_screening(farah, row, {**row, "licence_number": "2211/079/080"})
    assert [row.outcome for row in screening.rows.order_by("number")] == ["possible", "clear"]
    hit = screening.hits.get()
    words = hit_words(hit.features)
    assert (hit.verdict, hit.gravity) == ("contradicted", "attention")
    assert any("another country: Bangladesh against Nepal" in sentence for sentence in words.contradicted)
