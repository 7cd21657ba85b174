"""The pages of screening: who may open them, what they say, what they hand out."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.documents import MissingFont, faces, fontfiles
from core.documents.scripts import script_of
from core.models import AuditEntry
from core.tabular import read_table
from recruiters import services
from recruiters.certifying import digest_of, facts_of
from recruiters.models import Screening, ScreeningCertificate, ScreeningHit
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist

pytestmark = pytest.mark.django_db
ORION = {"name": "Orion Shipping", "id": "orion", "topics": ["poi"]}


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


def key_of(response) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', response.content.decode())[1]


@pytest.fixture
def screening(farah, tmp_path):
    """Return a finished screening with a hit, a clear row and one that was not screened."""
    make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-1")
    make_watchlist(tmp_path, ORION, source="Second")
    return make_screening(
        farah,
        {"name": "Orion Shipping"},
        {"name": "=Blue Lantern", "country": "KE"},
        {"name": ""},
        sha256="ab" * 32,
        file_name="agencies.csv",
    )


def test_only_officers_and_auditors_find_the_pages_of_screening(client, request, screening):
    hit = screening.hits.get()
    load = screening.hits.get().entry.first_load
    certificate = services.certify_screening(screening, language="en", actor=request.getfixturevalue("farah"))
    both = [
        url("screening", screening.ref), url("screening_rows", screening.ref), url("screening_row", screening.ref, 2),
        url("screening_hits", screening.ref), hit.get_absolute_url(), url("watchlist", "second"),
        url("watchlist_records", "second"), url("watchlist_edition", load.ref), url("watchlist_entry", hit.entry_id),
        url("screening_certificates"), url("screening_certificate_check"), certificate.get_absolute_url(),
        url("screening_certificate_file", certificate.ref), url("screening_export", screening.ref, "csv"),
        url("screening_decisions", screening.ref, "csv"),
    ]  # fmt: skip
    officers = [url("hit_queue")]
    for who in ("farah", "auditor", "rosa", "nadia", "omar", "quentin", "editor", "admin_user", "stranger"):
        client.force_login(request.getfixturevalue(who))
        for address in both:
            assert client.get(address).status_code == (200 if who in ("farah", "auditor") else 404), (who, address)
        for address in officers:
            assert client.get(address).status_code == (200 if who == "farah" else 404), (who, address)


def test_an_auditor_reads_and_decides_nothing(client, auditor, screening):
    hit = screening.hits.get()
    client.force_login(auditor)
    assert b"hit-form" not in client.get(hit.get_absolute_url()).content
    assert client.post(hit.get_absolute_url(), {"answer": "false", "reason_code": "other_trade"}).status_code == 403
    assert client.post(url("hit_undo", hit.ref)).status_code == 404
    assert client.get(url("screening_certify", screening.ref)).status_code == 403


def test_the_reading_of_a_list_is_shown_corrected_and_kept_before_anything_runs(client, farah, screening):
    client.force_login(farah)
    page = client.get(url("screening_new"))
    data = b"Firma;Stadt;Land\nOrion Shipping;Kathmandu;Nepal\n;Pokhara;Nepal\n12345;Dang;Narnia\n"
    sent = {"form_key": key_of(page), "title": "T", "file": SimpleUploadedFile("l.csv", data)}
    address = client.post(url("screening_new"), sent).url
    page = client.get(address)
    text = page.content.decode()
    for told in ("can be screened", "Not screened: the row has no name.", "Not screened: the name holds no letter."):
        assert told in text
    assert re.search(r"<dt>cannot be screened</dt><dd>2</dd>", text)
    wrong = {"form_key": key_of(page), "name": "Stadt", "country": "Stadt", "threshold": "0.7", "action": "start"}
    refused = client.post(address, wrong)
    assert refused.status_code == 422
    assert "was chosen twice" in refused.content.decode()
    look = client.post(address, wrong | {"country": "Land", "action": "look"})
    assert look.status_code == 200
    assert re.search(r"<dt>cannot be screened</dt><dd>0</dd>", look.content.decode())
    assert "Kathmandu" in look.content.decode()
    made = Screening.objects.order_by("-pk")[0]
    assert (made.state, made.rows.count()) == ("mapping", 0)
    assert client.post(address, wrong | {"name": "Firma", "country": "Land"}).url == made.get_absolute_url()
    assert made.rows.count() == 3


def test_a_file_and_a_pasted_list_at_once_are_refused_and_what_was_pasted_stays(client, farah):
    client.force_login(farah)
    page = client.get(url("screening_new"))
    upload = SimpleUploadedFile("l.csv", b"name\nSita\n")
    response = client.post(
        url("screening_new"), {"form_key": key_of(page), "file": upload, "pasted": "Rama Overseas", "title": "Mine"}
    )
    assert response.status_code == 422
    assert "Rama Overseas" in response.content.decode()
    assert 'value="Mine"' in response.content.decode()


def test_the_next_hit_opens_after_a_decision_within_what_the_queue_is_narrowed_to(client, farah, tmp_path, screening):
    make_watchlist(tmp_path, {"name": "Corvus Crewing", "topics": ["poi"]}, source="Third")
    make_screening(farah, {"name": "Corvus Crewing"}, {"name": "Corvus Crewin"}, {"name": "Orion Shipping"})
    client.force_login(farah)
    start = client.get(url("hit_queue") + "?list=third").content.decode()
    assert "Orion" not in start
    first = ScreeningHit.objects.get(row__name="Corvus Crewing")
    address = f"{first.get_absolute_url()}?list=third"
    page = client.get(address)
    response = client.post(
        address, {"form_key": key_of(page), "answer": "false", "reason_code": "other_trade", "seen": "0"}
    )
    second = ScreeningHit.objects.get(row__name="Corvus Crewin")
    assert response.url == f"{second.get_absolute_url()}?list=third"
    page = client.get(response.url).content.decode()
    assert url("hit_undo", first.ref) in page
    assert client.post(url("hit_undo", first.ref) + "?list=third").url == address
    first.refresh_from_db()
    assert first.state == "open"


def test_a_refused_decision_keeps_what_was_chosen(client, farah, screening):
    hit = screening.hits.get()
    client.force_login(farah)
    page = client.get(hit.get_absolute_url())
    response = client.post(
        hit.get_absolute_url(),
        {"form_key": key_of(page), "answer": "false", "reason_code": "same_people", "reason": "Seen the papers"},
    )
    assert response.status_code == 422
    text = response.content.decode()
    assert "does not go with this decision" in text
    assert "Seen the papers" in text
    assert re.search(r'value="false"[^>]* checked', text)


def test_hits_are_given_to_an_officer_from_the_queue(client, farah, screening):
    second = make_user("fatima", "ministry_officer", display_name="Fatima")
    client.force_login(farah)
    page = client.get(url("hit_queue"))
    sent = {"form_key": key_of(page), "officer": str(second.pk), "how_many": "10"}
    client.post(url("hit_assign"), sent)
    assert screening.hits.get().assigned_to == second
    assert "Orion" not in client.get(url("hit_queue")).content.decode()
    assert "Fatima" in client.get(url("hit_queue") + "?whose=all").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_results_and_decisions_are_handed_out_safe_and_written_down(client, farah, screening, kind):
    hit = screening.hits.get()
    services.decide_hit(hit, answer="false", reason_code="other", reason="=1+1", actor=farah)
    client.force_login(farah)
    for name in ("screening_export", "screening_decisions"):
        data = b"".join(client.get(url(name, screening.ref, kind)).streaming_content)
        rows = [row.values for row in read_table(io.BytesIO(data), name=f"x.{kind}").rows()]
        assert rows[0]["matched_name"] == "Orion Shipping"
        if name == "screening_export":
            assert all("Second" in row["compared_with"] and row["threshold"] == "0.7" for row in rows)
            assert rows[0]["decided_by_all"] == str(farah)
        if kind == "csv":
            assert b",=1+1" not in data
            assert b",=Blue" not in data
    assert rows[0]["decision"] == "false"
    assert AuditEntry.objects.filter(verb="screening.exported").count() == 2


def certified(farah, screening, **fields) -> tuple[ScreeningCertificate, bytes]:
    made = services.certify_screening(screening, language="en", actor=farah, **fields)
    return made, services.take_certificate_file(made, actor=farah)


def text_of(data: bytes) -> str:
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_a_certificate_says_what_was_compared_and_clear_of_nothing_else(farah, screening):
    services.decide_hit(screening.hits.get(), answer="false", reason_code="other_trade", actor=farah)
    made, data = certified(farah, screening)
    assert data.startswith(b"%PDF")
    text = text_of(data)
    for told in (
        made.ref, "1 of 3 rows were compared with every list named below", "1 row was not screened", "Second",
        "the register", "the row has no name", "Orion Shipping", "Another trade or sector", "Farah", "=Blue Lantern",
        screening.algorithm, "0.70", "agencies.csv", "It says nothing about lists that are not named",
    ):  # fmt: skip
        assert told in text, told
    assert screening.sha256[:20] in text.replace(" ", "")
    assert made.counts == {"clear": 1, "possible": 0, "match": 1, "not_screened": 1}


def test_a_certificate_of_one_row_tells_of_that_row_alone(farah, screening):
    made, data = certified(farah, screening, row=screening.rows.get(number=3))
    text = text_of(data)
    assert "Blue Lantern" in text
    assert "Orion" not in text
    assert made.counts["clear"] == 1


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_a_certificate_is_made_in_the_readers_language(farah, screening, language):
    made = services.certify_screening(screening, language=language, actor=farah)
    assert services.take_certificate_file(made, actor=farah).startswith(b"%PDF")


def test_a_certificate_is_checked_by_reference_digest_or_file_and_says_when_it_is_of_yesterday(
    client, farah, screening
):
    made, data = certified(farah, screening)
    client.force_login(farah)

    def checked(**fields) -> str:
        return client.post(url("screening_certificate_check"), fields).content.decode()

    for fields in (
        {"reference": made.ref.lower()}, {"reference": made.facts_digest}, {"file": SimpleUploadedFile("c.pdf", data)},
    ):  # fmt: skip
        assert "was issued here" in checked(**fields)
    assert "mistyped" in checked(reference=made.ref[:-1] + ("0" if made.ref[-1] != "0" else "1"))
    assert "Nothing issued here" in checked(file=SimpleUploadedFile("c.pdf", data + b" "))
    assert "Nothing issued here" in checked(reference="0" * 64)
    assert "What it states is what the screening says today" in client.get(made.get_absolute_url()).content.decode()
    services.decide_hit(screening.hits.get(), answer="false", reason_code="other_trade", actor=farah)
    assert "Since it was issued" in checked(reference=made.ref)
    assert services.take_certificate_file(made, actor=farah) == data


def test_a_long_certificate_is_made_by_a_worker_and_its_maker_is_told(client, farah, screening, monkeypatch):
    monkeypatch.setattr("recruiters.services.screeningcertificates.AT_ONCE", 2)
    made = services.certify_screening(screening, language="en", actor=farah)
    client.force_login(farah)
    page = client.get(made.get_absolute_url())
    assert page["Refresh"]
    assert client.get(url("screening_certificate_file", made.ref)).status_code == 302
    jobs.work.call(job_id=made.job.pk)
    made.refresh_from_db()
    assert made.file is not None
    assert "ready" in client.get(reverse("core:notices")).content.decode()


def test_a_long_certificate_that_cannot_be_made_says_why_and_leads_to_another(client, farah, screening, monkeypatch):
    monkeypatch.setattr("recruiters.services.screeningcertificates.AT_ONCE", 2)
    made = services.certify_screening(screening, language="en", actor=farah)

    def without_font(*_args, **_fields):
        raise MissingFont(script_of("中"), "中")

    monkeypatch.setattr("recruiters.services.screeningcertificates.paper_of", without_font)
    jobs.work.call(job_id=made.job.pk)
    client.force_login(farah)
    page = client.get(made.get_absolute_url())
    assert "Refresh" not in page
    text = page.content.decode()
    assert "fonts-noto-cjk" in text
    assert url("screening_certify", screening.ref) in text


@pytest.fixture
def without_bengali(monkeypatch):
    """Take the Bengali font away, as on a machine that has none."""
    real = fontfiles.font_file
    without = lambda family, *, bold: None if "Bengali" in family else real(family, bold=bold)  # noqa: E731
    monkeypatch.setattr(faces, "font_file", without)
    caches = (faces._face, faces.faces_for, faces.face_of, faces._has_face)
    for cached in caches:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


def test_a_name_in_letters_without_a_font_stops_no_certificate(farah, tmp_path, without_bengali):
    make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-1")
    make_watchlist(tmp_path, ORION, source="Second")
    screening = make_screening(farah, {"name": "মেঘদূত Limited", "country": "BD"}, {"name": "हिमाल म्यानपावर"})
    made, data = certified(farah, screening)
    text = text_of(data)
    assert "meghdut Limited *" in text
    assert "Names marked with * are written in letters that no font on this server draws" in text
    assert "Bengali" in text
    assert facts_of(screening, None)["rows"][0]["name"] == "মেঘদূত Limited"
    assert digest_of(facts_of(screening, None)) == made.facts_digest


def test_where_every_letter_has_a_font_nothing_is_marked(farah, screening):
    assert "Names marked" not in text_of(certified(farah, screening)[1])


def test_what_waits_for_a_colleague_is_not_counted_as_hers_to_decide(client, farah, tmp_path):
    make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-1")
    make_watchlist(tmp_path, ORION | {"topics": ["sanction"]}, source="Second")
    screening = make_screening(farah, {"name": "Orion Shipping"}, {"name": "Orion Shiping"})
    first, _other = screening.hits.order_by("pk")
    services.decide_hit(first, answer="false", reason_code="other_trade", actor=farah)
    client.force_login(farah)
    assert "Decide 1 hit" in client.get(screening.get_absolute_url()).content.decode()
    client.force_login(make_user("fatima", "ministry_officer"))
    assert "Decide 2 hits" in client.get(screening.get_absolute_url()).content.decode()


def test_a_screening_that_is_not_finished_is_not_certified(farah, screening):
    Screening.objects.update(state="running")
    with pytest.raises(services.ScreeningRefused):
        services.certify_screening(screening, language="en", actor=farah)


def test_the_history_of_a_row_leads_to_what_came_later(client, farah, screening, tmp_path):
    load = make_watchlist(tmp_path, ORION | {"topics": ["sanction"]}, source="Second")
    jobs.work.call(job_id=load.job.pk)
    client.force_login(farah)
    text = client.get(url("screening_row", screening.ref, 2)).content.decode()
    assert "this row, screened again" in text
    rows = client.get(url("screening_rows", screening.ref) + "?again=yes").content.decode()
    assert "Orion Shipping" in rows
    assert "Blue Lantern" not in rows
    assert str(timezone.localdate().year) in client.get(screening.get_absolute_url()).content.decode()


def test_a_list_without_a_heading_loses_no_name(client, farah):
    client.force_login(farah)
    names = ["Himchuli Overseas Pvt. Ltd.", "Sunrise Placement", "Golden Bridge Manpower"]
    screening = services.receive_list(actor=farah, title="", data="\n".join(names).encode(), file_name="names.csv")
    page = client.get(reverse("recruiters:screening_columns", args=[screening.ref])).content.decode()
    assert "No heading was recognised, so the first row is screened too." in page
    assert re.search(r'name="headless"[^>]* checked', page)
    assert page.index("<dd>3</dd>") < page.index("can be screened")
    key = re.findall(r'name="form_key" value="([^"]+)"', page)[0]
    given = {"form_key": key, "name": names[0], "headless": "on", "threshold": "0.7", "action": "start"}
    assert client.post(reverse("recruiters:screening_columns", args=[screening.ref]), given).status_code == 302
    assert [row.name for row in screening.rows.order_by("number")] == names


def test_a_heading_that_is_known_or_a_file_of_objects_is_not_taken_for_a_row(farah):
    heads = services.receive_list(actor=farah, title="", data=b"Name of the Agency\nSunrise\n", file_name="a.csv")
    objects = services.receive_list(actor=farah, title="", data=b'{"x": "Sunrise"}\n', file_name="a.jsonl")
    assert heads.mapping == {"name": "Name of the Agency"}
    assert (heads.defaults["headless"], objects.defaults["headless"]) == ("", "")
