"""Every page on which grievances are handled: small screens, English and Arabic, labels that lead to their fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Account
from grievances import help_urls, reply_urls, services, urls
from grievances.models import Grievance, RemediationCase
from grievances.referring import EXPLAINED
from grievances.services import StepPlan, referrals, repaying, replies
from grievances.services.referrals import Wanted
from grievances.services.replies import Question
from tests.factories import make_user
from tests.grievances.builders import make_case, make_grievance, make_recruiter
from tests.keys import present

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
NARROW = {"width": 320, "height": 720}  # 1280 at 400 %
SEEN = ("so_soon", "nobody_else", "workforce_unknown", "few_workers", "pointed_category", "name_told", "place_and_time")
FAULTS = """() => {
  const faults = [], ids = [...document.querySelectorAll('[id]')].map(each => each.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) faults.push('ids twice: ' + twice);
  for (const label of document.querySelectorAll('label[for]'))
    if (!document.getElementById(label.htmlFor)) faults.push('label without field: ' + label.htmlFor);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(link.hash.slice(1))) faults.push('link to nowhere: ' + link.hash);
  for (const each of document.querySelectorAll('[aria-describedby], [aria-labelledby]'))
    for (const name of ['aria-describedby', 'aria-labelledby'])
      for (const id of (each.getAttribute(name) || '').split(' ').filter(Boolean))
        if (!document.getElementById(id)) faults.push('described by nothing: ' + id);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push('wider than the screen: ' + root.scrollWidth);
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one heading of the page');
  for (const chart of document.querySelectorAll('svg.chart'))
    if (!chart.closest('.measure').querySelector('table')) faults.push('chart without its table');
  return faults;
}"""
# Addresses that only take a form, and files: they have no page of their own.
WITHOUT_A_PAGE = {
    *("round", "indicators_csv", "key_give", "key_cover", "add_step", "move_step", "attempt", "close", "second"),
    *("proof", "add_harm", "move_harm", "safety_check", "ask_letter", "reply_file", "appoint", "open", "open_contact"),
    *(
        "take",
        "message",
        "link",
        "drop",
        "recuse",
        "related",
        "lower",
        "second_word",
        "hold",
        "lift",
        "erase",
        "person",
    ),
    *("close_withdrawn", "file", "repayment_terms", "repayment_fee", "repayment_strike", "repayment_rate"),
    *("repayment_plan", "repayment_payment", "repayment_word", "repayment_check", "repayment_proof", "repayment_table"),
    "repayment_prove",
}


@dataclass
class Desk:
    """One matter in the middle of its way, and who works on it."""

    case: RemediationCase
    waiting: Grievance
    people: dict[str, Any]
    step: int
    asked: str
    helped: str
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str, language: str = "en") -> Client:
        """Return a person's browser, which reads this language."""
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.people[name])
        self.clients[name].cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return self.clients[name]

    def pages(self) -> Iterator[tuple[str, str, str]]:
        """Yield who looks at which page: name of the address, reader, address."""
        case, grievance = self.case.ref, self.case.grievance.ref
        for name in ("queue", "cases", "repeats", "indicators", "keys", "assisted"):
            yield name, "nadia", reverse(f"grievances:{name}")
        yield "grievance", "nadia", reverse("grievances:grievance", args=[grievance])
        yield "kept", "nadia", reverse("grievances:kept", args=[grievance])
        yield "triage", "nadia", reverse("grievances:triage", args=[self.waiting.ref]) + "?round=1"
        for name in ("case", "ask", "refer"):
            yield name, "nadia", reverse(f"grievances:{name}", args=[case])
        yield "repayment", "nadia", reverse("grievances:repayment", args=[case, self.step])
        yield "asked", "nadia", reverse("grievances:asked", args=[case, self.asked])
        yield "referral", "nadia", reverse("grievances:referral", args=[case, self.helped])
        yield "oversight", "adaeze", reverse("grievances:oversight")
        yield "overseen", "adaeze", reverse("grievances:overseen", args=[self.waiting.ref])
        yield "indicators", "adaeze", reverse("grievances:indicators")
        yield "replies", "omar", reverse("replies:replies")
        yield "reply", "omar", reverse("replies:reply", args=[self.asked])
        yield "referrals", "pema", reverse("help:referrals")
        yield "help_referral", "pema", reverse("help:referral", args=[self.helped])


