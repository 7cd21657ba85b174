"""A stranger who follows every public address and link learns nothing that is not public.

Planted beforehand: an owner and a director, a watchlist's entry with a confirmed hit, a fact that came from a
grievance, an officer's name, an e-mail address, a recruiter kept off the register. None of it may be on any page, in
any feed, file or sitemap. (Addresses below /api/ have their own test.)
"""

import re
from collections import deque
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern
from django.utils import timezone

from core.actors import SYSTEM
from recruiters import services
from recruiters.models import Recruiter
from recruiters.services import issue_certificate
from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist, suspend

pytestmark = pytest.mark.django_db
CLOSED = ("/workspace/", "/accounts/", "/cms/", "/api/", "/openrosa/", "/static/", "/media/", "/documents/", "/i18n/")
SECRETS = (
    "Plantedowner", "Planteddirector", "Plantedwatch", "Plantedofficer", "planted@secret.example", "PLANTEDCODE",
    "CAS-7777-8888-9", "Plantedhidden", "Plantedreason",
)  # fmt: skip
LANGUAGES = ("en", "ar", "ne")
MOST = 130


def plant(tmp_path: Any, farah: Any) -> Recruiter:
    farah.display_name = "Plantedofficer"
    farah.save()
    recruiter = make_recruiter("Golden Bridge Manpower", destinations=["QA"], sectors=["construction"])
    services.edit_recruiter(recruiter, actor=farah, email="planted@secret.example")
    services.add_person(recruiter, name="Plantedowner Koirala", role="owner", actor=farah)
    services.add_person(recruiter, name="Planteddirector Rai", role="director", actor=farah)
    licence = make_licence(recruiter)
    issue_certificate(licence, actor=farah)
    suspend(licence, actor=farah)
    services.note_risk(recruiter, "PLANTEDCODE", "critical", "CAS-7777-8888-9", timezone.localdate(), actor=farah)
    make_watchlist(tmp_path, {"name": "Plantedwatch Holdings"}, {"name": recruiter.name, "id": "same"})
    screening = make_screening(farah, {"name": "Plantedwatch Holdings"}, {"name": recruiter.name, "country": "NP"})
    for hit in screening.hits.filter(state="open"):
        services.decide_hit(hit, answer="true", reason_code="name_and_country", reason="Plantedreason", actor=farah)
    hidden = make_recruiter("Plantedhidden Overseas")
    services.edit_recruiter(hidden, actor=farah, is_listed=False)
    return recruiter


def addresses(patterns: Any, prefix: str = "/") -> list[str]:
    """Return every address of the product that takes no argument."""
    found = []
    for entry in patterns:
        part = entry.pattern
        if isinstance(part, LocalePrefixPattern):
            found += [each for language in LANGUAGES for each in addresses(entry.url_patterns, f"/{language}/")]
        elif isinstance(part, RoutePattern) and "<" not in str(part):
            route = prefix + str(part)
            if isinstance(entry, URLResolver) and not route.startswith(CLOSED):
                found += addresses(entry.url_patterns, route)
            elif isinstance(entry, URLPattern):
                found.append(route)
    return [route for route in found if not route.startswith(CLOSED)]


def links(base: str, text: str) -> list[str]:
    """Return where a page leads within the product, without fragments."""
    found = re.findall(r'(?:href|action|src)="([^"]+)"', text) + re.findall(r"<(?:loc|link|id)>([^<]+)<", text)
    whole = (urlsplit(urljoin(f"http://testserver{base}", unescape(link))) for link in found)
    inside = (part for part in whole if part.scheme in ("http", "https") and part.port in (None, 8000))
    return [part.path + (f"?{part.query}" if part.query else "") for part in inside]


def body_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode("utf-8", "replace"))


@pytest.fixture
def crawled(site: None, tmp_path: Any, farah: Any, client: Client) -> dict[str, str]:
    """Return every public page and file that a stranger reaches, by its address."""
    recruiter = plant(tmp_path, farah)
    start = addresses(get_resolver().url_patterns)
    start += [f"/{language}/recruiters/{recruiter.ref}/" for language in LANGUAGES]
    start += [
        "/en/recruiters/?format=csv",
        "/en/recruiters/?q=plantedowner",
        "/en/recruiters/?q=plantedwatch+holding",
        "/en/recruiters/?q=plantedhiden",
        "/en/verify/?code=" + recruiter.licences.get().certificates.get().ref,
    ]
    start += ["/en/verify/?code=" + recruiter.ref, f"/en/recruiters/{recruiter.ref}/?day=2026-01-01"]
    waiting, seen = deque(dict.fromkeys(start)), set(start)
    pages: dict[str, str] = {}
    while waiting and len(pages) < MOST:
        address = waiting.popleft()
        response = client.get(address)
        assert response.status_code < 500, address
        pages[address] = body_of(response)
        for link in links(address, pages[address]):
            if link not in seen and not link.startswith(CLOSED) and not _same_in_another_language(link, seen):
                seen.add(link)
                waiting.append(link)
    return pages


def _same_in_another_language(link: str, seen: set[str]) -> bool:
    """Tell whether a page below the first level is on the way already in another language; its words are the same."""
    return any(f"/{language}{link[3:]}" in seen for language in LANGUAGES) and link.count("/") > 3


def test_case_14_no_page_feed_file_or_sitemap_tells_what_is_not_public(crawled: dict[str, str]) -> None:
    asked = {f"/en/recruiters/?q={words}" for words in ("plantedowner", "plantedwatch+holding", "plantedhiden")}
    told = [
        (address, secret)
        for address, text in crawled.items()
        for secret in SECRETS
        # what was typed is shown again as it was typed, in small letters: there only the register's own spelling counts
        if (secret in text if "q=planted" in address else secret.casefold() in text.casefold())
    ]
    assert told == []
    for address in asked:
        page = crawled[address].split("<main")[1]
        assert "REC-" not in page
        assert "PTY-" not in page
    reached = set(crawled)  # and the walk reached what it must prove
    for must in ("/sitemap.xml", "/robots.txt", "/en/", "/ar/", "/ne/", "/en/recruiters/", "/en/recruiters/?format=csv",
                 "/en/statistics/", "/en/reports/", "/en/verify/", "/en/news/feed/", "/en/report/"):  # fmt: skip
        assert must in reached
    assert any("Golden Bridge Manpower" in text and "suspended since" in text for text in crawled.values())
    assert "Golden Bridge Manpower" in crawled["/en/recruiters/?format=csv"]
    assert len(crawled) >= 60


def test_system_acts_leave_no_name(client: Client) -> None:
    recruiter = make_recruiter("Silver Gate")
    suspend(make_licence(recruiter), actor=SYSTEM)
    assert "system" not in client.get(f"/en/recruiters/{recruiter.ref}/").content.decode().casefold().split("<main")[1]
