"""The demo is a whole, plausible, fictional world, and every page of it opens."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core import audit
from core.models import User
from grievances.models import Grievance, RemediationCase
from inspections.models import Visit
from parties.models import Name, Party, Site
from recruiters.models import Recruiter


@pytest.mark.usefixtures("world")
class TestDemoWorld:
    """What the demo holds."""

    def test_it_is_large_enough_to_be_believed(self) -> None:
        assert 290 <= Recruiter.objects.count() <= 350
        assert Party.objects.filter(sites__isnull=False).distinct().count() >= 60
        assert Visit.objects.count() >= 40
        assert Grievance.objects.count() >= 60
        assert RemediationCase.objects.count() >= 10
        assert Site.objects.count() >= 100

    def test_names_come_in_many_scripts(self) -> None:
        scripts = set(Name.objects.values_list("script", flat=True))
        assert {"Latn", "Arab", "Deva", "Beng", "Hani", "Thai"} <= scripts

    def test_its_audit_trail_is_whole(self) -> None:
        count, broken = audit.verify()
        assert broken is None
        assert count > 1000

    def test_it_is_not_built_twice(self) -> None:
        before = Party.objects.count()
        call_command("seed_demo", verbosity=0)
        assert Party.objects.count() == before

    def test_every_sign_in_lands_on_a_page(self) -> None:
        for username in ("farah", "rosa", "nadia", "quentin", "omar", "pema", "adaeze", "admin"):
            client = Client()
            assert client.login(username=username, password="demo-safeconduct"), username
            page = client.get("/workspace/", follow=True)
            assert page.status_code == 200, username
            assert "fictional" in page.content.decode().lower() or "demo" in page.content.decode().lower()

    @pytest.mark.parametrize("username", ["farah", "rosa", "nadia", "quentin", "omar", "pema", "adaeze", "admin"])
    def test_every_page_without_an_argument_answers_or_is_not_there(self, username: str) -> None:
        client = Client()
        client.force_login(User.objects.get(username=username))
        answers = {path: client.get(path).status_code for path in plain_addresses()}
        assert {path: code for path, code in answers.items() if code >= 500} == {}

    @pytest.mark.parametrize("username", ["farah", "rosa", "nadia", "quentin", "omar", "pema", "adaeze", "admin"])
    def test_no_link_in_the_workspace_is_dead(self, username: str) -> None:
        client = Client()
        client.force_login(User.objects.get(username=username))
        assert dead_links(client, "/workspace/") == {}

    @pytest.mark.parametrize("start", ["/en/", "/ar/", "/ne/", "/ne/report/"])
    def test_no_link_of_the_public_site_is_dead(self, start: str) -> None:
        assert dead_links(Client(), start) == {}


def plain_addresses() -> list[str]:
    """Return every address of ours that takes no argument."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and "<" not in route and "(" not in route and "^" not in route:
                yield f"/{route}"

    found = sorted(set(walk(get_resolver().url_patterns, "")))
    return [path for path in found if path.startswith(("/workspace/", "/en/", "/accounts/")) and "logout" not in path]


def dead_links(client: Client, start: str, most: int = 150) -> dict[str, str]:
    """Follow links from a page, breadth first; return those that lead nowhere with the page that shows them."""
    import re

    queue, seen, dead = [(start, "")], {start}, {}
    while queue and len(seen) < most * 4:
        path, source = queue.pop(0)
        if most <= 0:
            break
        most -= 1
        response = client.get(path, follow=True)
        if response.status_code >= 400:
            dead[path] = f"{response.status_code} from {source}"
            continue
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in re.findall(r'href="(/[^"#]*)', response.content.decode()):
            link = link.replace("&amp;", "&")
            key = re.sub(r"[A-Z]{2,5}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|\b\d+\b", "X", link.split("?")[0])
            if link.startswith((settings.STATIC_URL, "/cms/", "/accounts/logout")) or key in seen:
                continue
            seen.add(key)
            queue.append((link, path))
    return dead
