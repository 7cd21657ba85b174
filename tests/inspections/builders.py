"""Plain builders of visits and what belongs to them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from checklists.answers import Answer, State, is_adverse, read
from checklists.models import ChecklistVersion
from checklists.services import publish_shipped
from checklists.sheets import NO_WORDS, Words, standing
from checklists.sources import CLOSING, LABOUR
from core.actors import SYSTEM
from core.models import Account, PartnerProfile, User
from core.roles import AccountKind, Role
from inspections.models import Finding, Referral, Visit
from inspections.models.referrals import Given
from inspections.referralcodes import CHILD_EXPLAINED, EXPLAINED
from inspections.services import fieldwork, findings, planning, referrals
from tests.factories import make_party, make_site, make_user

PHOTO = None


def make_supervisor() -> User:
    """Return the supervisor of the story, an inspector of the same office."""
    found = User.objects.filter(username="selma").first()
    return found or make_user("selma", Role.INSPECTOR, account="Labour Inspectorate", kind=AccountKind.INSPECTORATE,
                              display_name="Selma")  # fmt: skip


def make_checklists() -> ChecklistVersion:
    """Return the labour-inspection checklist, published with all others."""
    found = ChecklistVersion.objects.newest(LABOUR)
    return found or next(version for version in publish_shipped(actor=SYSTEM) if version.code == LABOUR)


def make_visit(
    lead: User, *, supervisor: User | None = None, site: Any = None, started: bool = True, **fields: Any
) -> Visit:
    """Return a visit led by an inspector, under way unless told otherwise."""
    make_checklists()
    visit = planning.plan_visit(
        site=site or make_site(make_party(f"Steelworks {Visit.objects.count()}", country="QA")),
        team=[lead, *fields.pop("others", [])],
        supervisor=supervisor or make_supervisor(),
        planned_for=fields.pop("planned_for", timezone.localdate() - timedelta(days=1)),
        trigger=fields.pop("trigger", planning.Trigger("complaint", "Wages are late, says one.", "GRV-7K3M-9QX2-C")),
        actor=SYSTEM,
        **fields,
    )
    if started:
        fieldwork.start(visit, actor=lead, no_interest=True)
    return fresh(visit)


def fresh(visit: Visit) -> Visit:
    """Return a visit as a new request reads it."""
    return Visit.objects.select_related("party", "site", "version", "supervisor", "account").get(pk=visit.pk)


def answer(visit: Visit, actor: User, **given: Any) -> None:
    """Give answers by item code (REC_04="yes"), each adverse one with a comment."""
    by_section: dict[str, dict[str, Answer]] = {}
    for name, raw in given.items():
        code = name.replace("_", "-")
        section = visit.version.questionnaire.section_of(code)
        by_section.setdefault(section.code, {})[code] = read(visit.version.questionnaire.item(code), raw)
    before = standing(visit.ref, visit.version).answers
    for code, answers in by_section.items():
        section = visit.version.questionnaire.section(code)
        merged = {item.code: answers.get(item.code, before.get(item.code, Answer(item.code))) for item in section.items}
        comments = {item.code: "Seen." for item in section.items if is_adverse(item, merged[item.code])}
        fieldwork.save_answers(
            visit, section=code, answers=merged, words=Words(comments, {}, ""), base=None, actor=actor
        )


def make_finding(visit: Visit, actor: User, **fields: Any) -> Finding:
    """Return a finding of a visit."""
    given = {"severity": "major", "statement": "Wages are paid late.", "legal_basis": "C95 Art. 12", **fields}
    return findings.add_finding(visit, actor=actor, **given)


def make_partner(name: str = "Harbour Shelter", *, children: bool = False) -> Account:
    """Return a partner that takes referrals."""
    account = Account.objects.get_or_create(name=name, kind=AccountKind.PARTNER)[0]
    PartnerProfile.objects.get_or_create(
        account=account, defaults={"services": ["shelter"], "takes_children": children, "child_protection": children}
    )
    return account


def make_consent(given: str = Given.AGREED, *shared: str) -> referrals.ConsentGiven:
    """Return what was explained and agreed."""
    explained = CHILD_EXPLAINED if given == Given.CHILD else EXPLAINED
    return referrals.ConsentGiven(given, explained, "ne", shared, interpreter=True)


def make_referral(visit: Visit, actor: User, partner: Account, **fields: Any) -> Referral:
    """Return an adult's referral that shares a name and a safe contact, and not the risks."""
    given: dict[str, Any] = {
        "route": "adult",
        "consent": make_consent(Given.AGREED, "name", "safe_contact"),
        "safety": ("safe_now",),
        "urgency": "day",
        "partner": partner,
        "services": ["shelter"],
        "details": {"name": "Maya", "safe_contact": "In the evening only", "risks": "The lodging is the employer's"},
    }
    return referrals.refer(visit, actor=actor, **{**given, **fields})


def close(visit: Visit, actor: User) -> None:
    """Close a visit after a complete closing meeting."""
    version = ChecklistVersion.objects.newest(CLOSING)
    assert version is not None
    said = {item.code: Answer(item.code, State.ANSWERED, "yes") for item in version.questionnaire.items()}
    fieldwork.close(visit, answers=said, words=NO_WORDS, actor=actor)
