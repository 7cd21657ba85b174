"""What officers do with hits, and what a new edition of a list does to what they did."""

import html
import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core import due, jobs
from core.actors import SYSTEM
from core.models import AuditEntry, Job, Notice
from recruiters import engine, services
from recruiters.hitqueue import following, not_held, preceding, waiting_for
from recruiters.models import HitDecision, Recruiter, ScreeningHit, ScreeningRow, WatchlistEntry, WatchlistLoad
from recruiters.services import ScreeningRefused
from recruiters.services.decisions import last_decided, twins
from recruiters.services.duerescreen import rescreen
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist, suspend

pytestmark = pytest.mark.django_db
ORION = {"name": "Orion Shipping", "id": "orion", "topics": ["poi"]}


@pytest.fixture
def fatima(db):
    """Return a colleague of Farah."""
    return make_user("fatima", "ministry_officer", display_name="Fatima")


@pytest.fixture
def watched(tmp_path):
    """Return a register with one agency and a list with one company."""
    make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-1")
    return make_watchlist(tmp_path, ORION, source="Second")


def again(load: WatchlistLoad) -> WatchlistLoad:
    """Do what the queue does after an edition came: compare what it touches."""
    jobs.work.call(job_id=load.job.pk)
    load.refresh_from_db()
    return load


def decide(hit, actor, answer="false", reason_code="other_trade", **fields):
    return services.decide_hit(hit, answer=answer, reason_code=reason_code, actor=actor, **fields)


def test_a_reason_must_go_with_the_decision(farah, watched):
    hit = make_screening(farah, {"name": "Orion Shipping"}).hits.get()
    with pytest.raises(ScreeningRefused):
        decide(hit, farah, "true", "other_country")
    assert not HitDecision.objects.exists()


def test_a_decision_can_be_taken_back_as_a_row_of_its_own(farah, watched):
    hit = decide(make_screening(farah, {"name": "Orion Shipping"}).hits.get(), farah)
    assert last_decided(farah) == hit
    hit = services.undo_decision(hit, actor=farah)
    assert hit.state == "open"
    assert list(hit.decisions.values_list("answer", flat=True)) == ["false", "undone"]
    assert last_decided(farah) is None
    assert make_screening(farah, {"name": "Orion Shipping"}).hits.get().state == "open"
    with pytest.raises(ScreeningRefused):
        services.undo_decision(hit, actor=farah)


def test_nobody_takes_a_colleagues_decision_back(farah, fatima, watched):
    hit = decide(make_screening(farah, {"name": "Orion Shipping"}).hits.get(), farah)
    with pytest.raises(ScreeningRefused):
        services.undo_decision(hit, actor=fatima)


def test_taking_a_confirmed_match_back_takes_its_points_off_the_rating(farah, watched, tmp_path):
    recruiter = Recruiter.objects.get()
    make_watchlist(tmp_path, {"name": "Himchuli Overseas", "country": "np", "topics": ["poi"]}, source="P")
    rescreen(timezone.now())
    hit = decide(ScreeningHit.objects.get(), farah, "true", "name_and_country")
    recruiter.refresh_from_db()
    risky = recruiter.risk_score
    services.undo_decision(hit, actor=farah)
    recruiter.refresh_from_db()
    assert recruiter.risk_score < risky


def test_the_very_same_pair_in_other_rows_can_be_decided_together_and_undone_together(farah, watched):
    hits = list(make_screening(farah, {"name": "Orion Shipping"}, {"name": "orion  shipping"}).hits.order_by("pk"))
    other = make_screening(farah, {"name": "Orion Shipping", "country": "PA"}).hits.get()
    assert list(twins(hits[0])) == [hits[1]]
    decide(hits[0], farah, together=True)
    assert set(ScreeningHit.objects.filter(pk__in=[h.pk for h in hits]).values_list("state", flat=True)) == {"false"}
    other.refresh_from_db()
    assert other.state == "open"
    services.undo_decision(hits[0], actor=farah)
    assert ScreeningHit.objects.filter(state="open").count() == 3


