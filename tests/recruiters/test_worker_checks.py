"""A worker checks a payment or a contract: plain answers, and not a trace of them."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.models import AuditEntry
from core.standards import standard
from recruiters import services
from recruiters.contractterms import BY_NAME
from recruiters.feerulebook import reviewed
from recruiters.selfcheck import CLAUSES, PROMISES, QUESTIONS, judge
from recruiters.worker_checks.fees import kinds_of_payment

pytestmark = pytest.mark.django_db

FEE = {"origin": "NP", "destination": "QA", "category": "FEE-A1", "situation": "asked", "amount": "76543",
       "currency": "NPR", "receipt": "", "told": "", "work": "", "wage": "", "paid_on": "2026-01-05"}  # fmt: skip
PAGES = ("fee-check", "contract-check")


def ask(client: Client, page: str = "fee-check", /, tongue: str = "en", **fields):
    """Send a check's form and return the answer's text."""
    given = {**FEE, **fields} if page == "fee-check" else fields
    return client.post(f"/{tongue}/recruiters/{page}/", given)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("language", ["en", "ar", "ne"])
def test_the_checks_are_light_private_and_without_scripts(client, language):
    css = gzip.compress(Path("core/static/core/worker.css").read_bytes())
    everything = {question.code: "no" for question in QUESTIONS} | {
        f"promised_{code}": "worse" for code in PROMISES
    }  # fmt: skip
    answers = {
        "fees": client.get(f"/{language}/recruiters/fee-check/"),
        "contract": client.get(f"/{language}/recruiters/contract-check/"),
        "fee answer": ask(client, tongue=language),
        "contract answer": ask(client, "contract-check", tongue=language, **everything, clauses=list(CLAUSES)),
        "fee errors": ask(client, tongue=language, origin="", amount="much"),
    }
    for name, response in answers.items():
        html = response.content.decode()
        weight = len(gzip.compress(response.content)) + len(css)
        assert weight < 14 * 1024, (name, weight)
        assert "<script" not in html, name
        assert "style=" not in html, name
        assert "no-store" in response["Cache-Control"], name
        assert response["Referrer-Policy"] == "no-referrer", name
        assert not response.cookies, name
        assert not re.findall(r'(?:href|src|action)="https?://', html), name
        assert ('dir="rtl"' in html) == (language == "ar")
        assert f"/{language}/report/" in html, name


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_an_answer_is_stored_or_put_into_an_address(client, page):
    entries = AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        response = ask(client, page) if page == "fee-check" else ask(client, page, pay="no", clauses=["transfer"])
    assert response.status_code == 200
    assert not [q["sql"] for q in queries if q["sql"].split()[0].upper() in ("INSERT", "UPDATE", "DELETE")]
    assert not [q["sql"] for q in queries if "76543" in q["sql"]]
    assert AuditEntry.objects.count() == entries
    assert not Session.objects.exists()
    assert "?" not in "".join(re.findall(r'(?:href|action)="([^"]+)"', response.content.decode()))


@pytest.mark.parametrize("page", PAGES)
def test_an_address_with_values_in_it_is_led_to_the_bare_one(client, page):
    response = client.get(f"/en/recruiters/{page}/?amount=76543&category=FEE-A1&pay=no")
    assert (response.status_code, response.url) == (302, f"/en/recruiters/{page}/")


def test_a_form_from_a_page_without_cookies_is_answered():
    response = ask(Client(enforce_csrf_checks=True))
    assert response.status_code == 200


def test_standard_and_each_country_s_law_are_answered_apart(client):
    text = text_of(ask(client))
    assert "The international standard says You should not pay this." in text
    assert "The law of Nepal on" in text
    assert "The rule that we hold does not allow this. It is more than the most that may be charged." in text
    assert "The law of Qatar on" in text
    assert "That does not mean that it is allowed." in text


def test_what_nobody_confirmed_is_never_called_allowed(client):
    text = text_of(ask(client, amount="9000", receipt="yes", told="yes"))
    assert "It lets this much be charged" not in text
    assert "the ministry has not confirmed it" in text
    services.confirm_fee_rule(next(r for r in reviewed() if (r.code, r.destination) == ("FR-NP-1", "QA")), actor=SYSTEM)
    confirmed = text_of(ask(client, amount="9000", receipt="yes", told="yes"))
    assert "It lets this much be charged. The international standard still says: do not pay." in confirmed
    assert "The ministry has confirmed this rule." in confirmed


@pytest.mark.parametrize("category", [kind for kind, _label in kinds_of_payment()])
def test_no_kind_of_payment_is_called_well_by_the_standard(client, category):
    text = text_of(ask(client, category=category, amount="", currency=""))
    assert "You should not pay this." in text or "Nobody may ask you for this." in text
    assert "Report it safely" in text


def test_every_kind_of_payment_of_the_standard_can_be_ticked():
    assert [c.code for c in standard("fees").categories] == list(
        dict.fromkeys(kind.partition("/")[0] for kind, _ in kinds_of_payment())
    )


def test_one_sum_for_visa_medical_and_training_is_answered_for_each(client):
    text = text_of(ask(client, category=["FEE-B7/visa", "FEE-B1", "FEE-B4"], amount="150000"))
    assert text.count("The international standard says") == 1, "what is the same of all is said once"
    nepal = text.partition("The law of Nepal")[2].partition("The law of Qatar")[0]
    banned, unknown = nepal.split("The law of Nepal")
    assert "Visa The rule that we hold does not allow this. Nobody may charge you anything for this." in banned
    assert "Medical check or vaccination Training or orientation Not known." in unknown
    assert text.count("The law of Qatar") == 1
    assert "It lets this much be charged" not in text


def test_a_law_about_the_visa_says_nothing_of_other_papers(client):
    for kind, says in (("visa", "Nobody may charge you anything for this."), ("other", "We hold no rule")):
        nepal = text_of(ask(client, category=f"FEE-B7/{kind}")).partition("The law of Nepal")[2].partition("Qatar")[0]
        assert says in nepal


def test_one_sum_for_several_things_is_held_against_no_limit(client):
    text = text_of(ask(client, category=["FEE-A1", "FEE-B1"], amount="150000"))
    assert "The amount is for several things. Ask how much each of them costs, and check each by itself." in text
    assert "more than the most" not in text


@pytest.mark.parametrize(
    ("tongue", "before", "after"), [("fr", "Éthiopie", "Fidji"), ("en", "Åland Islands", "Albania")]
)
def test_countries_stand_where_a_reader_looks_for_them(client, tongue, before, after):
    html = client.get(f"/{tongue}/recruiters/fee-check/").content.decode()
    assert 0 < html.index(before) < html.index(after)


def test_how_sure_an_answer_is_stands_beside_it(client):
    text = text_of(ask(client))
    assert standard("fees").category("FEE-A1").certainty_note in text
    assert "guidance" in text


def test_what_is_wrong_is_named_and_what_was_typed_stays(client):
    response = ask(client, amount="much", currency="", origin="")
    assert response.status_code == 422
    html = response.content.decode()
    assert 'value="much"' in html
    assert "Please write a number, such as 8500." in html
    assert ask(client, amount="9000", currency="").status_code == 422
    assert ask(client, paid_on="0026-01-05").status_code == 422


def test_a_number_may_be_typed_in_nepali_and_arabic_digits(client):
    for amount in ("७६५४३", "٧٦٥٤٣"):
        assert "It is more than the most" in text_of(ask(client, amount=amount))


@pytest.mark.parametrize("value", ["\x00", "x" * 100_000, "<script>", "%00", "../../etc", "'; drop table --"])
def test_hostile_values_are_answered_with_a_page(client, value):
    for fields in (dict.fromkeys(FEE, value), {"amount": value}, {"category": value}):
        response = ask(client, **fields)
        assert response.status_code == 422
        assert "<script>" not in response.content.decode()
    assert ask(client, "contract-check", copy=value, clauses=value, promised_pay=value).status_code == 422


def test_the_contract_check_names_what_is_missing_and_what_is_worse(client):
    response = ask(client, "contract-check", pay="no", passport="no", clauses=["no_resignation"], promised_pay="worse")
    text = text_of(response)
    assert "Be careful: something here is not right." in text
    assert "It does not say your pay clearly." in text
    assert "Pay rate, basis, currency" in text
    assert "belongs in every contract" in text
    assert "Your passport is yours." in text
    assert "I may not leave, or must pay when I leave" in text
    assert "Less pay or another employer is very serious." in text


def test_an_unverified_element_keeps_its_mark(client):
    note = standard("contract").element("CT-26").certainty_note or standard("contract").element("CT-25").certainty_note
    assert note in text_of(ask(client, "contract-check", ending="no", passport="no"))


def test_a_good_contract_is_no_promise_that_all_is_well(client):
    text = text_of(ask(client, "contract-check", **{question.code: "yes" for question in QUESTIONS}))
    assert "This is no promise that all is well." in text


def test_what_was_left_open_is_no_comfort():
    assert not judge({}, (), {}).nothing_wrong
    assert judge({}, (), {}).unsure == tuple(question.code for question in QUESTIONS)


@given(st.integers(0, 2 ** len(QUESTIONS) - 1), st.sampled_from([(), CLAUSES[:1], CLAUSES]))
def test_one_no_more_never_makes_a_contract_better(bits, clauses):
    answers = {question.code: "no" if bits >> place & 1 else "yes" for place, question in enumerate(QUESTIONS)}
    before = judge(answers, clauses, {})
    for question in QUESTIONS:
        after = judge(answers | {question.code: "no"}, clauses, {})
        assert len(after.lacking) >= len(before.lacking)
        assert after.alarming >= before.alarming
        assert not after.nothing_wrong


def test_what_is_asked_exists_in_the_standard():
    contract = standard("contract")
    for question in QUESTIONS:
        for element in question.elements:
            contract.element(element)
    assert set(CLAUSES) <= {entry.code for entry in contract.clauses}
    assert {"pay", "hours"} <= set(BY_NAME)


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser_context_args(java_script_enabled=True, viewport={"width": 320, "height": 640})
@pytest.mark.parametrize("language", ["en", "ar", "ne"])
def test_the_checks_work_at_320_pixels_and_are_accessible(page, live_server, axe, language):
    page.goto(f"{live_server.url}/{language}/recruiters/fee-check/")
    axe(page)
    page.select_option("#id_origin", "NP")
    page.select_option("#id_destination", "QA")
    for kind in ("FEE-B1", "FEE-B7/visa"):
        page.check(f'input[name="category"][value="{kind}"]')
    page.check('input[name="situation"][value="paid"]')
    page.fill("#id_amount", "9000")
    page.select_option("#id_currency", "NPR")
    page.click("form .button")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.url.partition("#")[0].endswith(reverse("recruiters_public:fee_check").partition("/recruiters/")[2])
    page.goto(f"{live_server.url}/{language}/recruiters/contract-check/")
    axe(page)
    page.check('input[name="pay"][value="no"]')
    page.click("form .button")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
