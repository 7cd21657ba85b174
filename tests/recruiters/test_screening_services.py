"""Screening lists, deciding hits, and what decisions survive."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import due
from core.actors import SYSTEM
from core.models import AuditEntry
from core.tabular import read_table
from recruiters import engine, services
from recruiters.models import (
    Recruiter,
    Screening,
    ScreeningHit,
    WatchlistEntry,
    WatchlistLoad,
    WatchlistSource,
)
from recruiters.services import ScreeningRefused, WatchlistRefused
from recruiters.services.screenings import pasted
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist, suspend

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(tmp_path):
    """Return a watchlist in use and a register with one licensed and one revoked agency."""
    make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-1")
    revoked = make_licence(make_recruiter("Bagmara Manpower Pvt. Ltd."), number="RL-2")
    services.revoke_licence(
        revoked, order_number="9", reason_code="fees_charged", effective_on=timezone.localdate(), actor=SYSTEM
    )
    return make_watchlist(tmp_path, {"name": "Meridian Crewing Holdings", "country": "cy", "topics": ["sanction"]})


def outcome(screening: Screening, place: int = 0):
    return screening.rows.order_by("number")[place]


def test_each_row_has_its_outcome_and_reason(farah, lists):
    screening = make_screening(
        farah, {"name": "Meridian Crewing Holdings"}, {"name": "Blue Lantern Catering"}, {"name": ""},
        {"name": "Bagmara Manpower Private Limited", "country": "NP"},
    )  # fmt: skip
    rows = list(screening.rows.values_list("outcome", "reason"))
    assert [row[0] for row in rows] == ["match", "clear", "not_screened", "match"]
    assert rows[2][1] == "empty_name"
    assert screening.counts == {"match": 2, "clear": 1, "not_screened": 1}


def test_a_valid_licence_in_the_register_informs_and_waits_for_nobody(farah, lists):
    screening = make_screening(
        farah, {"name": "Himchuli Overseas Pvt. Ltd.", "country": "NP", "licence_number": "RL-1"}
    )
    hit = screening.hits.get()
    assert (hit.gravity, hit.state) == ("info", "info")
    assert outcome(screening).register_status == "active"


def test_the_name_of_a_licensed_recruiter_in_another_country_waits_for_a_person(farah, lists):
    make_screening(farah, {"name": "Himchuli Overseas", "country": "NP"})
    screening = make_screening(farah, {"name": "Himchuli Overseas", "country": "PH"})
    hit = screening.hits.get()
    assert (hit.verdict, hit.gravity, hit.state) == ("possible", "attention", "open")
    assert outcome(screening).outcome == "possible"
    assert outcome(screening).reason == "hit_possible"


def test_of_two_people_of_one_name_only_the_one_born_that_day_is_a_match(farah, tmp_path):
    make_watchlist(
        tmp_path, {"name": "Dorian Kaltenbrunn", "id": "P1", "schema": "Person", "birthDate": ["1974-08-03"]}
    )
    rows = [
        {"name": "Dorian Kaltenbrunn", "type": "person", "birth_date": born}
        for born in ("3 August 1974", "17.05.1990", "")
    ]
    screening = make_screening(farah, *rows)
    found = list(screening.rows.order_by("number"))
    assert [(row.born, row.outcome) for row in found] == [
        ("1974-08-03", "match"), ("1990-05-17", "possible"), ("", "match"),
    ]  # fmt: skip
    assert len({row.subject_key for row in found}) == 3
    assert found[1].hits.get().verdict == "contradicted"


def test_a_revoked_one_is_severe(farah, lists):
    screening = make_screening(farah, {"name": "Bagmara Manpower Pvt. Ltd.", "country": "NP"})
    assert screening.hits.get(gravity="severe").state == "open"


def test_every_hit_keeps_what_was_compared_and_which_list_of_which_day(farah, lists):
    screening = make_screening(farah, {"name": "MERIDIAN CREWING HOLDINGS", "country": "PA"})
    hit = screening.hits.get()
    assert (hit.list_name, hit.list_date) == ("Debarred", timezone.localdate())
    assert (hit.query_name, hit.candidate_name) == ("MERIDIAN CREWING HOLDINGS", "Meridian Crewing Holdings")
    assert {feature["name"] for feature in hit.features} >= {"country_differs"}
    assert hit.algorithm == screening.algorithm


def test_case_4_the_same_name_with_another_licence_number_is_contradicted(farah, lists):
    screening = make_screening(
        farah, {"name": "Himchuli Overseas Pvt. Ltd.", "country": "NP", "licence_number": "RL-777"}
    )
    assert outcome(screening).outcome == "possible"
    assert screening.hits.get().verdict == "contradicted"


def test_case_4_the_same_licence_under_another_name_is_shown_as_renamed(farah, lists):
    screening = make_screening(farah, {"name": "Zephyr Golden Gate", "country": "NP", "licence_number": "RL-0001"})
    assert screening.hits.get(verdict="renamed").recruiter.name == "Himchuli Overseas Pvt. Ltd."
    assert outcome(screening).outcome == "possible"


@pytest.mark.parametrize("trouble", ["stale", "missing", "empty"])
def test_a_list_that_cannot_be_used_leaves_rows_not_screened(farah, lists, trouble):
    if trouble == "stale":
        WatchlistLoad.objects.update(list_date=timezone.localdate() - timedelta(days=90))
    elif trouble == "missing":
        WatchlistSource.objects.update(is_active=False)
    else:
        WatchlistEntry.objects.update(gone_on=timezone.localdate())
        WatchlistSource.objects.update(max_age_days=59)
    screening = make_screening(farah, {"name": "Blue Lantern Catering"})
    assert outcome(screening).outcome == "not_screened"
    assert screening.problems


def test_an_engine_that_breaks_leaves_rows_not_screened(farah, lists, monkeypatch):
    def broken(*_args, **_fields):
        raise RuntimeError

    monkeypatch.setattr(engine, "_compare", broken)
    screening = make_screening(farah, {"name": "Meridian Crewing Holdings"})
    assert (outcome(screening).outcome, outcome(screening).reason) == ("not_screened", "engine_failed")


def test_a_decision_is_recorded_with_its_reason_and_a_second_person_settles_a_severe_hit(farah, lists):
    second = make_user("fatima", "ministry_officer")
    hit = make_screening(farah, {"name": "Meridian Crewing Holdings"}).hits.get()
    hit = services.decide_hit(hit, answer="true", reason_code="same_people", actor=farah)
    assert hit.state == "awaiting_second"
    with pytest.raises(ScreeningRefused):
        services.decide_hit(hit, answer="true", reason_code="same_people", actor=farah)
    hit = services.decide_hit(hit, answer="true", reason_code="same_identifier", actor=second)
    assert hit.state == "true"
    assert [d.decided_by for d in hit.decisions.all()] == [farah, second]
    assert AuditEntry.objects.filter(verb="screening.hit_decided", subject=hit.ref).count() == 2


def test_another_reason_needs_words(farah, lists):
    hit = make_screening(farah, {"name": "Meridian Crewing Holdings"}).hits.get()
    with pytest.raises(ScreeningRefused):
        services.decide_hit(hit, answer="false", reason_code="other", actor=farah)


def test_a_cleared_hit_stays_cleared_when_the_list_comes_again(farah, lists, tmp_path):
    make_watchlist(tmp_path, {"name": "Orion Shipping", "topics": ["poi"]}, source="Second")
    hit = make_screening(farah, {"name": "Orion Shipping"}).hits.get()
    services.decide_hit(hit, answer="false", reason_code="other_trade", actor=farah)
    make_watchlist(tmp_path, {"name": "Orion Shipping", "topics": ["poi"]}, source="Second")
    again = make_screening(farah, {"name": "orion shipping"}).hits.get()
    assert (again.state, again.note) == ("false", "decided_before")
    assert again.decisions.get().carried_from == hit.decisions.get()


def test_a_cleared_hit_opens_again_when_the_record_changes(farah, lists, tmp_path):
    make_watchlist(tmp_path, {"name": "Orion Shipping", "topics": ["poi"]}, source="Second")
    services.decide_hit(
        make_screening(farah, {"name": "Orion Shipping"}).hits.get(),
        answer="false",
        reason_code="other_trade",
        actor=farah,
    )
    make_watchlist(tmp_path, {"name": "Orion Shipping", "topics": ["sanction"]}, source="Second")
    again = make_screening(farah, {"name": "Orion Shipping"}).hits.get()
    assert (again.state, again.note) == ("open", "record_changed")


def test_a_decision_survives_when_the_list_merges_records(farah, lists, tmp_path):
    make_watchlist(tmp_path, {"name": "Orion Shipping", "id": "old", "topics": ["poi"]}, source="Second")
    services.decide_hit(
        make_screening(farah, {"name": "Orion Shipping"}).hits.get(),
        answer="false",
        reason_code="other_trade",
        actor=farah,
    )
    make_watchlist(
        tmp_path, {"name": "Orion Shipping", "id": "new", "referents": ["old"], "topics": ["poi"]}, source="Second"
    )
    assert WatchlistEntry.objects.filter(source__code="second").count() == 1
    again = make_screening(farah, {"name": "Orion Shipping"}).hits.get()
    assert again.state == "false"


def test_a_new_edition_says_what_it_changed(lists, tmp_path):
    made = make_watchlist(tmp_path, {"name": "Corvus", "id": "c"}, {"name": "Halcyon", "id": "h"}, source="Second")
    assert (made.added, made.changed, made.gone) == (2, 0, 0)
    made = make_watchlist(
        tmp_path, {"name": "Corvus", "id": "c", "country": "np"}, {"name": "Zephyr", "id": "z"}, source="Second"
    )
    assert (made.added, made.changed, made.gone) == (1, 1, 1)
    assert WatchlistEntry.objects.get(external_id="h").gone_on is not None


def test_an_empty_file_does_not_empty_a_list(tmp_path, lists):
    path = tmp_path / "nothing.jsonl"
    path.write_text("{}\n")
    with pytest.raises(WatchlistRefused):
        services.load_watchlist(path, source="Debarred", actor=SYSTEM)
    assert WatchlistEntry.objects.filter(gone_on__isnull=True).count() == 1


def test_rescreening_finds_the_registers_own_people_and_is_quiet_the_second_time(farah, lists, tmp_path):
    recruiter = Recruiter.objects.get(sort_name__startswith="himchuli")
    services.add_person(recruiter, name="Hari Prasad Koirala", role="owner", country="NP", actor=farah)
    make_watchlist(
        tmp_path, {"name": "Hari Prasad KOIRALA", "schema": "Person", "country": "np", "topics": ["poi"]}, source="P"
    )
    first = due.run_one("rescreen", timezone.now())
    assert "1 hits to decide" in first
    assert due.run_one("rescreen", timezone.now()) == "nothing changed since the last time"
    hit = ScreeningHit.objects.get()
    services.decide_hit(hit, answer="true", reason_code="name_and_country", actor=farah)
    recruiter.refresh_from_db()
    assert recruiter.risk_score == 40
    make_recruiter("Somebody New")
    due.run_one("rescreen", timezone.now())
    assert set(ScreeningHit.objects.values_list("state", flat=True)) == {"true"}


def test_pasted_names_are_read_with_or_without_a_heading():
    import io

    bare = read_table(io.BytesIO(pasted('Himchuli, Ltd\n"Quoted" Co\n')), name="p.csv")
    assert [row.values["name"] for row in bare.rows()] == ["Himchuli, Ltd", '"Quoted" Co']
    table = read_table(io.BytesIO(pasted("Name\tCountry\nHimchuli\tNepal\n")), name="p.csv")
    assert [row.values for row in table.rows()] == [{"Name": "Himchuli", "Country": "Nepal"}]


def test_a_list_is_kept_sealed_and_its_columns_are_proposed(farah):
    screening = services.receive_list(
        actor=farah, title="", data=b"Agency Name;Nation\nSita Travels;Nepal\n", file_name="list.csv"
    )
    assert screening.mapping == {"name": "Agency Name", "country": "Nation"}
    assert screening.samples == [{"Agency Name": "Sita Travels", "Nation": "Nepal"}]
    assert screening.upload is not None


@pytest.mark.parametrize("who", ["rosa", "nadia", "omar", "quentin", "stranger"])
def test_only_a_ministry_officer_screens(who, request):
    with pytest.raises(PermissionDenied):
        services.receive_list(actor=request.getfixturevalue(who), title="", data=b"name\nx\n", file_name="l.csv")


def test_the_job_goes_on_where_it_stopped(farah, lists, django_capture_on_commit_callbacks):
    screening = services.receive_list(
        actor=farah, title="", data=b"name\n" + b"Blue Lantern\n" * 600, file_name="list.csv"
    )
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm_columns(screening, mapping={"name": "name"}, threshold=0.7, actor=farah)
    screening.refresh_from_db()
    assert (screening.state, screening.counts) == ("done", {"clear": 600})
    assert screening.job.done == screening.job.total == 600


def test_screening_from_the_command_line_says_the_same_as_the_pages(farah, lists, tmp_path, capsys):
    rows = [{"name": "Meridian Crewing Holdings"}, {"name": "Bagmara Manpower"}, {"name": "Blue Lantern"}, {"name": ""}]
    path = tmp_path / "list.csv"
    path.write_text("name,note\n" + "\n".join(f"{row['name']},x" for row in rows) + "\n")
    for ending in ("csv", "xlsx", "jsonl"):
        output = tmp_path / f"out.{ending}"
        call_command("screen", str(path), "--output", str(output))
        told = [(row.values["outcome"], row.values["reason"]) for row in read_table(output, name=output.name).rows()]
        assert [outcome for outcome, _reason in told] == list(
            make_screening(farah, *rows).rows.order_by("number").values_list("outcome", flat=True)
        )
    assert "4 rows in" in capsys.readouterr().err


def test_an_interrupted_run_goes_on_where_it_stopped(farah, lists, tmp_path, settings, monkeypatch):
    from recruiters import batch

    settings.DATA_DIR = tmp_path
    path, output = tmp_path / "list.csv", tmp_path / "out.csv"
    path.write_text("name\n" + "\n".join(f"Blue Lantern {n}" for n in range(600)) + "\n")
    monkeypatch.setattr(batch, "_write", lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        call_command("screen", str(path), "--output", str(output), "--workers", "1")
    (part,) = (tmp_path / "screening").iterdir()
    part.write_text("".join(part.read_text().splitlines(keepends=True)[:400]) + '[3, "cut sho')
    monkeypatch.undo()
    settings.DATA_DIR = tmp_path
    call_command("screen", str(path), "--output", str(output), "--workers", "1")
    assert len(list(read_table(output, name="out.csv").rows())) == 600
    assert not list((tmp_path / "screening").iterdir())


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        (b"\x00\x01\x02", (), 1),
        (b"colour\nred\n", (), 1),
        (b"name\nX\n", ("--output", "out.pdf"), 2),
        (b"name\nX\n", ("--threshold", "7"), 2),
    ],
)
def test_the_command_leaves_with_the_code_it_promises(tmp_path, content, arguments, code):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError) as error:
        call_command("screen", str(path), *arguments)
    assert error.value.returncode == code


@pytest.mark.django_db(transaction=True)
def test_two_workers_say_what_one_says(lists, tmp_path):
    path = tmp_path / "list.csv"
    names = [
        f"{word} {n}" for n in range(40) for word in ("Meridian Crewing Holdings", "Bagmara Manpower", "Blue Lantern")
    ]
    path.write_text("name\n" + "\n".join(names) + "\n")
    for workers in ("1", "2"):
        call_command("screen", str(path), "--output", str(tmp_path / f"{workers}.csv"), "--workers", workers)
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_a_suspension_is_seen_at_once_by_an_engine_made_before(farah, lists):
    recruiter = make_recruiter("Third Lotus Placement")
    licence = make_licence(recruiter, number="RL-3")
    used = engine.current_engine()
    (before,) = used.similar(engine.Query("Third Lotus Placement"), dataset="register", limit=1)
    suspend(licence)
    (after,) = used.similar(engine.Query("Third Lotus Placement"), dataset="register", limit=1)
    assert before.target.standing != after.target.standing
    assert before.target.content_hash != after.target.content_hash
    assert used.similar(engine.Query("Third Lotus Placement"), dataset="watchlists") == []


def test_many_rows_are_screened_as_each_alone_with_few_statements(farah, lists, django_assert_max_num_queries):
    names = ["Meridian Crewing Holdings", "", "Bagmara Manpower", "Blue Lantern", "12 34", "مركز البحر"] * 5
    queries = [engine.Query(name) for name in names]
    used = engine.current_engine()
    alone = [used.screen(query, 0.7) for query in queries]
    assert {answer.result.outcome for answer in alone} >= {"match", "clear", "not_screened"}
    with django_assert_max_num_queries(20):
        assert used.screen_many(queries, 0.7) == alone


def test_a_register_that_is_not_in_the_index_is_never_called_clear(farah, lists):
    from parties.nameindex import clear

    clear()
    screening = make_screening(farah, {"name": "Blue Lantern"})
    assert (outcome(screening).outcome, outcome(screening).reason) == ("not_screened", "list_empty")
    call_command("index_names")
    screening = make_screening(farah, {"name": "Meridian Crewing Holdings"})
    assert outcome(screening).outcome == "match"
