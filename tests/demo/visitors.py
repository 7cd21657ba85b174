"""Everybody who asks for addresses: one of each role, their counterparts elsewhere, and those whose rights ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from core import vault
from core.models import Account, Membership, User
from core.roles import AccountKind, Role
from grievances.keys import new_token
from grievances.models import Accused, Grievance, Recusal
from grievances.services import Report, lodge, open_session
from grievances.services.drafts import DraftContent
from parties.demo import PASSWORD
from parties.models import Party
from recruiters.models import ContractReview, Correction, Recruiter, RiskFact
from recruiters.services.listproposals import propose_edition
from tests.demo.addresses import Visitor, make_row

ONE_OF_EACH_ROLE = ("farah", "rosa", "nadia", "quentin", "omar", "pema", "adaeze", "editor", "admin")
COUNTERPARTS = {
    "bram": "quentin",
    "sunita": "omar",
    "omar": "sunita",
    "paola": "pema",
    "ivan": "rosa",
    "tilda": "nadia",
    "vera": "adaeze",
}
"""Who has the same role in another organisation, or is tied to what is asked for; he is asked wherever the other is."""
TIED = ("tilda", "vera")
SHUT_OUT = ("demoted", "expired", "dismissed", "nobody")
"""Who signed in while it was right and lost it since, and who never had a role."""
PASSED_BY = ("anonymous", "worker", "dismissed")
"""Who is not signed in as anybody: asked to sign in."""
WITH_KEYS = frozenset({"nadia"})
OWN_IN_DEMO = ("grievances.Repayment", "grievances.Clawback")
"""Rows that stand once for each step: the demo may have its own."""
WITHOUT_REDIRECTS = [name for name in settings.MIDDLEWARE if "redirects" not in name]


def visitor(name: str, role: Role | None = None, account: str = "", kind: str = "") -> Visitor:
    """Return somebody of the demo, or somebody new."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name)
    if role is not None:
        Membership.objects.create(
            user=user, account=Account.objects.get_or_create(name=account, kind=kind)[0], role=role
        )
    client = Client(raise_request_exception=False)
    if name in WITH_KEYS:  # what is sealed for people opens with a password, not with a session that was forced
        client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    else:
        client.force_login(user)
    return Visitor(name, client)


def who_held(name: str) -> Visitor:
    """Return somebody who signs in while holding every role of the ministry."""
    held = [(Role.CASE_OFFICER, AccountKind.MINISTRY), (Role.MINISTRY_OFFICER, AccountKind.MINISTRY)]
    for role, kind in [*held, (Role.INSPECTOR, AccountKind.INSPECTORATE), (Role.ADMIN, AccountKind.OPERATOR)]:
        someone = visitor(name, role, "Ministry of Labour and Migration", kind)
    return someone


def shut_out() -> list[Visitor]:
    """Return people with an open session: one demoted, one whose time is over, one dismissed."""
    today = timezone.localdate()
    found = [who_held(name) for name in ("demoted", "expired", "dismissed")]
    Membership.objects.filter(user__username="demoted").delete()
    held = Membership.objects.filter(user__username="expired")
    held.update(since=today - timedelta(days=10), until=today - timedelta(days=1))
    User.objects.filter(username="dismissed").update(is_active=False)
    return found


def tied(name: str, role: Role, account: str) -> Visitor:
    """Return a handler or an auditor who belongs to what the grievances of the demo accuse, or stepped back."""
    someone = visitor(name, role, account, AccountKind.MINISTRY)
    own = Account.objects.get(name=account)
    party = Party.objects.filter(account=own).first() or Party.objects.create(
        kind="organisation", name=account, account=own
    )
    first = Grievance.objects.order_by("pk").first()
    Accused.objects.get_or_create(
        grievance=first, party=party, defaults={"basis": "possible", "part": "employer", "linked_on": first.received_on}
    )
    user = User.objects.get(username=name)
    own = Grievance.objects.order_by("-pk").values("pk")[:3]
    rest = Grievance.objects.exclude(pk=first.pk).exclude(pk__in=[each["pk"] for each in own])
    Recusal.objects.bulk_create(Recusal(grievance=each, user=user, reason="tie") for each in rest)
    return someone


def worker() -> Visitor:
    """Return a worker behind her receipt."""
    from grievances.returning import _SIGNER

    lodged = lodge(new_token(), Report(codes=("FEE",), language="en"), DraftContent(words="words"))
    client = Client(raise_request_exception=False)
    client.cookies["return"] = _SIGNER.sign(open_session(lodged.grievance))
    return Visitor("worker", client)