@pytest.fixture
def desk(nadia: Any, omar: Any, partner_user: Any, auditor: Any) -> Desk:
    """Return a case with a repayment in three currencies, a question asked and a referral; and one that waits."""
    agency = make_recruiter("Golden Bridge Manpower").party
    agency.account, agency.employees = Account.objects.get(name="Golden Bridge Manpower"), 900
    agency.save()
    yes = {"investigate": True, "share_without_name_with_employer": True, "refer_to_services": True}
    with present(nadia):
        grievance = make_grievance(("FEE", "DOC"), consents=yes, country="QA")
        services.link_accused(grievance, agency, part="recruiter", actor=nadia)
        case = make_case(nadia, grievance, priority="urgent")
        plan = StepPlan("restitution", "fees_repaid", "recruiter", timezone.localdate())
        step = services.add_remedy_step(case, plan, actor=nadia)
        _pay_back(step, nadia)
        asked = replies.ask(case, Question(agency, ("FEE",), agreed_channel="phone"), weighed=SEEN, actor=nadia)
        shelter = Account.objects.get(name="Harbour Shelter")
        told = {"needs": "A bed for two nights", "language": "Nepali"}
        want = Wanted(
            partner=shelter,
            basis="consent",
            services=("shelter",),
            told=told,
            explained=EXPLAINED,
            agreed_channel="phone",
        )
        helped = referrals.refer(case, want, actor=nadia)
        waiting = make_grievance(("VIO", "WAG"), country="QA")
        services.link_accused(waiting, agency, part="recruiter", actor=nadia)
    make_user("samir", "case_officer")
    people = {"nadia": nadia, "adaeze": auditor, "omar": omar, "pema": partner_user}
    return Desk(case, waiting, people, step.number, asked.ref, helped.ref)


def _pay_back(step: Any, nadia: Any) -> None:
    """Reckon three fees of three currencies, paid back in two parts to somebody who left the country."""
    day = date(2025, 3, 1)
    found = repaying.set_terms(step, repaying.Terms("QAR", day, "repatriated", Decimal(10), "court rate"), actor=nadia)
    for currency, amount in (("QAR", "300"), ("NPR", "120000"), ("USD", "250.50")):
        taken = {"individual_declaration": Decimal(amount)}
        repaying.add_fee(found, repaying.Fee("FEE-A1", "subagent", currency, day, taken), actor=nadia)
    repaying.set_rate(found, "NPR", day, Decimal("0.0274"), "Nepal Rastra Bank", actor=nadia)
    repaying.set_rate(found, "USD", day, Decimal("3.64"), "Qatar Central Bank", actor=nadia)
    repaying.plan_parts(found, count=2, first_on=timezone.localdate(), actor=nadia)
    paid = repaying.Paid(timezone.localdate(), Decimal("1000"), "QAR", "own_account")
    repaying.note_payment(found, paid, actor=nadia, proof=b"%PDF-1.4 transfer")


@dataclass
class Window:
    """A browser's window onto answers that were asked for beforehand: no server between, one page for all of them."""

    page: Any
    answer: Any = None

    def hand_out(self, route: Any) -> None:
        """Give the browser the answer that is shown, or a file of the design."""
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            found = finders.find(path.removeprefix(settings.STATIC_URL))
            route.fulfill(path=str(found)) if found else route.fulfill(status=404)
        else:
            kind = {"content-type": self.answer["Content-Type"]}
            route.fulfill(status=self.answer.status_code, headers=kind, body=self.answer.content)

    def show(self, answer: Any) -> list[str]:
        """Show an answer as its address would, and return what is wrong with its structure."""
        self.answer = answer
        self.page.goto(f"http://localhost{answer.request['PATH_INFO']}")
        return list(self.page.evaluate(FAULTS))


@pytest.fixture
def window(page: Any) -> Window:
    """Return a window as wide as a small phone, or as a desk's screen at 400 %."""
    page.set_viewport_size(NARROW)
    found = Window(page)
    page.route("**/*", found.hand_out)
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_fits_a_small_screen_and_has_nothing_that_axe_finds(
    window: Window, desk: Desk, axe: Callable[[Any], None], language: str
) -> None:
    seen, wrong = set(), []
    for name, who, address in desk.pages():
        answer = desk.client(who, language).get(address)
        seen.add(name)
        found = window.show(answer)
        if answer.status_code != 200:
            found.append(f"answered {answer.status_code}")
        if window.page.locator("html").get_attribute("lang") != language:
            found.append("is in another language")
        wrong += [f"{name} for {who}: {fault}" for fault in found]
        axe(window.page)
    assert not wrong, "\n".join(wrong)
    named = {pattern.name for pattern in urls.urlpatterns} | {pattern.name for pattern in reply_urls.urlpatterns}
    named |= {"help_referral" if pattern.name == "referral" else pattern.name for pattern in help_urls.urlpatterns}
    assert seen == named - WITHOUT_A_PAGE