def test_who_decided_meanwhile_is_not_overruled_unseen(farah, fatima, watched):
    hit = make_screening(farah, {"name": "Orion Shipping"}).hits.get()
    decide(hit, farah, seen=0)
    with pytest.raises(ScreeningRefused, match="Farah"):
        decide(hit, fatima, "true", "same_people", seen=0)
    hit.refresh_from_db()
    assert hit.state == "false"


def test_two_officers_are_never_shown_the_same_hit(farah, fatima, watched):
    hits = list(make_screening(farah, {"name": "Orion Shipping"}, {"name": "Orion Shiping"}).hits.order_by("-score"))
    first = following(not_held(waiting_for(farah), farah))
    services.hold_hit(first, actor=farah)
    assert first == hits[0]
    assert following(not_held(waiting_for(fatima), fatima)) == hits[1]
    assert following(not_held(waiting_for(farah), farah)) == hits[0]
    late = timezone.now() + timedelta(minutes=11)
    assert following(not_held(waiting_for(fatima), fatima, late)) == hits[0]


def test_hits_given_to_an_officer_leave_the_others_queues(farah, fatima, omar, watched):
    screening = make_screening(farah, {"name": "Orion Shipping"}, {"name": "Orion Shiping"})
    assert services.assign_hits(screening.hits.all(), to=fatima, actor=farah) == 2
    assert not waiting_for(farah).exists()
    assert waiting_for(fatima).count() == waiting_for(farah, whose="all").count() == 2
    with pytest.raises(ScreeningRefused):
        services.assign_hits(screening.hits.all(), to=omar, actor=farah)
    with pytest.raises(PermissionDenied):
        services.assign_hits(screening.hits.all(), to=fatima, actor=omar)


def test_the_queue_goes_by_gravity_then_score_forwards_and_backwards(farah, watched, tmp_path):
    make_watchlist(tmp_path, {"name": "Corvus Crewing", "topics": ["sanction"]}, source="Third")
    make_screening(farah, {"name": "Orion Shiping"}, {"name": "Orion Shipping"}, {"name": "Corvus Crewing"})
    queue = waiting_for(farah)
    first = following(queue)
    second = following(queue, first)
    third = following(queue, second)
    assert [h.row.name for h in (first, second, third)] == ["Corvus Crewing", "Orion Shipping", "Orion Shiping"]
    assert following(queue, third) == first
    assert preceding(queue, third) == second
    assert preceding(queue, first) is None


def test_a_first_decision_waits_in_everybodys_queue_but_the_deciders(farah, fatima, watched, tmp_path):
    make_watchlist(tmp_path, {"name": "Corvus Crewing", "topics": ["sanction"]}, source="Third")
    hit = make_screening(farah, {"name": "Corvus Crewing"}).hits.get()
    decide(hit, farah)
    assert not waiting_for(farah).exists()
    assert waiting_for(fatima).get() == hit


def test_somebody_who_uses_a_licensed_recruiters_number_waits_for_a_person(farah, watched):
    hit = make_screening(farah, {"name": "Zephyr Golden Gate", "country": "NP", "licence_number": "RL-1"}).hits.get()
    assert (hit.verdict, hit.gravity, hit.state) == ("renamed", "attention", "open")


def test_a_new_edition_screens_only_what_it_touches(farah, watched, tmp_path):
    make_screening(farah, {"name": "Orion Shipping"}, {"name": "Corvus Crewing"}, {"name": "Blue Lantern"})
    load = again(make_watchlist(tmp_path, ORION, {"name": "Corvus Crewing", "id": "corvus"}, source="Second"))
    assert load.compared == {"rows": 1, "people": 0, "opened": 1, "reopened": 0, "kept": 0}
    row = ScreeningRow.objects.get(screening__load=load)
    assert (row.name, row.outcome, row.former.outcome) == ("Corvus Crewing", "match", "clear")
    assert Notice.objects.filter(user=farah, code="rescreen_new_hits").count() == 1


