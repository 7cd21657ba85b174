"""Page, paper, JSON and CSV of one version carry the same values, one by one."""

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pypdf import PdfReader

from core.exports import unguard
from duediligence import services
from duediligence.content import changed_paths, dump, leaves, pruned
from duediligence.display import Reader
from duediligence.layout import layout
from duediligence.models import Publication, Report
from tests.duediligence.making import make_company, make_complete_record, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(quentin: Any) -> Publication:
    company = make_company(quentin)
    services.choose_laws(company, ["UK-MSA", "CA-S211"], actor=quentin)
    services.change_company(company, legal_form="corporation", contact="=ask@us.example", actor=quentin)
    record = make_complete_record(company)
    services.answer_action(
        record, "2.1", state="not_known", reason="Beyond tier 2 it's dark <script>alert(1)</script>\nSecond line.",
        actor=quentin,
    )  # fmt: skip
    return make_published(record)


def values_of(publication: Publication) -> dict[str, Any]:
    return {leaf.path: leaf.value for leaf in leaves(publication.data)}


def shown_values(publication: Publication) -> dict[str, str]:
    """Return every value as a reader of English sees it, from the layout."""
    reader = Reader(publication.language)
    values = []
    for section in layout(publication.data):
        values += [section.title] if section.title else []
        values += [line.value for line in section.lines]
        values += [cell for table in section.tables for row in table.rows for cell in row if cell]
    return {value.path: reader.show(value) for value in values}


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_layout_holds_every_value_of_the_content_exactly_once(published: Publication) -> None:
    paths = []
    for section in layout(published.data):
        paths += [section.title.path] if section.title else []
        paths += [line.value.path for line in section.lines]
        paths += [cell.path for table in section.tables for row in table.rows for cell in row if cell]
    assert sorted(paths) == sorted(values_of(published))


def test_the_json_file_is_the_stored_content_and_its_digest_can_be_checked(published: Publication) -> None:
    answer = Client().get(f"/en/reports/{published.report.ref}.json")
    assert answer.content.decode() == published.content
    assert hashlib.sha256(answer.content).hexdigest() == published.digest == answer["X-Content-SHA256"]


