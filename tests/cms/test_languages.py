"""A reader in whose language the public site is not written: a first page of her own, English that says so."""

import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from core import faults
from core.spoken import spoken

HERS = (
    *("report/", "report/follow-up/", "recruiters/fee-check/", "recruiters/contract-check/"),
    *("recruiters/", "verify/", "statistics/"),
)
NOT_WRITTEN_YET = [code for code, language in spoken().items() if not language.public]
pytestmark = pytest.mark.usefixtures("site")


def links(html: str) -> list[str]:
    return [link for link in re.findall(r'<a [^>]*href="([^"#]+)"', html) if link.startswith("/")]


@pytest.mark.parametrize("language", NOT_WRITTEN_YET)
def test_every_language_has_a_first_page_that_leads_to_what_it_has(client: Client, language: str) -> None:
    html = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}" dir="{spoken()[language].direction}">' in html
    for place in HERS:
        assert f'href="/{language}/{place}"' in html


def test_no_link_of_such_a_first_page_is_a_dead_end(client: Client) -> None:
    for link in set(links(client.get("/my/").content.decode())):
        answer = client.get(link)
        assert answer.status_code in {200, 303}, link


def test_every_chooser_names_every_language_by_its_own_name(client: Client) -> None:
    for address in ("/en/", "/en/report/", "/my/", "/ar/recruiters/"):
        html = client.get(address).content.decode()
        for code, language in spoken().items():
            assert re.search(rf'<(?:a|span)[^>]* lang="{code}"[^>]*>{language.own_name}</', html), (address, code)


@pytest.mark.parametrize("address", ["rights/fees/", "reports/", "about/"])
def test_what_is_not_written_in_her_language_is_in_english_and_says_so_in_hers(client: Client, address: str) -> None:
    response = client.get(f"/ur/{address}")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="en" dir="ltr">' in html
    assert re.search(r'<div class="notice in-english" lang="ur" dir="rtl"><p>[\u0600-\u06ff]', html)
    assert response["Content-Language"] == "en"
    assert 'href="/ur/report/"' in html
    assert 'href="/en/report/"' not in html


def test_a_page_in_english_for_now_forgets_its_reader(client: Client) -> None:
    client.get("/ur/reports/")
    html = client.get("/en/reports/").content.decode()
    assert "in-english" not in html
    assert 'href="/en/report/"' in html


def test_a_page_that_does_not_exist_says_so_in_her_language(client: Client) -> None:
    response = client.get("/ta/report/no-such-page/")
    assert response.status_code == 404
    assert '<html lang="ta" dir="ltr">' in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "language"),
    [("bn", "en"), ("ar", "ar"), ("bn,ne-NP;q=0.5", "ne"), ("si,ta;q=0.8", "en"), ("", "en")],
)
def test_staff_pages_are_only_in_languages_that_they_are_written_in(client: Client, asked: str, language: str) -> None:
    html = client.get("/accounts/login/", headers={"Accept-Language": asked}).content.decode()
    assert f'<html lang="{language}"' in html
    offered = re.findall(r'<option value="([\w-]+)"', html.split('name="language"')[1])
    assert offered == [code for code, _name in settings.WORKSPACE_LANGUAGES]


@pytest.mark.parametrize(
    ("asked", "language"),
    [("bn-BD", "bn"), ("zh-CN", "zh-hans"), ("tl-PH", "fil"), ("fil-PH", "fil"), ("in-ID", "id"), ("my", "my")],
)
def test_a_phone_is_led_to_its_own_language(client: Client, asked: str, language: str) -> None:
    assert client.get("/", headers={"Accept-Language": asked})["Location"] == f"/{language}/"


def test_workers_pages_say_whether_somebody_who_speaks_the_language_has_checked_the_words(client: Client) -> None:
    for code, language in spoken().items():
        html = client.get(f"/{code}/report/").content.decode()
        assert ('class="unreviewed"' in html) is language.unreviewed, code


def test_a_fault_is_told_in_the_language_of_the_address_and_tells_nothing_else() -> None:
    request = RequestFactory().get("/km/report/new/?words=secret")
    response = faults.server_error(request)
    html = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="km" dir="ltr">' in html
    assert "secret" not in html
    assert faults.bad_request(RequestFactory().get("/ur/x/"), ValueError("secret")).status_code == 400


def test_a_fault_outside_every_language_is_told_in_english_arabic_and_nepali() -> None:
    html = faults.server_error(RequestFactory().get("/readyz")).content.decode()
    assert '<html lang="en"' in html