def _company(account: Account) -> Any:
    from duediligence.models import Company

    return Company.objects.get(party__account=account)


def give_rows() -> None:
    """Give each address a row that the demo does not have by itself."""
    omar = Membership.objects.get(user__username="omar").account
    his = Recruiter.objects.filter(party__account=omar).first()
    company = Membership.objects.get(user__username="quentin").account
    application = make_row("recruiters.Application", recruiter=his)
    for model, given in {
        "recruiters.ApplicationPaper": {"application": application},
        "recruiters.ApplicationFinding": {"application": application},
        "recruiters.Dispute": {"recruiter": his, "fact": RiskFact.objects.filter(recruiter=his).first()},
        "recruiters.AssessmentEvidence": {},
        "recruiters.LicenceTerm": {},
        "inspections.ActionEvidence": {},
        "grievances.GrievanceFile": {},
        "grievances.Hold": {},
        "grievances.Repayment": {},
        "grievances.RepaymentItem": {},
        "grievances.RepaymentPayment": {},
        "grievances.ClawbackCheck": {},
        "duediligence.SupplierImport": {"company": _company(company)},
    }.items():
        if not model.startswith(OWN_IN_DEMO) or not apps.get_model(model).objects.exists():
            make_row(model, **given)
    give_files()
    bram = _company(Membership.objects.get(user__username="bram").account)
    make_row("duediligence.Supplier", company=bram, key="another-s")
    make_row("duediligence.Risk", record=bram.records.first() or make_row("duediligence.Record", company=bram))
    letter = apps.get_model("inspections.Letter").objects.order_by("pk").filter(actions__isnull=False).first()
    type(letter).objects.filter(pk=letter.pk).update(party=his.party)
    give_papers(his)
    make_row("parties.Contact", party=his.party)
    make_row("parties.Relationship", target=his.party, source=Party.objects.filter(kind="person").first(), kind="owner")


def give_papers(his: Recruiter) -> None:
    """Give a recruiter a certificate, and the officers an edition of a list that waits to be let in."""
    make_row(
        "recruiters.Certificate",
        licence=his.licences.first(),
        facts={},
        document=vault.seal_file(b"%PDF-1.4", purpose="recruiters.certificate"),
        sha256="0" * 64,
    )
    propose_edition(
        actor=User.objects.get(username="farah"),
        name="Proposed list",
        data=b'{"id": "NK-1", "schema": "Company", "properties": {"name": ["Proposed Holdings"]}}\n',
        file_name="proposed.jsonl",
        list_date=timezone.localdate(),
    )


def give_files() -> None:
    """Hang a paper on everything that may carry one."""
    models = apps.get_model
    for name in ("recruiters.Dispute", "recruiters.Claim", "recruiters.Appeal"):
        models(name).objects.order_by("pk").first().files.add(make_row("core.EvidenceFile"))
    Correction.objects.order_by("pk").first().files.add(make_row("core.EvidenceFile"))
    ContractReview.objects.order_by("pk").first().files.add(make_row("core.EvidenceFile"))
    for name in ("grievances.RepaymentItem", "grievances.RepaymentPayment"):
        row = models(name).objects.order_by("pk").first()
        row.proof = make_row("core.EvidenceFile")
        row.save()
    reply = models("grievances.Reply").objects.order_by("pk").first()
    reply.file = make_row("core.EvidenceFile")
    reply.save()
    pema = User.objects.get(username="pema")
    make_row("core.EvidenceFile", subject=models("grievances.CaseReferral").objects.visible_to(pema).first().ref)


@contextmanager
def everybody() -> Iterator[dict[str, Visitor]]:
    """Give each address a row, and everybody who asks a session."""
    give_rows()
    with override_settings(MIDDLEWARE=WITHOUT_REDIRECTS):
        people = [visitor(name) for name in (*ONE_OF_EACH_ROLE, "bram", "sunita", "nobody")]
        people.append(visitor("paola", Role.REFERRAL_PARTNER, "Other Shelter", AccountKind.PARTNER))
        people.append(visitor("ivan", Role.INSPECTOR, "Other Inspectorate", AccountKind.INSPECTORATE))
        people.append(tied("tilda", Role.CASE_OFFICER, "Tilda's own office"))
        people.append(tied("vera", Role.AUDITOR, "Vera's own office"))
        people += [*shut_out(), worker(), Visitor("anonymous", Client())]
        yield {person.name: person for person in people}