def test_the_csv_file_holds_the_same_values(published: Publication) -> None:
    text = Client().get(f"/en/reports/{published.report.ref}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    expected = {leaf.path: leaf.text for leaf in leaves(published.data)}
    assert {row["path"]: unguard(row["value"]) for row in rows} == expected
    contact = next(row["value"] for row in rows if row["path"] == "company/contact")
    assert contact == "'=ask@us.example"


def test_the_page_holds_the_same_values(published: Publication) -> None:
    page = Client().get(f"/en/reports/{published.report.ref}/")
    soup = BeautifulSoup(page.content, "html.parser")
    found = {tag["data-path"]: squeezed(tag.get_text()) for tag in soup.select("[data-path]")}
    assert found == {path: squeezed(text) for path, text in shown_values(published).items()}
    days = {tag["data-path"]: tag["datetime"] for tag in soup.select("time[data-path]")}
    assert days == {path: values_of(published)[path] for path in days}
    assert len(days) > 5
    assert soup.find(id="digest").get_text() == published.digest
    assert "<script>alert" not in page.content.decode()


def test_the_paper_holds_the_same_values(published: Publication) -> None:
    data = Client().get(f"/en/reports/{published.report.ref}.pdf").content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    paper = re.sub(r"\s|\u00ad", "", text)
    missing = [
        (path, shown) for path, shown in shown_values(published).items() if re.sub(r"\s", "", shown) not in paper
    ]
    assert missing == []
    assert published.digest in paper


def test_equal_versions_give_equal_paper(published: Publication) -> None:
    address = f"/en/reports/{published.report.ref}.pdf"
    assert Client().get(address).content == Client().get(address).content


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_another_language_of_the_page_shows_the_same_figures(published: Publication, language: str) -> None:
    page = Client().get(f"/{language}/reports/{published.report.ref}/")
    soup = BeautifulSoup(page.content, "html.parser")
    assert set(values_of(published)) == {tag["data-path"] for tag in soup.select("[data-path]")}
    days = {tag["data-path"]: tag["datetime"] for tag in soup.select("time[data-path]")}
    assert all(values_of(published)[path] == day for path, day in days.items())
    assert soup.select_one('[data-path="answers/1.1/text"]')["lang"] == "en"


def test_the_pdf_can_be_made_in_every_language(published: Publication) -> None:
    from duediligence.files import as_pdf

    for language in ("ar", "ne"):
        published.language = language
        assert as_pdf(published).startswith(b"%PDF")


def test_machines_find_linked_data_on_the_page(published: Publication) -> None:
    page = Client().get(f"/en/reports/{published.report.ref}/")
    soup = BeautifulSoup(page.content, "html.parser")
    data = json.loads(soup.find("script", type="application/ld+json").string)
    assert data["@type"] == "Report"
    assert data["reportNumber"] == published.report.ref
    assert data["datePublished"] == "2026-02-03"
    assert data["identifier"]["value"] == published.digest
    for download in data["encoding"]:
        assert Client().get(download["contentUrl"].removeprefix("http://testserver")).status_code == 200


def test_the_csv_names_its_own_description(published: Publication) -> None:
    answer = Client().get(f"/en/reports/{published.report.ref}/1.csv")
    address = re.search(r"<([^>]+)>", answer["Link"])[1]  # type: ignore[index]
    described = Client().get(address)
    assert described["Content-Type"] == "application/csvm+json"
    assert described.json()["tableSchema"]["primaryKey"] == "path"
    assert described.json()["url"].endswith("/1.csv")


def test_the_feed_announces_each_version(published: Publication) -> None:
    feed = Client().get("/en/reports/feed.atom").content.decode()
    assert f"urn:safeconduct:report:{published.report.ref}:1" in feed
    assert "Northwind Apparel" in feed


def test_a_file_is_not_sent_again_to_who_has_it(published: Publication) -> None:
    address = f"/en/reports/{published.report.ref}.json"
    etag = Client().get(address)["ETag"]
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304


def test_an_earlier_version_stays_reachable_and_says_that_it_is_old(published: Publication, quentin: Any) -> None:
    record, ref = published.report.record, published.report.ref
    services.answer_action(record, "1.1", state="not_done", reason="We were wrong.", actor=quentin)
    second = make_published(record, kind="correction", note="1.1 was wrong.")
    newest, first = Client().get(f"/en/reports/{ref}/"), Client().get(f"/en/reports/{ref}/1/")
    assert "We were wrong." in newest.content.decode()
    assert "1.1 was wrong." in newest.content.decode()
    assert "What changed in this version" in newest.content.decode()
    assert "What changed in this version" not in first.content.decode()
    assert "There is a newer one" in first.content.decode()
    assert "We were wrong." not in first.content.decode().split("</article>")[0]
    assert Client().get(f"/en/reports/{ref}/1.json").content.decode() == published.content
    assert Client().get(f"/en/reports/{ref}/2.json").content.decode() == second.content
    assert "answers/1.1/state" in changed_paths(published.data, second.data)
    assert Client().get(f"/en/reports/{ref}/3/").status_code == 404


def test_a_withdrawn_report_says_so_and_stays(published: Publication, quentin: Any) -> None:
    services.withdraw(published.report, reason="factual_correction", note="Figures were wrong.", actor=quentin)
    page = Client().get(f"/en/reports/{published.report.ref}/")
    assert page.status_code == 200
    assert "The company withdrew this report on" in page.content.decode()
    assert "Figures were wrong." in page.content.decode()
    assert "withdrawn" in Client().get(f"/en/reports/{published.report.ref}.json")["Warning"]
    assert "Withdrawn" in Client().get("/en/reports/").content.decode()


def test_a_report_withdrawn_for_safety_keeps_its_tombstone_only(published: Publication, quentin: Any) -> None:
    services.withdraw(
        published.report, reason="safety_of_workers", note="A worker could be recognised.", hide=True, actor=quentin
    )
    page = Client().get(f"/en/reports/{published.report.ref}/")
    assert page.status_code == 410
    assert "We did it in" not in page.content.decode()
    assert published.digest in page.content.decode()
    for kind in ("json", "csv", "pdf"):
        assert Client().get(f"/en/reports/{published.report.ref}.{kind}").status_code == 410


def test_a_new_version_after_a_withdrawal_is_shown_again(published: Publication, quentin: Any) -> None:
    services.withdraw(published.report, reason="filed_in_error", note="Too early.", actor=quentin)
    services.answer_action(published.report.record, "1.1", state="none", reason="None here.", actor=quentin)
    make_published(published.report.record, kind="correction", note="Now right.")
    assert "withdrew" not in Client().get(f"/en/reports/{published.report.ref}/").content.decode()
    assert "withdrew" in Client().get(f"/en/reports/{published.report.ref}/1/").content.decode()


@pytest.mark.parametrize("path", ["RPT-0000-0000-0", "RPT-7K3M-9QX2-C", "nonsense", "DDR-7K3M-9QX2-C"])
def test_an_unknown_or_mistyped_report_is_not_there(path: str) -> None:
    assert Client().get(f"/en/reports/{path}/").status_code == 404
    assert Client().get(f"/en/reports/{path}.json", follow=True).status_code == 404


def test_the_list_is_filtered_and_exported(published: Publication) -> None:
    client = Client()
    assert published.report.ref in client.get("/en/reports/?q=northwind&country=GB&year=2025").content.decode()
    assert published.report.ref not in client.get("/en/reports/?q=polder").content.decode()
    assert published.report.ref in client.get(f"/en/reports/?q={published.report.ref}").content.decode()
    exported = b"".join(client.get("/en/reports/?format=csv").streaming_content).decode()
    assert published.report.ref in exported


def test_what_is_only_prepared_or_approved_is_not_public(quentin: Any) -> None:
    make_complete_record(make_company(quentin))
    assert not Report.objects.exists()
    assert "Northwind" not in Client().get("/en/reports/").content.decode()


def test_the_public_pages_ask_the_database_little_and_the_same_for_more_versions(
    published: Publication, quentin: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = f"/en/reports/{published.report.ref}/"
    Client().get(address)
    with CaptureQueriesContext(connection) as before:
        Client().get(address)
    for number in range(4):
        services.answer_action(published.report.record, "1.1", state="none", reason=f"{number}", actor=quentin)
        make_published(published.report.record, kind="update", note=f"Change {number}.")
    with CaptureQueriesContext(connection) as after:
        Client().get(address)
    assert len(after) == len(before) <= 8


def test_contents_without_empty_texts_keep_zero_and_false() -> None:
    assert pruned({"a": "", "b": 0, "c": False, "d": None, "e": {}, "f": {"g": ""}}) == {
        "b": 0,
        "c": False,
        "e": {},
        "f": {},
    }
    assert dump({"a": 1}) == dump({"a": 1})
    with pytest.raises(TypeError):
        list(leaves({"a": [1]}))
