"""A worker reads in her own language whether a recruiter is licensed, what a paper is worth, and the figures."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from core.actors import SYSTEM
from core.spoken import spoken
from recruiters.models import Licence
from recruiters.services import add_licence, register_recruiter, suspend_licence

pytestmark = pytest.mark.usefixtures("site")
TODAY = timezone.localdate
HIDDEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<nav class=\"languages\".*?</nav>|<[^>]+>", re.DOTALL)
# Three words of four letters and more: a sentence of ours in English, for names and codes are hidden below.
ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,]+){2,}\b[A-Za-z]{3,}\b")
OTHER_SCRIPTS = ("ar", "bn", "my", "zh-hans", "hi", "km", "ne", "si", "ta", "ur")
NAMES = ("Everest Overseas", "Everest Placements", "Labour Office")


@pytest.fixture
def licence(site: None) -> Licence:
    """Return a suspended licence, with its whole history, beside one that is in force."""
    given = {"authority": "Labour Office", "issued_on": TODAY().replace(year=TODAY().year - 2, day=1), "actor": SYSTEM}
    fine = register_recruiter(name="Everest Placements", country="NP", actor=SYSTEM)
    add_licence(fine, number="77", expires_on=TODAY().replace(year=TODAY().year + 1, day=1), **given)
    holder = register_recruiter(name="Everest Overseas", country="NP", actor=SYSTEM)
    found = add_licence(holder, number="78", expires_on=TODAY().replace(year=TODAY().year + 1, day=1), **given)
    suspend_licence(found, order_number="44", reason_code="fees_charged", effective_on=TODAY(), actor=SYSTEM)
    return found


def addresses(licence: Licence) -> list[str]:
    return [
        "recruiters/",
        "recruiters/?q=Everest+Overseas",
        "recruiters/?q=Everst+Oversea",
        "recruiters/?q=nobody+of+this+name",
        f"recruiters/{licence.recruiter.ref}/",
        f"recruiters/{licence.recruiter.ref}/?day={TODAY().year - 1}-03-01",
        "verify/",
        "verify/?code=77",
        "verify/?code=78",
        "verify/?code=nothing-of-this-number",
        f"verify/?code=78&day={TODAY().year - 1}-03-01",
        "verify/?code=CRT-1234-5678-0",
        "statistics/",
        "statistics/method/",
    ]


def seen(html: str) -> str:
    text = unescape(HIDDEN.sub(" | ", html))
    for name in NAMES:
        text = text.replace(name, "|")
    return text


@pytest.mark.parametrize("language", list(spoken()))
def test_every_answer_about_a_licence_is_in_the_readers_language(
    client: Client, licence: Licence, language: str
) -> None:
    for address in addresses(licence):
        response = client.get(f"/{language}/{address}")
        html = response.content.decode()
        assert response.status_code == 200, address
        assert f'<html lang="{language}" dir="{spoken()[language].direction}">' in html, address
        assert "in-english" not in html, address
        assert ('class="unreviewed"' in html) is spoken()[language].unreviewed, address
        if language in OTHER_SCRIPTS:
            assert not (found := ENGLISH.search(seen(html))), (address, found)


@pytest.mark.parametrize("language", list(spoken()))
def test_a_worker_is_told_not_to_pay_in_her_language(client: Client, licence: Licence, language: str) -> None:
    with override(language):
        wanted = [gettext("Do not pay anything."), gettext("Do not hand over your passport.")]
        wanted += [gettext("Day")]  # what a form asks is said late, when the reader is known
    assert language == "en" or "Do not pay anything." not in wanted
    for address in (f"recruiters/{licence.recruiter.ref}/", "verify/?code=78"):
        text = seen(client.get(f"/{language}/{address}").content.decode())
        assert all(words in text for words in wanted), address


@pytest.mark.parametrize("language", ["bn", "fil", "ur"])
def test_a_mistyped_reference_is_named_as_one_in_her_language(client: Client, licence: Licence, language: str) -> None:
    right = licence.recruiter.ref
    response = client.get(f"/{language}/recruiters/{right[:-1]}{'A' if right[-1] != 'A' else 'B'}/")
    with override(language):
        wanted = gettext("This reference seems to be mistyped. Compare it with the paper, letter by letter.")
    assert response.status_code == 404
    assert wanted in unescape(response.content.decode())
    assert "This reference" not in response.content.decode()
