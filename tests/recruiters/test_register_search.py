"""A search of the register: the best first, counted no further than a reader cares, and whole in a file."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.references import new_reference
from parties.keys import fold, search_keys
from parties.models import Name, NameKey, Party
from parties.services import index_names
from recruiters import registersearch
from recruiters.columns import plain
from recruiters.models import Recruiter
from recruiters.queries import search_recruiters
from recruiters.registerrows import number_key
from recruiters.registersearch import RegisterSearch
from tests.recruiters.making import make_licence, make_recruiter

pytestmark = pytest.mark.django_db
REGISTER = "/en/recruiters/"
STAFF = "/workspace/recruiters/register/"
NAMES = ("Blue Golden Gate", "Golden Bridge", "Golden Lamp", "Alpha Golden", "Bridge Golden", "Lamp and Gate")


def fill(names: list[str]) -> list[Recruiter]:
    """Register recruiters of these names in bulk, found as the services let them be found."""
    parties = Party.objects.bulk_create(
        Party(ref=new_reference("PTY"), kind="organisation", name=name, country="NP") for name in names
    )
    index_names(Name.objects.bulk_create(Name(party=p, text=p.name, kind="primary", script="Latn") for p in parties))
    return Recruiter.objects.bulk_create(
        Recruiter(ref=new_reference("REC"), party=p, sort_name=p.name.lower(), country="NP", standing_code="active")
        for p in parties
    )


@pytest.fixture
def everything_is_common(monkeypatch):
    """Let every word be carried by too many to be looked up, as in a register of a hundred thousand."""
    monkeypatch.setattr(registersearch, "MANY", 0)


def shown(client: Client, address: str = REGISTER, **asked: str) -> list[str]:
    """Return the names on the page of a list, in its order."""
    return [row.cells[0].text for row in client.get(address, asked).context["listing"].rows]


def walk(client: Client, **asked: str) -> tuple[list[str], list[str]]:
    """Return the names on all pages, walked forwards, and walked back again."""
    there, back = [], []
    address = reverse("recruiters_public:register") + "?" + "&".join(f"{k}={v}" for k, v in asked.items())
    while True:
        listing = client.get(address).context["listing"]
        there += [row.cells[0].text for row in listing.rows]
        if not listing.next_url:
            break
        address = listing.next_url
    while True:
        back = [row.cells[0].text for row in listing.rows] + back
        if not listing.previous_url:
            return there, back
        listing = client.get(listing.previous_url).context["listing"]


def test_a_name_that_begins_with_what_was_typed_comes_first(client):
    fill(list(NAMES))
    best = ["Golden Bridge", "Golden Lamp", "Alpha Golden", "Blue Golden Gate", "Bridge Golden"]
    assert shown(client, q="golden") == best
    assert shown(client, q="golden", sort="name") == sorted(best)
    assert shown(client, q="golden bri") == ["Golden Bridge", "Bridge Golden"]


def test_of_common_words_the_same_are_found_in_the_same_order(client, everything_is_common):
    test_a_name_that_begins_with_what_was_typed_comes_first(client)


@pytest.mark.parametrize("most", [3000, 40, 0])
def test_pages_of_a_search_hold_everybody_once_and_lead_back(client, monkeypatch, most):
    monkeypatch.setattr(registersearch, "MANY", most)
    fill([f"Golden Agency {n:03}" for n in range(30)] + [f"Agency Golden {n:03}" for n in range(31)] + ["Silver Gate"])
    there, back = walk(client, q="golden")
    assert there == back
    assert there == [f"Golden Agency {n:03}" for n in range(30)] + [f"Agency Golden {n:03}" for n in range(31)]
    assert walk(client, q="golden", sort="-name")[0] == sorted(there, reverse=True)


def test_what_is_counted_no_further_says_so_and_the_file_is_whole(client, farah, monkeypatch):
    monkeypatch.setattr(registersearch, "COUNTED", 40)
    monkeypatch.setattr(registersearch, "MANY", 10)
    fill([f"Golden Agency {n:03}" for n in range(30)] + [f"Agency Golden {n:03}" for n in range(31)])
    for typed in ("golden", "agency gol", "agency"):
        assert "40+ results" in client.get(REGISTER, {"q": typed}).content.decode(), typed
    client.force_login(farah)
    assert "40+ results" in client.get(STAFF, {"q": "golden"}).content.decode()
    for address in (REGISTER, STAFF):
        answer = client.get(address, {"q": "golden", "format": "csv"})
        assert b"".join(answer.streaming_content).count(b"REC-") == 61


def asked_for(client: Client, typed: str) -> int:
    """Return how many questions a page of the public register asks for what was typed."""
    client.get(REGISTER, {"q": typed})
    with CaptureQueriesContext(connection) as seen:
        client.get(REGISTER, {"q": typed})
    return len(seen)


def test_a_common_word_asks_few_questions_and_as_many_for_more_rows(client, monkeypatch):
    for limit, most in (("MANY", 25), ("FIRST", 10), ("COUNTED", 20)):
        monkeypatch.setattr(registersearch, limit, most)
    asked: dict[str, set[int]] = {}
    for names in (30, 70):
        fill([f"Golden Agency {n}" for n in range(names)])
        for typed in ("golden", "agency", "golden agency", "agency golden"):
            asked.setdefault(typed, set()).add(asked_for(client, typed))
    several = asked.pop("agency golden")
    assert asked == {"golden": {3}, "agency": {3}, "golden agency": {3}}
    assert several in ({4}, {5})  # in so small a table PostgreSQL may come upon one party by two of its keys


def test_a_rare_word_asks_two_questions_and_what_is_not_there_one_and_those_of_who_else_may_be_meant(client):
    asked: dict[str, set[int]] = {}
    for names in (25, 75):
        fill([f"Golden Agency {names}{n}" for n in range(names)] + [f"Himchuli Number{names} Overseas"])
        for typed in ("number25", "zzzzzz", "Himchali Numbr25 Overses"):
            asked.setdefault(typed, set()).add(asked_for(client, typed))
    assert "Did you mean" in client.get(REGISTER, {"q": "Himchali Numbr25 Overses"}).content.decode()
    assert asked == {"number25": {7}, "zzzzzz": {2}, "Himchali Numbr25 Overses": {6}}


def is_meant(recruiter: Recruiter, typed: str) -> bool:
    """Say, of one recruiter read in full and without the search, whether it is what was typed."""
    *whole, last = fold(typed).split() or [""]
    keys = frozenset(key for name in recruiter.party.names.all() for key in search_keys(name.text))
    carries = bool(last) and all(word in keys for word in whole) and any(key.startswith(last) for key in keys)
    number = number_key(typed)
    holds = any(licence.number_key == number for licence in recruiter.licences.all())
    begins = plain(typed)
    named = bool(begins) and recruiter.sort_name.startswith(begins)
    return carries or named or (holds and any(sign.isdigit() for sign in number))


TYPED = (
    *(
        "golden bri",
        "GOLDEN",
        "गोल्डेन",
        "गोल्डे",
        "golden bridge manpower",
        "gölden",
        "bridge golden",
        "gate",
        "gate silver",
    ),
    *(
        "RL-0042",
        "rl 42",
        "०४२",
        "42",
        "agency",
        "agency 00",
        "zebra",
        "REC",
        '"',
        "%",
        "_",
        "'",
        "गोल्",
        "al noor",
        "न्यू",
    ),
)


@pytest.mark.parametrize("many", [1000, 3, 0])
def test_a_search_finds_whoever_is_meant_and_everybody_once(many, monkeypatch):
    for limit in ("MANY", "FIRST"):
        monkeypatch.setattr(registersearch, limit, many)
    make_licence(make_recruiter(names=[("गोल्डेन ब्रिज", "alias")]), number="RL-0042")
    make_licence(make_recruiter("Silver Gate"), number="42")
    make_recruiter("न्यू गोल्डेन एजेन्सी", names=[("New Golden Agency", "alias")])
    make_recruiter("Al-Noor Golden Gate & Sons")
    fill([f"Agency {n:03} Golden Silver" for n in range(12)])
    everybody = Recruiter.objects.all()
    found = 0
    for typed in TYPED:
        meant = {recruiter for recruiter in everybody if is_meant(recruiter, typed)}
        search = RegisterSearch(typed)
        in_tiers = [row for tier in search.in_tiers(everybody) for row in tier()]
        assert set(in_tiers) == meant == set(search_recruiters(everybody, typed)), typed
        assert len(in_tiers) == len(meant) == search.count(everybody).number, typed
        narrower = everybody.filter(country="NP").exclude(sort_name__startswith="al")
        assert set(search.narrow(narrower)) == meant & set(narrower), typed
        found += len(meant)
    assert found > len(TYPED)


def test_who_is_not_listed_is_not_found_by_a_common_word_either(client, everything_is_common):
    fill(["Golden Bridge", "Alpha Golden"])
    Recruiter.objects.update(is_listed=False)
    assert shown(client, q="golden") == []
    assert NameKey.objects.filter(key="golden").count() == 2


def test_whoever_is_tied_to_a_recruiter_does_not_find_it_by_what_begins_its_name(farah, client):
    fill(list(NAMES))
    client.force_login(farah)
    assert "Golden Bridge" in shown(client, STAFF, q="golden")
    Party.objects.filter(name="Golden Bridge").update(user=farah)
    assert "Golden Bridge" not in shown(client, STAFF, q="golden")
    assert "Golden Bridge" not in shown(client, STAFF, q="golden", sort="name")