def test_an_edition_without_changes_screens_nothing(farah, watched, tmp_path):
    make_screening(farah, {"name": "Orion Shipping"})
    load = again(make_watchlist(tmp_path, ORION, source="Second"))
    assert (load.compared["rows"], load.rescreenings.count()) == (0, 0)


def test_a_record_that_goes_takes_the_waiting_hit_with_it(farah, watched, tmp_path):
    hit = make_screening(farah, {"name": "Orion Shipping"}).hits.get()
    load = again(make_watchlist(tmp_path, {"name": "Halcyon Trading", "id": "h"}, source="Second"))
    hit.refresh_from_db()
    assert (hit.state, load.compared["rows"]) == ("superseded", 1)
    assert ScreeningRow.objects.get(screening__load=load).outcome == "clear"
    with pytest.raises(ScreeningRefused):
        decide(hit, farah)


def test_a_list_that_is_not_watched_is_left_as_it_is(farah, watched, tmp_path):
    screening = make_screening(farah, {"name": "Orion Shipping"})
    services.watch_screening(screening, watched=False, actor=farah)
    load = again(make_watchlist(tmp_path, ORION | {"topics": ["sanction"]}, source="Second"))
    assert load.compared["rows"] == 0


def test_a_new_edition_finds_the_people_behind_the_registers_recruiters(farah, watched, tmp_path):
    services.add_person(Recruiter.objects.get(), name="Hari Prasad Koirala", role="owner", country="NP", actor=farah)
    rescreen(timezone.now())
    person = {"name": "Hari Prasad KOIRALA", "schema": "Person", "country": "np", "topics": ["poi"], "id": "p"}
    load = again(make_watchlist(tmp_path, ORION, person, source="Second"))
    assert (load.compared["people"], load.compared["opened"]) == (1, 1)
    assert rescreen(timezone.now()) == "nothing changed since the last time"


def test_a_revoked_licence_opens_the_rows_that_rested_on_it(farah, watched):
    make_screening(farah, {"name": "Himchuli Overseas Pvt. Ltd.", "country": "NP", "licence_number": "RL-1"})
    rescreen(timezone.now())
    suspend(Recruiter.objects.get().licences.get())
    assert "register changed, 1 hits to decide" in rescreen(timezone.now())
    hit = ScreeningHit.objects.get(state="open")
    assert (hit.row.former.number, hit.gravity) == (2, "severe")
    assert rescreen(timezone.now()) == "nothing changed since the last time"


def test_an_edition_that_could_not_be_compared_is_told_and_tried_again(farah, watched, tmp_path, monkeypatch):
    make_screening(farah, {"name": "Corvus Crewing"})
    rescreen(timezone.now())
    load = make_watchlist(tmp_path, ORION, {"name": "Corvus Crewing", "id": "corvus"}, source="Second")
    with monkeypatch.context() as broken:
        broken.setattr("recruiters.services.rescreening.likely", lambda *_a, **_k: 1 / 0)
        assert "could not be compared" in rescreen(timezone.now())
    assert Notice.objects.filter(user=farah, code="rescreen_failed", subject_ref=load.ref).exists()
    assert Job.objects.get(pk=load.job.pk).state == Job.FAILED
    assert "1 hits to decide" in due.run_one("rescreen", timezone.now())


def test_two_records_that_a_list_merges_become_one_and_say_so(watched, tmp_path):
    make_watchlist(tmp_path, ORION, {"name": "Orion Ship", "id": "o2", "topics": ["poi"]}, source="Second")
    merged = {"name": "Orion Shipping", "id": "NK-1", "referents": ["orion", "o2"], "topics": ["poi"]}
    load = make_watchlist(tmp_path, merged, source="Second")
    kept, gone = WatchlistEntry.objects.get(external_id="NK-1"), WatchlistEntry.objects.get(external_id="o2")
    assert set(kept.referents) >= {"orion", "o2"}
    assert gone.merged_into == kept
    assert sorted(load.changes.values_list("kind", flat=True)) == ["changed", "merged"]
    make_watchlist(tmp_path, {"name": "Halcyon", "id": "h"}, source="Second")
    back = make_watchlist(tmp_path, merged, source="Second")
    assert sorted(back.changes.values_list("kind", flat=True)) == ["back", "gone"]


