"""Looking up by words: in any order, by sound where no name holds them, heeding every filter that a client sends."""

from pathlib import Path
from typing import Any

import pytest
from yente_client import Client
from yente_client.exceptions import BadRequestError

from tests.recruiters.making import make_recruiter, make_watchlist

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(live_server: Any, key_for: Any, tmp_path: Path) -> Any:
    make_recruiter("Golden Bridge Manpower Pvt. Ltd.", country="NP")
    make_recruiter("Silver Bridge Manpower Ltd.", country="BD")
    make_watchlist(
        tmp_path,
        {"name": "DARWISH, Khalid", "id": "p-1", "schema": "Person", "country": "qa", "topics": ["wanted"]},
        {"name": "Khalid Darwish Trading", "id": "f-1", "country": "ae", "topics": ["debarment"]},
    )
    with Client(base_url=f"{live_server.url}/api/v1", api_key=key_for("match:register", "match:watchlists")) as opened:
        yield opened


def names(client: Any, text: str, **options: Any) -> list[str]:
    return [one.caption for one in client.search(text, **options).results]


def test_words_are_found_in_any_order_and_names_by_their_sound(client: Any) -> None:
    assert names(client, "khalid darwish") == ["DARWISH, Khalid", "Khalid Darwish Trading"]
    assert names(client, "goldan brige manpwer")[0] == "Golden Bridge Manpower Pvt. Ltd."
    assert set(names(client, "خالد درويش")) == {"DARWISH, Khalid", "Khalid Darwish Trading"}
    assert names(client, "entirely unknown placement") == []
    told = client.search("Golden Bridge", fuzzy=True)
    assert told.results[0].caption == "Golden Bridge Manpower Pvt. Ltd."
    assert told.total.value == len(told.results)


def test_every_filter_that_the_client_sends_is_heeded(client: Any) -> None:
    text = "khalid darwish"
    assert names(client, text, schema="Person") == ["DARWISH, Khalid"]
    assert names(client, text, exclude_schemata=["Person"]) == ["Khalid Darwish Trading"]
    assert names(client, text, countries=["ae"]) == ["Khalid Darwish Trading"]
    assert names(client, text, topics=["wanted"]) == ["DARWISH, Khalid"]
    assert names(client, text, changed_since="2199-01-01") == []
    assert names(client, "خالد درويش", countries=["ae"], schema="Person") == []
    assert names(client, text, schema="Vessel") == []
    assert names(client, "bridge", countries=["bd"]) == ["Silver Bridge Manpower Ltd."]
    assert names(client, "bridge", topics=["wanted"]) == []
    assert names(client, text, limit=1, offset=1) == ["Khalid Darwish Trading"]


def test_a_filter_that_is_not_known_is_refused_and_never_passed_over(client: Any) -> None:
    for options in ({"filter_": ["properties.country:np"]}, {"sort": ["name:asc"]}):
        with pytest.raises(BadRequestError, match="not taken"):
            client.search("bridge", **options)
