"""The company user's whole job: six steps, a worker's case, the board's approval, a report that agrees with itself."""

import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils.formats import date_format
from pypdf import PdfReader

from core.standards import standard
from tests.duediligence.making import make_recruiter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "We looked at 12 plants & found <two> where passports lay in the office; 143 of 151 are back."


@pytest.fixture
def recruiter(db: Any) -> Any:
    """Return the recruiter that the supplier's workers came through."""
    return make_recruiter("Golden Bridge Overseas")


class Desk:
    """What Quentin does at his desk, page by page; every kind of page is checked for accessibility."""

    def __init__(self, page: Any, base: str, axe: Callable[[Any], None]) -> None:
        self.page, self.base, self.checker = page, base, axe
        self.seen: set[str] = set()

    def axe(self, page: Any) -> None:
        """Check a page, unless one of the same kind was checked before."""
        kind = re.sub(r"[A-Z]{2,4}-[0-9A-Z-]+|/[0-9.]+/", "*", page.url)
        if kind not in self.seen:
            self.seen.add(kind)
            self.checker(page)

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        self.axe(self.page)

    def press(self, name: str) -> None:
        """Press a button or follow a link, and check the page that follows."""
        main = self.page.get_by_role("main")
        button = main.get_by_role("button", name=name, exact=True)
        link = main.get_by_role("link", name=name, exact=True)
        (button if button.count() else link).first.click()
        self.page.wait_for_load_state()
        self.axe(self.page)

    def fill(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose a radio button."""
        self.page.check(f"[name={name}][value='{value}']")

    def says(self, text: str) -> None:
        """Expect a text in the main part of the page."""
        assert text in self.page.get_by_role("main").inner_text()


def test_quentin_takes_his_company_from_nothing_to_a_published_report(
    page: Any, live_server: Any, quentin: Any, recruiter: Any, sign_in: Any, axe: Any
) -> None:
    sign_in(page, quentin)
    desk = Desk(page, live_server.url, axe)
    begin(desk)
    record_url = page.url
    list_the_supplier_and_its_recruiter(desk)
    a_worker_of_that_recruiter_is_heard(recruiter)
    desk.go(record_url)
    answer_every_action(desk)
    name_and_judge_a_risk(desk, record_url)
    plan_an_action(desk)
    see_the_case_and_answer_it(desk)
    desk.go(record_url)
    desk.says("13 of 13 practical actions are answered")
    desk.says("Answered does not mean published")
    have_it_approved(desk)
    report_url = publish(desk)
    the_report_agrees_with_itself(desk, report_url)
    no_trace_of_the_worker(desk, report_url)


def begin(desk: Desk) -> None:
    desk.go("/workspace/")
    desk.press("Set the company up")
    desk.choose("legal_form", "corporation")
    desk.page.check("[name=laws][value='UK-MSA']")
    desk.press("Save")
    desk.press("Open a record")
    desk.fill(period_start="2025-01-01", period_end="2025-12-31")
    desk.press("Open the record")
    desk.says("0 of 13 practical actions are answered")
    desk.says(date_format(date(2026, 6, 30), "DATE_FORMAT"))


def list_the_supplier_and_its_recruiter(desk: Desk) -> None:
    desk.press("Suppliers and their sites")
    desk.press("Add a supplier")
    desk.fill(name="Lotus Dyeing Ltd.", address="12 Mill Road, Savar", sector="Apparel", workers="420")
    desk.page.select_option("[name=country]", "BD")
    desk.press("Add the supplier")
    desk.press("Add a recruiter")
    desk.fill(q="golden bridge")
    desk.press("Find")
    desk.press("Golden Bridge Overseas")
    desk.fill(starts="2025-01-01", workers="60")
    desk.press("Add the recruiter")
    desk.says("Lotus Dyeing Ltd.")


def a_worker_of_that_recruiter_is_heard(recruiter: Any) -> None:
    """Do what triage does when it opens a case: tell, inside its own transaction."""
    from grievances.signals import CaseNews, case_opened

    news = CaseNews(
        case_ref="CASE-7K3M-9QX2-C", grievance_codes=("FEE", "DOC"), severity="3",
        recruiter_party_ids=(recruiter.party_id,), employer_party_ids=(), opened_on=date(2025, 9, 17),
    )  # fmt: skip
    with transaction.atomic():
        case_opened.send(sender=None, news=news)


def answer_every_action(desk: Desk) -> None:
    actions = standard("oecd").actions
    desk.page.get_by_role("link", name=actions[0].label).click()
    for place, action in enumerate(actions):
        if action.code == "2.1":
            desk.choose("state", "not_known")
            desk.fill(reason="Beyond the second tier we do not know yet.")
        else:
            desk.choose("state", "done")
            desk.fill(text=WORDS, decision="Adopted.", owner="Head of sourcing", on="2025-06-30")
        if action.code == "1.1":
            desk.press("Save and add evidence")
            desk.page.set_input_files(
                "[name=file]", {"name": "policy.txt", "mimeType": "text/plain", "buffer": b"Employers pay all costs."}
            )
            desk.fill(title="Recruitment policy, version 3")
            desk.press("Add the file")
            desk.says("Recruitment policy, version 3")
        desk.press("Save and go to the next" if place + 1 < len(actions) else "Save")


def name_and_judge_a_risk(desk: Desk, record_url: str) -> None:
    desk.go(record_url + "risks/")
    desk.press("Name a risk")
    desk.fill(title="Workers pay for their job and work off the debt", description="Asked at 12 plants.")
    desk.page.select_option("[name=country]", "BD")
    desk.press("Go on to judge it")
    for ladder, rung in {"scale": "3", "scope": "4", "irremediability": "2", "likelihood": "4"}.items():
        desk.choose(ladder, rung)
    desk.choose("involvement", "contributed")
    desk.fill(why="214 workers were asked away from the site.")
    desk.press("Save this judgement")
    desk.says("Act first")
    desk.says("Severity comes from how many people it reaches (4 of 4).")


def plan_an_action(desk: Desk) -> None:
    desk.page.get_by_role("link", name=re.compile("^Plan an action")).first.click()
    desk.axe(desk.page)
    desk.fill(title="Repay the fees", owner="Head of HR", due_on="2099-12-31", indicator="Money repaid")
    desk.press("Plan the action")
    desk.says("Repay the fees")


def see_the_case_and_answer_it(desk: Desk) -> None:
    desk.go("/workspace/duediligence/cases/")
    desk.says("September 2025")
    desk.says("Golden Bridge Overseas")
    desk.page.get_by_role("row").nth(1).get_by_role("link").click()
    desk.axe(desk.page)
    desk.says("Do not ask at the site who complained")
    shown = desk.page.get_by_role("main").inner_text()
    assert not re.search(r"17 Sep|Sep\w* 17|2025-09-17|17/09|09/17", shown)  # the day could tell who complained
    desk.choose("kind", "leverage")
    desk.fill(text="We asked the recruiter to repay all workers of the last two years.")
    desk.press("Save the answer")
    desk.says("Influence was used")


def have_it_approved(desk: Desk) -> None:
    desk.press("Check your answers")
    desk.says("Nothing is public yet")
    desk.says("The company does not know this.")
    desk.press("Send for approval with these gaps")
    desk.says("readers will see that both were the same person")
    desk.fill(approver_name="Ada Lind", approver_title="Chair of the board", approved_on="2026-02-01")
    desk.choose("body", "board")
    desk.page.set_input_files(
        "[name=file]", {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"The board approved."}
    )
    desk.press("Record the approval")
    desk.says("Publish version 1")


def publish(desk: Desk) -> str:
    desk.press("Publish now")
    desk.says("The report is public.") if "public." in desk.page.inner_text("body") else None
    link = desk.page.get_by_role("link", name="Version 1", exact=True)
    return str(desk.base + link.get_attribute("href"))


def the_report_agrees_with_itself(desk: Desk, report_url: str) -> None:
    """Compare page, JSON, CSV and paper, each fetched as a reader without a session would."""
    desk.page.context.clear_cookies()
    desk.go(report_url)
    on_page = {
        tag.get_attribute("data-path"): tag.inner_text() for tag in desk.page.locator("article [data-path]").all()
    }
    fetched = {kind: desk.page.request.get(report_url.rstrip("/") + f".{kind}") for kind in ("json", "csv", "pdf")}
    assert {kind: answer.status for kind, answer in fetched.items()} == {"json": 200, "csv": 200, "pdf": 200}
    data = json.loads(fetched["json"].body())
    answers = data["answers"]
    assert len(answers) == 13
    assert on_page["answers/1.1/text"] == answers["1.1"]["text"] == WORDS
    assert on_page["answers/2.1/reason"] == answers["2.1"]["reason"]
    assert on_page["approval/approver_name"] == data["approval"]["approver_name"] == "Ada Lind"
    assert on_page["cases/total"] == data["cases"]["total"] == "1–4"
    lines = fetched["csv"].body().decode("utf-8-sig").splitlines()
    assert {line.split(",", 1)[0] for line in lines[1:]} == set(on_page)
    paper = "".join(one.extract_text() for one in PdfReader(io.BytesIO(fetched["pdf"].body())).pages)
    squeezed = re.sub(r"\s", "", paper)
    for path, text in on_page.items():
        assert re.sub(r"\s", "", text) in squeezed, path
    digest = desk.page.inner_text("#digest")
    assert digest == fetched["json"].headers["x-content-sha256"]
    assert digest in squeezed


def no_trace_of_the_worker(desk: Desk, report_url: str) -> None:
    text = desk.page.request.get(report_url.rstrip("/") + ".json").text()
    for secret in ("CASE-7K3M", "Golden Bridge", "2025-09", "We asked the recruiter"):
        assert secret not in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_public_report_reads_on_a_small_phone_without_scripts(
    browser: Any, live_server: Any, quentin: Any, axe: Any, language: str
) -> None:
    from tests.duediligence.making import make_company, make_complete_record, make_published

    published = make_published(make_complete_record(make_company(quentin)))
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    for path in (f"/{language}/reports/", f"/{language}/reports/{published.report.ref}/"):
        page.goto(live_server.url + path)
        assert page.locator("h1").inner_text()
        box = page.locator("main").bounding_box()
        assert box["width"] <= 320
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    context.close()
    checked = browser.new_context(viewport={"width": 320, "height": 700})
    page = checked.new_page()
    page.goto(live_server.url + f"/{language}/reports/{published.report.ref}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)
    checked.close()