def _refused(desk: Desk) -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """Yield forms that are sent with something missing: address, what is sent, and where its fault is shown."""
    case, repaid = desk.case.ref, [desk.case.ref, desk.step]
    yield "add_step", reverse("grievances:add_step", args=[case]), {"amount": "12.50"}, "#step_amount[value='12.50']"
    yield "add_harm", reverse("grievances:add_harm", args=[case]), {"note": "Kept"}, "#harm_note"
    yield "attempt", reverse("grievances:attempt", args=[case]), {}, "#attempts .errors"
    yield "close", reverse("grievances:close", args=[case]), {"outcome": "resolved_confirmed_by_worker"}, ".errors"
    deliver = {"move": "deliver", "decision_number": "B-12"}
    yield "deliver", reverse("grievances:move_step", args=repaid), deliver, f"#step-{desk.step} .error"
    yield "finding", reverse("grievances:move_harm", args=[case, 1]), {"result": "substantiated"}, "#harm-1 .error"
    fee = {"amount": "7.25", "other_amount": "9", "currency": "NPR"}
    yield "fee", reverse("grievances:repayment_fee", args=repaid), fee, "#fee_amount[value='7.25']"
    told = {"word": "part", "channel": "phone"}
    yield "word", reverse("grievances:repayment_word", args=[*repaid, 1]), told, "#payment-1 .errors"
    yield (
        "prove",
        reverse("grievances:repayment_prove", args=[*repaid, 1]),
        {},
        "#payment-1 .errors a[href='#prove_proof']",
    )
    yield "ask", reverse("grievances:ask", args=[case]), {"name": "Wira"}, "#id_name[value='Wira']"
    yield "refer", reverse("grievances:refer", args=[case]), {"tell_needs": "on"}, "#id_tell_needs:checked"
    yield "message", reverse("grievances:message", args=[desk.case.grievance.ref]), {"words": ""}, "#message_words"
    yield "triage", reverse("grievances:triage", args=[desk.waiting.ref]), {"note": "Kept"}, "#id_note"


def test_what_is_refused_is_said_in_its_place_has_the_focus_and_keeps_what_was_typed(
    window: Window, desk: Desk, axe: Callable[[Any], None]
) -> None:
    wrong = []
    for name, address, sent, place in _refused(desk):
        answer = desk.client("nadia").post(address, {"form_key": f"k-{name}", **sent})
        found = window.show(answer)
        if answer.status_code != 422:
            found.append(f"answered {answer.status_code}")
        if window.page.locator(place).count() != 1:
            found.append(f"shows nothing at {place}")
        focused = "document.activeElement.matches('.errors, .error') && document.activeElement.innerText.length > 9"
        if not window.page.evaluate(focused):
            found.append("does not lead to what is wrong")
        wrong += [f"{name}: {fault}" for fault in found]
        if name in {"deliver", "fee", "refer"}:
            axe(window.page)
    assert not wrong, "\n".join(wrong)


def test_a_chart_is_read_in_a_sentence_and_its_table_stands_beside_it(window: Window, desk: Desk) -> None:
    window.show(desk.client("nadia").get(reverse("grievances:indicators")))
    charts = window.page.get_by_role("img")
    assert charts.count() >= 3
    for number in range(charts.count()):
        measure = window.page.locator(".measure", has=window.page.locator("svg.chart")).nth(number)
        title = measure.get_by_role("heading").inner_text().split("\n")[0]
        name = charts.nth(number).evaluate("each => each.querySelector('title').textContent")
        assert title.startswith(name)
        said = charts.nth(number).evaluate("each => each.querySelector('desc').textContent").split("; ")
        rows = measure.get_by_role("rowheader").all_inner_texts()
        assert [each.rpartition(": ")[0] for each in said] == rows
        assert measure.get_by_role("columnheader").count() == 4
    assert window.page.get_by_role("img", name="Reported in a language other than English").count() == 1
