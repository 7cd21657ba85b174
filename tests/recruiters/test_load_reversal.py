"""A whole load can be reversed: everything is as it was before, or nothing is touched and the reasons are told."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.models import AuditEntry
from parties.models import Contact, Identifier, IndexedName, Name, NameKey, Party, Relationship, Site
from recruiters import services
from recruiters.models import Licence, LicenceStatus, LoadChange, Recruiter, RegisterLoad, SourceRecord
from recruiters.queries import search_recruiters
from recruiters.services import LoadRefused, load_register, undo_load
from recruiters.undoing import Since, obstacles
from tests import fullsize
from tests.recruiters.making import make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db
HEAD = "Name,Country,Licence No,Status,Expiry,Owner,Address,Phone,Destinations\n"


def put(folder: Path, *rows: str) -> Path:
    path = folder / "register.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def agencies(count: int, status: str = "Valid License") -> list[str]:
    return [
        f"Agency {chr(65 + n % 26)}{n} Pvt. Ltd.,NP,RL-{n:04d},{status},2099-01-01,Owner {n} Rai,"
        f"{n} Main Street,555-{n:04d},Qatar; Malaysia"
        for n in range(count)
    ]


def load(path: Path, **fields) -> RegisterLoad:
    return load_register(path, source=fields.pop("source", "nepal"), actor=SYSTEM, **fields)


def state() -> dict[str, list[tuple]]:
    """Return everything that the register holds, without keys and references of rows."""
    return {
        "recruiters": sorted(
            Recruiter.objects.values_list(
                "party__name", "sort_name", "country", "phone", "email", "website", "standing_code", "standing_since",
                "standing_until", "standing_then", "expires_on", "licence_number", "kind",
            ),
            key=str,
        ),
        "names": sorted(Name.objects.values_list("party__name", "text", "kind")),
        "keys": sorted(NameKey.objects.values_list("name__text", "key")),
        "history": sorted(LicenceStatus.objects.values_list("licence__number", "code", "raw", "effective_on"), key=str),
        "parties": sorted(Party.objects.values_list("kind", "name")),
        "ties": sorted(Relationship.objects.values_list("source__name", "kind", "target__name", "ends"), key=str),
        "sites": sorted(Site.objects.values_list("party__name", "address")),
        "contacts": sorted(Contact.objects.values_list("party__name", "kind", "value", "ends"), key=str),
        "filed": IndexedName.objects.count(),
        "numbers": sorted(Identifier.objects.values_list("party__name", "value")),
        "records": sorted(SourceRecord.objects.values_list("source", "key", "digest", "gone_on"), key=str),
        "corridors": sorted(Recruiter.objects.values_list("party__name", "corridors__destination"), key=str),
    }  # fmt: skip


def test_a_first_load_taken_back_leaves_the_register_as_empty_as_it_was(tmp_path):
    make_licence(make_recruiter("Himchuli Overseas"), number="KEPT-1")
    before = state()
    made = load(put(tmp_path, *agencies(30)))
    assert Recruiter.objects.count() == 31
    undo_load(made, actor=SYSTEM)
    assert state() == before
    assert RegisterLoad.objects.get().state == "undone"
    assert AuditEntry.objects.filter(verb="register.reversed", subject=made.ref, facts__undone=30).count() == 1


def test_a_second_edition_taken_back_restores_names_standings_people_and_what_was_gone(tmp_path):
    make_licence(make_recruiter("Himchuli Overseas"), number="RL-9000", country="NP")
    rows = agencies(30)
    load(put(tmp_path, *rows))
    before = state()
    changed = [
        rows[0].replace("Agency A0", "Sagarmala").replace("Main Street", "New Road"),
        rows[1].replace("Valid License", "Suspended (Document Processing)"),
        rows[2].replace("Owner 2 Rai", "Somebody Else").replace("555-0002", "555-9999").replace("Qatar", "Japan"),
        *rows[3:28],
        "Himchuli Overseas Private Limited,NP,RL-9000,Valid License,2099-01-01,,,,Qatar",
        "Wholly New Ltd,NP,RL-7777,Valid License,2099-01-01,A Person,,,",
    ]
    made = load(put(tmp_path, *changed), accept_names=True)
    assert (made.added, made.changed, made.gone) == (1, 4, 2)
    assert dict(made.changes.values_list("kind").distinct().values_list("kind", "kind")).keys() == {
        "added", "linked", "changed", "gone",
    }  # fmt: skip
    assert state() != before
    undo_load(made, actor=SYSTEM)
    assert state() == before
    assert search_recruiters(Recruiter.objects.all(), "sagarmala").count() == 0


def in_force(model, **fields) -> set[str]:
    name = "source__name" if model is Relationship else "value"
    return set(model.objects.filter(ends__isnull=True, **fields).values_list(name, flat=True))


def test_what_an_edition_no_longer_names_ends_on_the_day_before_and_comes_back_with_the_reversal(tmp_path):
    today = timezone.localdate()
    rows = agencies(2)
    load(put(tmp_path, *rows), day=today - timedelta(days=100))
    before = state()
    changed = rows[0].replace("Owner 0 Rai", "Somebody Else").replace("0 Main Street", "9 New Road").replace(
        "555-0000", "")  # fmt: skip
    made = load(put(tmp_path, changed, rows[1]), day=today)
    assert in_force(Relationship) == {"Somebody Else", "Owner 1 Rai"}
    assert Relationship.objects.get(source__name="Owner 0 Rai").ends == today - timedelta(days=1)
    assert {place.split(",")[0] for place in in_force(Contact, kind="address")} == {"9 New Road", "1 Main Street"}
    assert in_force(Contact, kind="phone") == {"555-0001"}
    assert Recruiter.objects.get(licence_number="RL-0000").phone == ""
    undo_load(made, actor=SYSTEM)
    assert state() == before

    again = load(put(tmp_path, changed, rows[1]), day=today)
    back = load(put(tmp_path, *rows), day=today)
    assert in_force(Relationship) == {"Owner 0 Rai", "Owner 1 Rai"}
    assert Relationship.objects.filter(source__name="Owner 0 Rai").count() == 2  # held, left, and holds again
    for each in (back, again):
        undo_load(each, actor=SYSTEM)
    assert state() == before


def test_a_column_that_is_missing_and_another_register_s_word_end_nothing(tmp_path):
    rows = agencies(1)
    load(put(tmp_path, *rows))
    short = tmp_path / "short.csv"
    short.write_text("Name,Country,Licence No,Status,Expiry\nAgency A0 Pvt. Ltd.,NP,RL-0000,Valid License,2098-01-01\n")
    load(short)
    assert in_force(Relationship) == {"Owner 0 Rai"}
    load(put(tmp_path, *rows), source="second")
    load(put(tmp_path, rows[0].replace("Owner 0 Rai", "")))
    assert in_force(Relationship) == {"Owner 0 Rai"}


def test_what_a_person_entered_is_not_ended_by_a_file(tmp_path):
    rows = agencies(1)
    load(put(tmp_path, *rows))
    services.add_person(Recruiter.objects.get(), name="Entered By Hand", role="owner", actor=SYSTEM)
    load(put(tmp_path, rows[0].replace("Owner 0 Rai", "Somebody Else")))
    assert in_force(Relationship) == {"Somebody Else", "Entered By Hand"}


def test_after_a_reversal_the_mended_file_goes_in_without_duplicates(tmp_path):
    made = load(put(tmp_path, *agencies(20, "Revoked")))
    undo_load(made, actor=SYSTEM)
    again = load(put(tmp_path, *agencies(20)))
    assert (again.added, again.changed) == (20, 0)
    assert Recruiter.objects.standing_today("active").count() == Licence.objects.count() == 20


def test_a_load_that_a_newer_one_followed_waits_for_its_turn(tmp_path):
    first = load(put(tmp_path, *agencies(5)))
    second = load(put(tmp_path, *agencies(6)))
    with pytest.raises(LoadRefused, match=second.ref):
        undo_load(first, actor=SYSTEM)
    undo_load(second, actor=SYSTEM)
    undo_load(first, actor=SYSTEM)
    assert not Recruiter.objects.exists()


def test_a_load_is_reversed_once(tmp_path):
    made = undo_load(load(put(tmp_path, *agencies(2))), actor=SYSTEM)
    with pytest.raises(LoadRefused):
        undo_load(made, actor=SYSTEM)


def test_later_human_acts_keep_the_load_and_are_named_one_by_one(tmp_path, farah):
    made = load(put(tmp_path, *agencies(8)))
    people = list(Recruiter.objects.order_by("pk"))
    suspend(people[0].licences.get())
    services.note_risk(people[1], "fee.recruitment", "serious", "FEE-1", timezone.localdate(), actor=SYSTEM)
    services.edit_recruiter(people[2], actor=farah, phone="1")
    services.add_person(people[3], name="A Newcomer", role="owner", actor=farah)
    make_licence(people[4], number="ADDED-BY-HAND")
    before = state()
    with pytest.raises(LoadRefused) as refusal:
        undo_load(made, actor=farah)
    assert state() == before
    told = "\n".join(refusal.value.reasons)
    for recruiter in people[:5]:
        assert recruiter.ref in told
    assert people[5].ref not in told
    assert "5 of its recruiters" in str(refusal.value)


def test_the_rest_can_be_taken_back_while_what_others_built_on_stays(tmp_path, farah):
    made = load(put(tmp_path, *agencies(4)))
    kept = Recruiter.objects.order_by("pk").first()
    suspend(kept.licences.get())
    undo_load(made, actor=farah, leave=True)
    assert list(Recruiter.objects.all()) == [kept]
    assert sorted(LoadChange.objects.values_list("fate", flat=True)) == ["left", "undone", "undone", "undone"]


def test_what_was_taken_back_can_still_be_told(tmp_path):
    made = load(put(tmp_path, *agencies(1)))
    ref = Recruiter.objects.get().ref
    undo_load(made, actor=SYSTEM)
    change = LoadChange.objects.get()
    assert (change.recruiter_ref, change.recruiter) == (ref, None)
    assert change.kept["statuses"][0]["raw"] == "Valid License"
    assert "Rai" not in str(change.kept)  # people are not kept


def test_an_undecided_hit_is_no_reason_to_keep_a_load(tmp_path, farah):
    from tests.recruiters.making import make_screening, make_watchlist

    make_watchlist(tmp_path)
    made = load(put(tmp_path, *agencies(1)))
    screening = make_screening(farah, {"name": "Agency A0 Pvt. Ltd.", "country": "NP"})
    assert screening.hits.filter(recruiter__isnull=False).exists()
    undo_load(made, actor=farah)
    assert not Recruiter.objects.exists()
    assert screening.hits.exists()


def test_nobody_but_an_officer_reverses_a_load(tmp_path, rosa):
    from django.core.exceptions import PermissionDenied

    made = load(put(tmp_path, *agencies(1)))
    with pytest.raises(PermissionDenied):
        undo_load(made, actor=rosa)


def test_another_register_s_later_word_keeps_the_load(tmp_path):
    first = load(put(tmp_path, *agencies(2)))
    load(put(tmp_path, *agencies(1)), source="embassy")
    with pytest.raises(LoadRefused) as refusal:
        undo_load(first, actor=SYSTEM)
    assert len(refusal.value.reasons) >= 1


def test_reversing_asks_as_many_questions_for_a_hundred_as_for_twenty_five(tmp_path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(count: int) -> int:
        made = load(put(tmp_path, *agencies(count)))
        with CaptureQueriesContext(connection) as seen:
            undo_load(made, actor=SYSTEM)
        return len(seen)

    assert asked(100) - asked(25) <= 4


def test_case_11_thirty_seven_bad_rows_are_named_mended_without_duplicates_and_all_is_taken_back(tmp_path, capsys):
    """Acceptance (every run: a twentieth of its rows): by number, column and reason; no duplicates; reversed whole."""
    count = fullsize.rows(500, 10_000)
    rows = [f"Agency {n} Overseas,NP,RL-{n:05d},Valid License,2099-01-01,,,," for n in range(count)]
    bad = dict(list(enumerate(rows))[5:count:13][:37])
    broken = [row.replace("2099-01-01", "someday") if place in bad else row for place, row in enumerate(rows)]
    call_command("import_register", str(put(tmp_path, *broken)), "--source", "nepal")
    out = capsys.readouterr().out
    for place in bad:
        assert f"Row {place + 2}, column “Expiry”: this is not a date that can be read." in out
    first = RegisterLoad.objects.get()
    assert (first.read, first.rejected, first.added, first.rejected_rows.count()) == (count, 37, count - 37, 37)
    second = load(put(tmp_path, *rows))
    assert (second.added, second.unchanged, Recruiter.objects.count()) == (37, count - 37, count)
    undo_load(second, actor=SYSTEM)
    assert Recruiter.objects.count() == count - 37
    undo_load(first, actor=SYSTEM)
    assert not Recruiter.objects.exists()
    assert not Party.objects.exists()
    assert not NameKey.objects.exists()


VALUES = st.dictionaries(st.sampled_from(["name", "phone", "email"]), st.text(max_size=3))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(left=VALUES, now=VALUES, decisions=st.integers(0, 3), acts=st.lists(st.tuples(st.text(), st.integers(0, 2))))
def test_nothing_is_in_the_way_exactly_when_nobody_touched_it(left, now, decisions, acts):
    found = obstacles(Since(left=left, now=now, decisions=decisions, acts=tuple(acts)))
    touched = any(now.get(name, value) != value for name, value in left.items())
    assert bool(found) == (touched or decisions > 0 or any(count for _name, count in acts))


def test_a_day_later_nothing_else_moves(tmp_path):
    made = load(put(tmp_path, *agencies(3)), day=timezone.localdate() - timedelta(days=1))
    undo_load(made, actor=SYSTEM)
    assert not LicenceStatus.objects.exists()
