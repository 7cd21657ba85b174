"""A register's file and what is here already: who may change what, who is asked, and how its dates are read."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from recruiters.licensing import ADVERSE, Status
from recruiters.models import Licence, Recruiter, RegisterLoad, RegisterSource
from recruiters.precedence import Outcome, Said, Weight, better, graver, outcome
from recruiters.services import load_register
from recruiters.writtendates import ASK, DAY_FIRST, EITHER, MONTH_FIRST, AmbiguousDate, read_date, way_of
from tests.recruiters.making import make_licence, make_recruiter, suspend

HEAD = "Name,Country,Licence No,Status,Expiry\n"
AUTHORITY = "Department of Foreign Employment"
DAY = timedelta(days=1)


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


def key_of(response) -> str:
    return re.findall(r'name="form_key" value="([^"]+)"', response.content.decode())[0]


@pytest.fixture
def bring(client, farah, django_capture_on_commit_callbacks):
    """Return a way to bring a file in by the page and get its load."""
    client.force_login(farah)

    def do(*lines: str, source: str = "other-list", authority: str = "") -> RegisterLoad:
        file = SimpleUploadedFile("register.csv", (HEAD + "\n".join(lines) + "\n").encode())
        key = key_of(client.get(url("load_new")))
        given = {"form_key": key, "source": source, "authority": authority, "country": ""}
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(url("load_new"), {**given, "file": file})
        assert answer.status_code == 302, answer.content.decode()
        return RegisterLoad.objects.get(ref=answer["Location"].rstrip("/").rpartition("/")[2])

    return do


@pytest.fixture
def press(client, farah, django_capture_on_commit_callbacks):
    """Return a way to press a button of a load's page."""

    def do(load: RegisterLoad, what: str, **fields):
        key = key_of(client.get(url("load", load.ref))) if what != "discard" else ""
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url(f"load_{what}", load.ref), {"form_key": key, **fields})

    return do


def page_of(client, load: RegisterLoad) -> str:
    return client.get(url("load", load.ref)).content.decode()