def sanctioned(tmp_path, name: str, ends: str) -> WatchlistLoad:
    """Return an edition with one company whose only measure ends on a day (or never)."""
    properties = {"name": [name], "topics": ["sanction"]}
    measure = {"entity": ["x"], "authority": ["UN"], "startDate": ["2020-01-01"], "endDate": [ends] if ends else []}
    lines = [
        {"id": "x", "schema": "Company", "properties": properties},
        {"id": "m", "schema": "Sanction", "properties": measure},
    ]
    path = tmp_path / "sanctions.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return services.load_watchlist(path, source="Sanctions", actor=SYSTEM)


def test_a_measure_that_ends_between_two_editions_becomes_history_by_itself(farah, watched, tmp_path):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sanctioned(tmp_path, "Corvus Crewing", tomorrow.isoformat())
    hit = make_screening(farah, {"name": "Corvus Crewing"}).hits.get()
    assert (hit.state, hit.gravity) == ("open", "severe")
    rescreen(timezone.now() + timedelta(days=3))
    hit.refresh_from_db()
    assert (hit.state, hit.gravity, hit.note) == ("info", "info", "measures_ended")


def test_rows_that_cannot_be_read_are_kept_as_not_screened(client, farah, watched, django_capture_on_commit_callbacks):
    data = b'{"name": "Orion Shipping"}\n{"name": broken}\n{"name": "Blue Lantern"}\n'
    screening = services.receive_list(actor=farah, title="", data=data, file_name="list.jsonl")
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm_columns(screening, mapping=screening.mapping, threshold=0.7, actor=farah)
    screening.refresh_from_db()
    assert screening.counts == {"match": 1, "clear": 1, "not_screened": 1}
    unread = screening.rows.get(outcome="not_screened")
    assert unread.reason == "unreadable_row"
    assert unread.raw["problem"]
    client.force_login(farah)
    for name, args in (("screening_row", [screening.ref, unread.number]), ("screening_export", [screening.ref, "csv"])):
        answer = client.get(reverse(f"recruiters:{name}", args=args))
        told = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert unread.raw["problem"] in html.unescape(told.decode()), "the obstacle is told wherever it is named"


def test_a_list_without_a_heading_loses_no_row(farah, watched, django_capture_on_commit_callbacks):
    data = b"Orion Shipping,Panama\nBlue Lantern,Kenya\n"
    screening = services.receive_list(actor=farah, title="", data=data, file_name="list.csv")
    mapping = {"name": "Orion Shipping", "country": "Panama"}
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm_columns(
            screening, mapping=mapping, threshold=0.7, actor=farah, defaults={"headless": "yes", "country": "QA"}
        )
    assert list(screening.rows.values_list("name", "country")) == [("Orion Shipping", "PA"), ("Blue Lantern", "KE")]


def test_every_step_is_in_the_trail_by_codes_alone(farah, watched, tmp_path):
    hit = decide(make_screening(farah, {"name": "Orion Shipping"}).hits.get(), farah, reason="A shipping line.")
    services.undo_decision(hit, actor=farah)
    again(make_watchlist(tmp_path, ORION | {"topics": ["sanction"]}, source="Second"))
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"screening.hit_decided", "screening.decision_undone", "watchlist.rescreened"} <= verbs
    trail = str(list(AuditEntry.objects.values_list("facts", "subject")))
    assert "Orion" not in trail
    assert "shipping" not in trail


def test_an_engine_that_cannot_be_reached_never_calls_a_row_clear(farah, watched, monkeypatch):
    def broken(*_args, **_fields):
        raise ConnectionError

    monkeypatch.setattr(engine, "likely", broken)
    screening = make_screening(farah, {"name": "Blue Lantern Catering"})
    assert screening.counts == {"not_screened": 1}
