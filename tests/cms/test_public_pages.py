"""The public site in three languages: complete, light, findable, one tap from the worker's channel."""

import gzip
import itertools
import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms import content
from cms.models import HomePage, NewsIndex, NewsPage, PublicPage, RightsPage
from cms.seeding import build_site

STYLES = Path(__file__).resolve().parents[2] / "core" / "static" / "core"
LANGUAGES = [code for code, _name in settings.PUBLIC_LANGUAGES]
ADDRESSES = ["", "rights/", "rights/fees/", "rights/complain-safely/", "guidance/", "guidance/due-diligence/", "news/"]
pytestmark = pytest.mark.usefixtures("site")


def every_page() -> list[Page]:
    return [page for page in Page.objects.live().specific() if isinstance(page, PublicPage)]


def test_every_page_exists_in_every_language_and_answers(client: Client) -> None:
    pages = every_page()
    assert len(pages) == len(content.planned_pages(with_demo=True)) * len(LANGUAGES)
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert page.title in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_was_written_is_shown(client: Client, language: str) -> None:
    for key, words in content.words(language).items():
        page = Page.objects.get(locale__language_code=language, slug__in=[key, f"{key}-{language}"])
        html = unescape(client.get(page.url).content.decode())
        for block in words.get("body", ()):
            for kind, value in block.items():
                entries = value if kind in ("points", "steps", "sources") else []
                shown = [value] if kind == "heading" else [entry["title"] for entry in entries]
                shown += [entry["text"] for entry in entries if entry.get("text")]
                assert [words for words in shown if words not in html] == []


def test_setting_up_again_changes_nothing() -> None:
    before = Page.objects.count()
    assert "nothing was changed" in build_site(with_demo=True)
    assert Page.objects.count() == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_says_its_language_and_direction(client: Client, language: str, address: str) -> None:
    html = client.get(f"/{language}/{address}").content.decode()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_workers_channel_is_one_tap_away_from_every_page(client: Client, language: str, address: str) -> None:
    assert f'href="/{language}/report/"' in client.get(f"/{language}/{address}").content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_leads_to_itself_in_the_other_languages(client: Client, address: str) -> None:
    html = client.get(f"/en/{address}").content.decode()
    assert f'href="/ar/{address}"' in html
    assert f'href="/ne/{address}"' in html
    assert len(re.findall(r'<link rel="alternate" hreflang="(?:en|ar|ne)"', html)) == 3


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_public_page_needs_few_queries_and_none_a_moment_later(client: Client, address: str) -> None:
    client.get("/en/about/")  # the menu and the tree's beginnings are kept from now on
    with CaptureQueriesContext(connection) as first:
        client.get(f"/en/{address}")
    with CaptureQueriesContext(connection) as again:
        client.get(f"/en/{address}")
    assert len(first) <= 9, [query["sql"][:120] for query in first.captured_queries]
    assert len(again) == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_public_page_is_light(client: Client, language: str, address: str) -> None:
    html = client.get(f"/{language}/{address}").content
    styles = sum(len(gzip.compress((STYLES / name).read_bytes())) for name in ("worker.css", "public.css"))
    assert len(gzip.compress(html)) + styles < 50_000
    assert len(html) < 50_000


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_public_page_sets_no_cookie_and_runs_no_script(client: Client, address: str) -> None:
    response = client.get(f"/en/{address}")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "<script" not in response.content.decode()
    assert "public" in response.headers["Cache-Control"]


def test_a_page_that_did_not_change_is_not_sent_again(client: Client) -> None:
    etag = client.get("/en/rights/").headers["ETag"]
    assert client.get("/en/rights/", headers={"If-None-Match": etag}).status_code == 304


def test_what_is_published_is_seen_at_once(client: Client) -> None:
    page = RightsPage.objects.get(slug="fees", locale__language_code="en")
    client.get(page.url)
    page.title = "Never pay for a job"
    page.save_revision().publish()
    assert "Never pay for a job" in client.get(page.url).content.decode()


def test_a_page_withdrawn_is_gone_at_once_and_its_language_links_lead_home(client: Client) -> None:
    page = RightsPage.objects.get(slug="fees", locale__language_code="ar")
    client.get(page.url)
    page.unpublish()
    assert client.get("/ar/rights/fees/").status_code == 404
    assert 'href="/ar/"' in client.get("/en/rights/fees/").content.decode()


def test_the_menu_names_pages_in_the_language_of_the_reader(client: Client) -> None:
    html = client.get("/ne/rights/").content.decode()
    assert "आफ्ना अधिकार जान्नुहोस्" in html
    assert 'aria-current="page"' in html


def test_fictional_news_say_that_they_are(client: Client) -> None:
    assert NewsPage.objects.filter(is_demo=False).count() == 0
    for page in NewsPage.objects.filter(locale__language_code="en"):
        assert "Made up for the demonstration" in client.get(page.url).content.decode()


def test_without_the_demo_no_news_are_made_up() -> None:
    assert all(plan.kind != "news" for plan in content.planned_pages(with_demo=False))


def test_the_news_can_be_subscribed_to(client: Client) -> None:
    response = client.get("/ar/news/feed/")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 -- our own feed
    assert len(feed.findall("./channel/item")) == 3


def test_an_index_without_news_says_so(client: Client) -> None:
    for page in NewsPage.objects.filter(locale__language_code="en"):
        page.unpublish()
    assert "No news yet" in client.get(NewsIndex.objects.get(locale__language_code="en").url).content.decode()


def test_the_site_map_lists_each_page_with_its_languages(client: Client) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own file
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    listed = {element.text: element for element in tree.findall("./s:url/s:loc", space)}
    for page in every_page():
        assert page.full_url in listed
    for entry in tree.findall("./s:url", space):
        everywhere = re.search("/(report|recruiters|statistics|verify)/$", entry.findtext("s:loc", "", space))
        assert len(entry.findall("x:link", space)) == (len(settings.LANGUAGES) if everywhere else 3)


def test_robots_are_kept_out_of_where_people_work(client: Client) -> None:
    rules = client.get("/robots.txt").content.decode()
    for closed in ("/workspace/", "/accounts/", "/cms/", "/en/report/follow-up/"):
        assert f"Disallow: {closed}" in rules
    assert "Sitemap: " in rules


def test_an_address_that_does_not_exist_is_a_page_that_helps(client: Client) -> None:
    response = client.get("/ar/rights/no-such-right/")
    assert response.status_code == 404
    assert 'href="/ar/report/"' in response.content.decode()


def test_headings_never_skip_a_level(client: Client) -> None:
    for page in HomePage.objects.get(locale__language_code="en").get_descendants(inclusive=True).live():
        html = client.get(page.url).content.decode()
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert levels[0] == 1, page.url
        assert levels.count(1) == 1, page.url
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (page.url, levels)


def test_every_language_says_the_same_things() -> None:
    def shape(words: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
        return {
            key: [
                (kind, len(value) if isinstance(value, list) else 1)
                for block in page.get("body", [])
                for kind, value in block.items()
                if kind != "sources"
            ]
            for key, page in words.items()
        }

    source = shape(content.words("en"))
    for language in content.languages():
        assert shape(content.words(language)) == source
