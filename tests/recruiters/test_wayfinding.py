"""Whoever may read a list finds it by links from where her day begins, without typing an address."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from core.listing import ListingView

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*\bhref="(/workspace/[^"?#]*)')
COMPANIES = "/workspace/duediligence/"
"""Reached from a company's own page, and an empty product has no company."""
WHO = ("farah", "auditor", "rosa", "nadia", "omar")


def patterns(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, (*namespaces, *([one.namespace] if one.namespace else [])))
        elif one.name:
            yield ":".join((*namespaces, one.name)), one


def lists() -> dict[str, type[ListingView[Any]]]:
    """Return the address of every list that takes no reference, with its view."""
    found = {}
    for name, pattern in patterns(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        if isinstance(view, type) and issubclass(view, ListingView) and not pattern.pattern.converters:
            try:
                address = reverse(name)
            except Exception:  # noqa: BLE001, S112 - one that needs a reference from a floor above it
                continue
            if address.startswith("/workspace/"):
                found[address] = view
    return found


def test_there_are_lists_to_find():
    there = lists()
    for name in ("fees", "contracts", "publications", "corrections", "ending", "screenings", "loads", "disputes"):
        assert reverse(f"recruiters:{name}") in there


@pytest.mark.parametrize("who", WHO)
def test_every_list_that_a_role_may_read_is_reached_by_links_from_its_start_page(who, request, client):
    user = request.getfixturevalue(who)
    client.force_login(user)
    first = client.get("/workspace/", follow=True)
    waiting, seen = [first.request["PATH_INFO"]], set()
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            found = dict.fromkeys(LINK.findall(answer.content.decode()))
            waiting += [one for one in found if one not in seen and not resolve(one).kwargs]
    missing = [
        one
        for one, view in lists().items()
        if user.has_role(*view.roles) and one not in seen and not one.startswith(COMPANIES)
    ]
    assert missing == []


def test_an_officer_finds_the_fee_rules_from_the_fees(farah, client):
    client.force_login(farah)
    assert reverse("recruiters:fee_rules") in client.get(reverse("recruiters:fees")).content.decode()
    assert reverse("recruiters:ending") in client.get(reverse("recruiters:dashboard")).content.decode()