def expired(number: str = "RL-0060", name: str = "Himchuli Overseas") -> Licence:
    today = timezone.localdate()
    return make_licence(
        make_recruiter(name), number=number, authority=AUTHORITY, issued_on=today - 900 * DAY,
        expires_on=today - 400 * DAY,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_list_by_somebody_else_makes_no_expired_licence_valid_and_says_so_before(client, bring, press):
    licence = expired()
    load = bring("Himchuli Overseas,NP,RL-0060,Valid License,2029-04-25")
    page = page_of(client, load)
    assert load.changed == 1
    assert "not its authority" in page
    assert "The file says" in page
    assert press(load, "confirm").status_code == 302
    load.refresh_from_db()
    assert load.state == "applied"
    assert licence.standing().code == Status.EXPIRED
    assert load.report["kept_because_of_source"] == [licence.ref]


@pytest.mark.django_db
def test_the_authoritys_own_register_changes_status_only_with_a_tick_that_names_the_count(client, bring, press):
    licence = expired()
    load = bring("Himchuli Overseas,NP,RL-0060,Valid License,2029-04-25", source="dofe", authority=AUTHORITY)
    page = page_of(client, load)
    assert "<del><bdi>Expired</bdi></del>" in page
    assert "Licences that get a better status: 1" in page
    refused = press(load, "confirm")
    assert refused.status_code == 422
    assert licence.standing().code == Status.EXPIRED
    assert press(load, "confirm", better_2="on").status_code == 422  # agreed to another number
    assert press(load, "confirm", better_1="on").status_code == 302
    assert licence.standing().valid
    again = bring("Himchuli Overseas,NP,RL-0060,Revoked,2029-04-25", source="dofe")  # its authority is remembered
    assert "Licences that get a graver status: 1" in page_of(client, again)
    press(again, "confirm", graver_1="on")
    assert licence.standing().code == Status.REVOKED


@pytest.mark.django_db
def test_what_the_authoritys_own_register_said_is_not_changed_by_a_later_list_of_somebody_else(tmp_path):
    licence = expired()
    path = tmp_path / "register.csv"
    path.write_text(HEAD + "Himchuli Overseas,NP,RL-0060,Revoked,2029-04-25\n")
    load_register(path, source="dofe", authority=AUTHORITY, actor=SYSTEM)
    assert licence.standing().code == Status.REVOKED
    path.write_text(HEAD + "Himchuli Overseas,NP,RL-0060,Valid License,2029-04-25\n")
    load_register(path, source="other-list", actor=SYSTEM)
    assert licence.standing().code == Status.REVOKED


@pytest.mark.django_db
def test_another_name_under_a_known_number_is_asked_and_changes_nothing_meanwhile(client, bring, press):
    licence = expired("RL-0109", "Al-Amin Recruiting Agency")
    row = "Something Else Totally,NP,RL-0109,Valid License,2029-04-25"
    load = bring(row, source="dofe", authority=AUTHORITY)
    page = page_of(client, load)
    assert "which is here as “Al-Amin Recruiting Agency”" in page
    press(load, "confirm")
    load.refresh_from_db()
    assert load.state == "applied"
    assert licence.standing().code == Status.EXPIRED
    assert Recruiter.objects.get().party.names.count() == 1
    assert load.rejected_rows.get().problems[0]["rule"] == "another_name"
    again = bring(row, source="dofe")
    refused = press(again, "confirm", name_2="same")  # the same after all: now the status is asked about
    assert "Licences that get a better status: 1" in refused.content.decode()
    assert press(again, "confirm", name_2="same", better_1="on").status_code == 302
    assert licence.standing().valid


@pytest.mark.django_db
def test_a_name_that_is_only_written_otherwise_is_not_asked_about(bring):
    expired("RL-0109", "Al-Amin Recruiting Agency")
    load = bring("Al Ameen Recruiting Agency Pvt Ltd,NP,RL-0109,Expired,2024-01-01")
    assert load.report["asked"] == 0


@pytest.mark.django_db
def test_a_register_that_does_not_speak_for_a_licence_neither_renames_nor_delists_nor_replaces_a_telephone(tmp_path):
    licence = make_licence(make_recruiter("Himchuli Overseas", phone="1111"), number="RL-7")
    head = "Name,Country,Licence No,Status,Expiry,Phone\n"
    path = tmp_path / "list.csv"
    rows = [f"Agency {n},NP,XX-{n},Valid License,2099-01-01," for n in range(20)]
    path.write_text(head + "\n".join([*rows, "Himchuli Overseas,NP,RL-7,Revoked,2099-01-01,9999"]))
    load_register(path, source="list", actor=SYSTEM)
    path.write_text(head + "\n".join(rows))
    load_register(path, source="list", actor=SYSTEM)
    recruiter = Recruiter.objects.get(pk=licence.recruiter_id)
    assert (recruiter.phone, recruiter.name, recruiter.current_code) == ("1111", "Himchuli Overseas", "active")


@pytest.mark.django_db
def test_an_order_given_here_stands_against_the_authoritys_own_register(bring, press, client):
    licence = make_licence(make_recruiter("Himchuli Overseas"), number="RL-8", authority=AUTHORITY)
    suspend(licence)
    load = bring("Himchuli Overseas,NP,RL-8,Valid License,2099-01-01", source="dofe", authority=AUTHORITY)
    assert "An order given here stands" in page_of(client, load)
    press(load, "confirm")
    assert licence.standing().code == Status.SUSPENDED_DISCIPLINARY


@pytest.mark.django_db
def test_dates_that_can_be_read_in_two_ways_are_asked_about_once_and_remembered(client, bring, press):
    load = bring("A Ltd,NP,RL-1,Valid License,03/04/2029", "B Ltd,NP,RL-2,Valid License,01/02/2030")
    assert load.state == "asking"
    page = page_of(client, load)
    for day in (date(2029, 4, 3), date(2029, 3, 4)):
        assert f"03/04/2029 = {date_format(day)}" in page
    assert not Recruiter.objects.exists()
    assert press(load, "dates", dates="mdy").status_code == 302
    load.refresh_from_db()
    assert (load.state, load.accepted, load.rejected) == ("staged", 2, 0)
    press(load, "confirm")
    assert Recruiter.objects.get(party__name="A Ltd").expires_on == date(2029, 3, 4)
    assert RegisterSource.objects.get(source="other-list").dates == MONTH_FIRST
    later = bring("A Ltd,NP,RL-1,Valid License,05/04/2029")
    assert later.state == "staged"


@pytest.mark.django_db
def test_a_date_that_shows_the_order_answers_for_the_others_and_it_is_told(client, bring):
    load = bring("A Ltd,NP,RL-1,Valid License,03/04/2029", "B Ltd,NP,RL-2,Valid License,25/04/2029")
    assert (load.state, load.accepted) == ("staged", 2)
    assert f"day first: 03/04/2029 = {date_format(date(2029, 4, 3))}" in page_of(client, load)


@pytest.mark.django_db
def test_the_command_rejects_a_row_whose_date_it_would_have_to_guess(tmp_path, capsys):
    from django.core.management import call_command

    path = tmp_path / "register.csv"
    path.write_text(HEAD + "A Ltd,NP,RL-1,Valid License,03/04/2029\nB Ltd,NP,RL-2,Valid License,2030-01-01\n")
    call_command("import_register", str(path))
    assert "cannot be told apart" in capsys.readouterr().out
    call_command("import_register", str(path), "--dates", "dmy")
    assert Recruiter.objects.get(party__name="A Ltd").expires_on == date(2029, 4, 3)


@pytest.mark.django_db
def test_a_load_with_a_question_can_be_discarded_and_readers_answer_nothing(client, bring, press, auditor):
    load = bring("A Ltd,NP,RL-1,Valid License,03/04/2029")
    press(load, "discard")
    load.refresh_from_db()
    assert (load.state, load.upload.destroyed_on is not None) == ("discarded", True)
    other = bring("A Ltd,NP,RL-1,Valid License,03/04/2029", source="second")
    client.force_login(auditor)
    assert client.post(url("load_dates", other.ref), {"dates": "dmy"}).status_code in (403, 404)


@pytest.mark.django_db
def test_two_rows_of_one_file_with_one_licence_number_are_one_licence(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("ID,Name,Country,Licence No,Status,Expiry\n1,A Ltd,NP,RL-1,Valid License,2099-01-01\n"
                    "2,A Ltd Branch,NP,RL-1,Valid License,2099-01-01\n")  # fmt: skip
    made = load_register(path, source="nepal", actor=SYSTEM)
    assert (made.added, made.rejected, Licence.objects.count()) == (1, 1, 1)


SAIDS = st.builds(
    Said,
    st.sampled_from([str(status) for status in Status]),
    st.none() | st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.dates(date(2024, 1, 1), date(2026, 1, 1)),
    st.sampled_from(Weight),
)


@given(SAIDS, SAIDS.filter(lambda said: said.weight is not Weight.ORDER))
def test_no_file_betters_an_order_and_no_other_register_changes_anything_weightier(stands, file):
    found = outcome(stands, file)
    if stands.weight is Weight.ORDER and stands.code in ADVERSE and better(stands.code, file.code):
        assert found is Outcome.ORDER
    if file.weight is Weight.OTHER and stands.weight > Weight.OTHER:
        assert found is not Outcome.APPLY
    assert not (graver(stands.code, file.code) and better(stands.code, file.code))


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_date_is_read_back_by_the_order_it_was_written_in_and_never_guessed(day):
    for order, text in ((DAY_FIRST, f"{day:%d/%m/%Y}"), (MONTH_FIRST, f"{day:%m/%d/%Y}")):
        assert read_date(text, order) == day
        if way_of(text) == EITHER:
            with pytest.raises(AmbiguousDate):
                read_date(text, ASK)
        else:
            assert read_date(text, ASK) == day
