"""Answering on the web: nothing typed is lost, nothing is stored twice, everything works without JavaScript."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from checklists.models import Sheet
from checklists.sheets import standing
from core.models import SealedRecord
from inspections.models import Draft, Visit
from tests.inspections.builders import answer, make_visit

PLACE = "/workspace/inspections/visits/{ref}/sections/{code}/"


def address(visit: Visit, code: str = "REC") -> str:
    """Return a section's address."""
    return PLACE.format(ref=visit.ref, code=code)


def test_a_section_is_saved_and_leads_on_to_the_next(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    response = client.post(address(visit), {"rec_01": "yes", "base": "0", "form_key": "k1", "next": "on"})
    assert response["Location"] == address(visit, "CON")
    assert standing(visit.ref, visit.version).answer("REC-01").value == "yes"


def test_a_retry_of_the_same_form_stores_nothing_twice(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    for _time in range(3):
        assert client.post(address(visit), {"rec_01": "yes", "form_key": "same"}).status_code == 302
    assert Sheet.objects.filter(subject=visit.ref).count() == 1


def test_an_adverse_answer_without_a_note_comes_back_with_everything_typed(
    visit: Visit, client: Any, rosa: Any
) -> None:
    client.force_login(rosa)
    typed = {
        "rec_04": "yes",
        "rec_05_amount": "1200",
        "rec_05_currency": "NPR",
        "rec_05_note": "Cash.",
        "note": "Afraid.",
    }
    response = client.post(address(visit), {**typed, "form_key": "k"})
    assert response.status_code == 422
    page = response.content.decode()
    for text in ("1200", "NPR", "Cash.", "Afraid."):
        assert text in page
    assert re.search(r'name="rec_04" value="yes"[^>]*checked', page)
    assert not Sheet.objects.exists()


def test_what_could_not_be_saved_is_there_again_when_the_page_is_opened_anew(
    visit: Visit, client: Any, rosa: Any
) -> None:
    client.force_login(rosa)
    client.post(address(visit), {"rec_04": "yes", "note": "Afraid of the supervisor.", "form_key": "k"})
    page = client.get(address(visit)).content.decode()
    assert "Afraid of the supervisor." in page
    assert re.search(r'name="rec_04" value="yes"[^>]*checked', page)


def test_what_is_kept_is_sealed_and_destroyed_once_it_is_saved(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    assert client.post(address(visit), {"note": "Sealed words."}, headers={"X-Draft": "1"}).status_code == 204
    kept = Draft.objects.get().typed
    assert b"Sealed words" not in bytes(kept.ciphertext or b"")
    client.post(address(visit), {"rec_01": "yes", "note": "Sealed words.", "form_key": "k"})
    assert not Draft.objects.exists()
    assert SealedRecord.objects.get(pk=kept.pk).destroyed_on is not None


def test_a_draft_is_its_writers_own(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    client.post(address(visit), {"note": "Only mine."}, headers={"X-Draft": "1"})
    client.force_login(visit.supervisor)
    assert "Only mine." not in client.get(address(visit)).content.decode()


def test_after_an_expired_session_the_answers_come_back_and_are_saved(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    client.get(address(visit))
    Session.objects.all().delete()
    typed = {"rec_01": "yes", "note": "Typed before the session ended.", "form_key": "k"}
    away = client.post(address(visit), typed, headers={"Origin": "http://testserver"})
    assert away.status_code == 302
    assert "/accounts/login/" in away["Location"]
    signed_in = client.post(away["Location"], {"login": "rosa", "password": "demo-safeconduct"})
    page = client.get(signed_in["Location"]).content.decode()
    assert "Typed before the session ended." in page
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    assert client.post(address(visit), fields).status_code == 302
    assert standing(visit.ref, visit.version).answer("REC-01").value == "yes"


def test_amounts_counts_and_words_are_kept_as_given(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    money = {
        "rec_05_amount": "1,200.50",
        "rec_05_currency": "npr",
        "rec_05_per": "once",
        "rec_05_note": "Receipt seen.",
    }
    assert client.post(address(visit), {**money, "form_key": "a"}).status_code == 302
    child = {"chi_04": "A girl of six with her mother.", "chi_01": "0", "form_key": "b"}
    assert client.post(address(visit, "CHI"), child).status_code == 302
    found = standing(visit.ref, visit.version)
    assert str(found.answer("REC-05").value.amount) == "1200.50"  # type: ignore[union-attr]
    assert found.answer("CHI-01").value == 0
    again = client.get(address(visit, "CHI")).content.decode()
    assert "A girl of six with her mother." in again


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        ("REC", {"rec_05_amount": "much", "rec_05_currency": "NPR"}, "amount"),
        ("REC", {"rec_05_amount": "5", "rec_05_currency": "Rs"}, "three letters"),
        ("DOC", {"doc_04": "-2"}, "greater than or equal to 0"),
        ("REC", {"rec_01": "perhaps"}, "perhaps"),
    ],
)
def test_bad_input_is_named_beside_its_question(
    visit: Visit, client: Any, rosa: Any, code: str, typed: Any, said: str
) -> None:
    client.force_login(rosa)
    response = client.post(address(visit, code), {**typed, "form_key": "k"})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_questions_are_asked_in_arabic_and_nepali(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    for language, text in (("ar", "ترخيصاً"), ("ne", "इजाजतपत्र")):
        client.cookies["django_language"] = language
        assert text in client.get(address(visit)).content.decode()


def test_an_unknown_section_is_not_found(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    assert client.get(address(visit, "XXX")).status_code == 404


def test_a_planned_visit_shows_its_questions_and_offers_no_save(client: Any, rosa: Any) -> None:
    visit = make_visit(rosa, started=False)
    client.force_login(rosa)
    page = client.get(address(visit)).content.decode()
    assert "REC-01" in page
    assert "Save and go on" not in page
    assert client.post(address(visit), {"rec_01": "yes", "form_key": "k"}).status_code == 422


def test_the_indicators_page_names_the_answers_that_fired(visit: Visit, client: Any, rosa: Any) -> None:
    answer(visit, rosa, DOC_02="no", REC_06="yes")
    client.force_login(rosa)
    page = client.get(f"/workspace/inspections/visits/{visit.ref}/indicators/").content.decode()
    assert "Refer for assessment" in page
    assert "Was money borrowed for it and is debt left?" in page
    for word in ("victim", "guilty", "trafficker"):
        assert word not in page.lower()


def test_a_file_of_40_megabytes_is_refused_with_a_sentence(visit: Visit, client: Any, rosa: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(rosa)
    big = SimpleUploadedFile("big.jpg", b"\xff\xd8\xff" + b"0" * (40 * 1024 * 1024), content_type="image/jpeg")
    response = client.post(f"/workspace/inspections/visits/{visit.ref}/files/", {"file": big, "form_key": "k"})
    assert response.status_code in (413, 422)
    assert "MB" in response.content.decode()
    assert not visit.exhibits.exists()
