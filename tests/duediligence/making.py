"""Plain builders of due-diligence rows for tests."""

from datetime import date
from typing import Any

from core.actors import SYSTEM
from core.models import User
from core.roles import Role
from core.standards import standard
from duediligence import services
from duediligence.models import Company, Engagement, Prepared, Publication, Record, Risk, Supplier
from duediligence.supplier_rows import SupplierRow, read_row
from tests.factories import make_party

START, END = date(2025, 1, 1), date(2025, 12, 31)


def make_company(user: User, *, country: str = "GB", sector: str = "Apparel") -> Company:
    """Return the company of a user's account, set up."""
    account = next(one.account for one in user.current_memberships if one.role == Role.COMPANY_MEMBER)
    company = services.set_up_company(account, actor=user)
    party = company.party
    party.country, party.sector = country, sector
    party.save(update_fields=["country", "sector"])
    return company


def make_record(company: Company, *, start: date = START, end: date = END, **more: Any) -> Record:
    """Return an open record of a company."""
    return services.open_record(company, period_start=start, period_end=end, actor=SYSTEM, **more)


def make_row(name: str = "Lotus Dyeing", **cells: str) -> SupplierRow:
    """Return a row of a supplier list."""
    read = read_row({"name": name, "country": "BD", "address": f"{name} Road 1", "sector": "Apparel", **cells})
    assert isinstance(read, SupplierRow), read
    return read


def make_supplier(company: Company, name: str = "Lotus Dyeing", **cells: str) -> Supplier:
    """Return a supplier with one site."""
    return services.add_supplier(company, make_row(name, **cells), actor=SYSTEM)[0]


def make_recruiter(name: str = "Golden Bridge Manpower", **fields: Any) -> Any:
    """Return a registered recruiter."""
    from recruiters.models import Recruiter

    party = make_party(name, **fields)
    return Recruiter.objects.create(party=party, sort_name=name.casefold(), country=party.country)


def make_engagement(
    company: Company,
    recruiter: Any,
    supplier: Supplier | None = None,
    *,
    starts: date = START,
    ends: date | None = None,
) -> Engagement:
    """Return an engagement of a recruiter with a company or its supplier."""
    party = getattr(recruiter, "party", recruiter)
    return services.engage_recruiter(company, party, supplier=supplier, starts=starts, ends=ends, actor=SYSTEM)


def answer_all(record: Record, **more: Any) -> None:
    """Answer every practical action as done, with all that it needs."""
    fields = {"state": "done", "text": "We did it in <all> plants, 1,234 people & more.", "decision": "Adopted.",
              "owner": "Head of sourcing", "on": date(2025, 6, 30), **more}  # fmt: skip
    for action in standard("oecd").actions:
        services.answer_action(record, action.code, actor=SYSTEM, **fields)


def make_risk(record: Record, title: str = "Workers pay fees for their job", **rungs: Any) -> Risk:
    """Return a judged risk."""
    risk = services.add_risk(record, title=title, country="BD", actor=SYSTEM, found_on=date(2025, 3, 1))
    judged = {
        "scale": 3,
        "scope": 3,
        "irremediability": 2,
        "likelihood": 4,
        "involvement": "contributed",
        "why": "Asked.",
    }
    services.assess_risk(risk, actor=SYSTEM, **{**judged, **rungs})
    return risk


def make_case(recruiter: Any, ref: str = "CAS-0000-0001-0", **fields: Any) -> services.CaseFacts:
    """Return what may be known of a case about a recruiter."""
    party = getattr(recruiter, "party", recruiter)
    facts = {
        "case_ref": ref, "codes": ("FEE", "DOC"), "severity": "3", "recruiters": frozenset({party.pk}),
        "employers": frozenset(), "opened_on": date(2025, 5, 14), "changed_on": date(2025, 5, 14), "state": "opened",
    }  # fmt: skip
    return services.CaseFacts(**{**facts, **fields})


def make_complete_record(company: Company, **more: Any) -> Record:
    """Return a record to which nothing is missing: answers, suppliers, recruiter, risk, action, an answered case."""
    record = make_record(company, **more)
    answer_all(record)
    supplier = make_supplier(company)
    recruiter = make_recruiter()
    make_engagement(company, recruiter, supplier)
    risk = make_risk(record)
    action = services.plan_action(
        record, title="Repay fees", owner="Head of HR", due_on=date(2099, 1, 1), risk=risk, indicator="Fees repaid",
        actor=SYSTEM,
    )  # fmt: skip
    services.move_action(action, "under_way", note="Half is repaid.", actor=SYSTEM)
    services.receive_case(make_case(recruiter))
    entry = company.cases.get()
    services.respond_to_case(entry, kind="leverage", text="We asked the recruiter to stop.", actor=SYSTEM)
    return record


def make_approved(record: Record, **more: Any) -> Prepared:
    """Return content that a board approved."""
    prepared = services.prepare(record, actor=SYSTEM)
    services.approve(
        prepared, approver_name="Ada Lind", approver_title="Chair of the board", body="board",
        approved_on=date(2026, 2, 1), actor=SYSTEM, **more,
    )  # fmt: skip
    return prepared


def make_published(record: Record, **more: Any) -> Publication:
    """Return the next published version of a record."""
    return services.publish(make_approved(record), actor=SYSTEM, on=date(2026, 2, 3), **more)
