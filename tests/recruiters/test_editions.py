"""An edition of a watchlist is looked at before it counts, can be taken back, and a list can go out of use."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from recruiters.models import ListProposal, ListRetirement, Screening, ScreeningHit, WatchlistEntry, WatchlistSource
from recruiters.services import WatchlistRefused, load_watchlist
from recruiters.services.listproposals import undo_edition
from recruiters.services.retiring import answer_retirement, retire_list
from tests.recruiters.making import make_recruiter, make_screening, make_watchlist

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


def key_of(response) -> str:
    return re.findall(r'name="form_key" value="([^"]+)"', response.content.decode())[0]


def entity(number: int, **properties) -> dict:
    given = {"name": [f"Orion Trading {number}"], "topics": ["debarment"], **properties}
    return {"id": f"wl-{number}", "schema": "Company", "properties": given}


def lines(*entities: dict) -> bytes:
    return "\n".join(json.dumps(each) for each in entities).encode()


@pytest.fixture
def bring(client, farah, django_capture_on_commit_callbacks):
    """Return a way to bring an edition by the page."""
    client.force_login(farah)

    def do(data: bytes, day: date | None = None, **fields):
        page = client.get(url("watchlist_load"))
        given = {"form_key": key_of(page), "name": "Debarred", "list_date": day or timezone.localdate()}
        file = SimpleUploadedFile("list.jsonl", data)
        return client.post(url("watchlist_load"), {**given, "max_age_days": 60, "file": file, **fields}, follow=True)

    return do


def let_in(client, capture, **ticks):
    waiting = ListProposal.objects.get(state="waiting")
    address = url("watchlist_proposal", waiting.ref)
    with capture(execute=True):
        return client.post(address, {"form_key": key_of(client.get(address)), **ticks})


def standing() -> set[str]:
    return set(WatchlistEntry.objects.filter(gone_on__isnull=True).values_list("name", flat=True))


def test_an_edition_is_shown_before_it_replaces_anything(client, bring, django_capture_on_commit_callbacks):
    bring(lines(*(entity(n) for n in range(20))))
    assert not WatchlistSource.objects.exists()
    let_in(client, django_capture_on_commit_callbacks)
    assert len(standing()) == 20
    changed = [entity(0, country=["np"]), *(entity(n) for n in range(1, 19)), entity(77)]
    page = bring(lines(*changed)).content.decode()
    assert len(standing()) == 20
    for name in ("Orion Trading 0", "Orion Trading 77", "Orion Trading 19"):
        assert f"<bdi>{name}</bdi>" in page
    waiting = ListProposal.objects.get(state="waiting")
    assert f'href="{waiting.get_absolute_url()}"' in client.get(url("watchlists")).content.decode()
    answer = let_in(client, django_capture_on_commit_callbacks)
    assert answer.status_code == 302
    assert "Orion Trading 77" in standing()
    waiting.refresh_from_db()
    assert waiting.upload.destroyed_on is not None


def test_a_large_drop_and_an_older_edition_each_need_a_tick(
    client, bring, django_capture_on_commit_callbacks, tmp_path
):
    make_watchlist(tmp_path, *({"name": f"Orion Trading {n}", "id": f"wl-{n}"} for n in range(60)))
    page = bring(lines(entity(0)), timezone.localdate() - 3 * DAY).content.decode()
    assert "older than the one here" in page
    assert "More than a tenth" in page
    for ticks in ({}, {"allow_older": "on"}, {"allow_drop": "on"}):
        assert let_in(client, django_capture_on_commit_callbacks, **ticks).status_code == 422
        assert len(standing()) == 60
    assert let_in(client, django_capture_on_commit_callbacks, allow_older="on", allow_drop="on").status_code == 302
    assert len(standing()) == 1


def test_a_day_in_the_future_is_refused_and_keeps_nothing(bring):
    answer = bring(lines(entity(0)), timezone.localdate() + 365 * DAY)
    assert answer.status_code == 422
    assert "dated in the future" in answer.content.decode()
    assert not ListProposal.objects.exists()


def test_the_command_guards_the_same(tmp_path):
    make_watchlist(tmp_path, *({"name": f"Orion Trading {n}", "id": f"wl-{n}"} for n in range(20)))
    path = tmp_path / "small.jsonl"
    path.write_bytes(lines(entity(0)))
    with pytest.raises(CommandError, match="tenth"):
        call_command("import_watchlist", str(path), "--source", "Debarred")
    with pytest.raises(CommandError, match="older"):
        call_command("import_watchlist", str(path), "--source", "Debarred", "--allow-drop", "--list-date", "2020-01-01")
    with pytest.raises(WatchlistRefused, match="future"):
        load_watchlist(path, source="New", list_date=timezone.localdate() + DAY, actor=SYSTEM)
    assert len(standing()) == 20
    call_command("import_watchlist", str(path), "--source", "Debarred", "--allow-drop")
    assert len(standing()) == 1


def test_birth_dates_that_are_not_clear_and_unknown_topics_are_told_by_line(bring):
    person = entity(1, birthDate=["01/02/2020"], topics=["nonsense.topic", "sanction"]) | {"schema": "Person"}
    page = bring(lines(entity(0), person)).content.decode()
    assert "date of birth not clear: at most its year is compared: 1 (first in line 2)" in page
    assert "topic “nonsense.topic”: 1 (first in line 2)" in page


def test_a_discarded_edition_changes_nothing_and_its_file_is_destroyed(client, bring):
    bring(lines(entity(0)))
    waiting = ListProposal.objects.get()
    client.post(url("watchlist_discard", waiting.ref))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.upload.destroyed_on is not None) == ("discarded", True)
    assert not WatchlistSource.objects.exists()
    assert "was discarded" in client.get(waiting.get_absolute_url()).content.decode()


def test_the_last_edition_is_taken_back_record_by_record(tmp_path, client, farah):
    entries = [{"name": f"Orion Trading {n}", "id": f"wl-{n}"} for n in range(4)]
    make_watchlist(tmp_path, *entries, list_date=timezone.localdate() - 5 * DAY)

    def state() -> list:
        kept = WatchlistEntry.objects.filter(gone_on__isnull=True)
        return list(kept.order_by("external_id").values_list("external_id", "name", "countries", "content_hash"))

    before = state()
    wrong = make_watchlist(
        tmp_path, entries[0] | {"country": "np"}, {"name": "Newcomer", "id": "wl-9"},
        {"name": "Orion Trading 2", "id": "wl-20", "referents": ["wl-2"]},
    )  # fmt: skip
    assert state() != before
    client.force_login(farah)
    assert "Take the last edition back" in client.get(url("watchlist", "debarred")).content.decode()
    address = url("watchlist_undo", wrong.ref)
    assert client.post(address, {"form_key": key_of(client.get(address))}).status_code == 302
    assert state() == before
    source = WatchlistSource.objects.get()
    assert source.list_date == timezone.localdate() - 5 * DAY
    assert source.current.undoes == wrong
    with pytest.raises(WatchlistRefused):
        undo_edition(source.current, actor=farah)


def test_one_stale_list_brought_by_mistake_stops_no_clear_after_it_went_out_of_use(tmp_path, farah, settings):
    make_recruiter("Himchuli Overseas")
    make_watchlist(tmp_path, {"name": "Orion Trading"}, source="Real")
    mistake = make_watchlist(
        tmp_path, {"name": "Quite Another"}, source="Test list", list_date=timezone.localdate() - 400 * DAY
    )
    screening = make_screening(farah, {"name": "Sagarmala Placement", "country": "NP"})
    assert screening.rows.get().outcome == "not_screened"
    made = retire_list(mistake.source, reason="a test", actor=farah)
    assert made.state == ListRetirement.State.PROPOSED  # a screening named it
    with pytest.raises(WatchlistRefused, match="Another officer"):
        answer_retirement(made, agree=True, actor=farah)


def test_what_waited_for_a_retired_list_is_screened_again_without_it(
    tmp_path, farah, client, django_user_model, django_capture_on_commit_callbacks
):
    second = django_user_model.objects.create_user("faisal")
    second.memberships.create(account=farah.memberships.get().account, role="ministry_officer")
    make_recruiter("Himchuli Overseas")
    make_watchlist(tmp_path, {"name": "Orion Trading"}, source="Real")
    old = make_watchlist(
        tmp_path, {"name": "Quite Another"}, source="Test list", list_date=timezone.localdate() - 400 * DAY
    )
    screening = make_screening(farah, {"name": "Sagarmala Placement", "country": "NP"}, {"name": "Quite Another"})
    hit = ScreeningHit.objects.get(list_code="test-list")
    made = retire_list(old.source, reason="brought in by mistake", actor=farah)
    client.force_login(second)
    page = client.get(url("watchlist", "test-list")).content.decode()
    assert "brought in by mistake" in page
    address = url("watchlist_retire", "test-list")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"form_key": key_of(client.get(address)), "answer": "agree"})
    made.refresh_from_db()
    assert (made.state, WatchlistSource.objects.get(code="test-list").is_active) == ("done", False)
    hit.refresh_from_db()
    assert (hit.state, hit.note, hit.list_name) == ("superseded", "list_retired", "Test list")
    again = Screening.objects.get(kind=Screening.Kind.RESCREEN)
    assert dict(again.rows.values_list("name", "outcome")) == {"Sagarmala Placement": "clear", "Quite Another": "clear"}
    screening.refresh_from_db()
    assert [each["code"] for each in screening.lists] == ["register", "real", "test-list"]
    assert "out of use" in client.get(url("watchlists")).content.decode()


def test_a_list_that_nothing_rests_on_goes_by_one_officer_and_a_later_edition_brings_it_back(tmp_path, farah):
    load = make_watchlist(tmp_path, {"name": "Orion Trading"})
    made = retire_list(load.source, reason="a test", actor=farah)
    assert made.state == ListRetirement.State.DONE
    make_watchlist(tmp_path, {"name": "Orion Trading"})
    assert WatchlistSource.objects.get().is_active


def test_readers_confirm_take_back_and_retire_nothing(tmp_path, client, auditor, rosa):
    load = make_watchlist(tmp_path, {"name": "Orion Trading"})
    for user in (auditor, rosa):
        client.force_login(user)
        for address in (url("watchlist_undo", load.ref), url("watchlist_retire", "debarred")):
            assert client.post(address, {"reason": "x"}).status_code in (403, 404)
    assert WatchlistSource.objects.get().is_active


def test_what_an_edition_left_out_is_told_and_a_broken_one_is_refused(
    client, bring, django_capture_on_commit_callbacks
):
    bring(lines(entity(0)) + b"\n{broken\n", name="Regional", max_age_days=30)
    let_in(client, django_capture_on_commit_callbacks)
    assert "lines that are not JSON: 1" in client.get(url("watchlist", "regional")).content.decode()
    assert WatchlistSource.objects.get().max_age_days == 30
    assert bring(b"{}", name="Regional").status_code == 422
