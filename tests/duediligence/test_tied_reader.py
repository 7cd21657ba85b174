"""Who is tied to whom a case concerns reads a company's record as if that case had never been received.

Each page is read twice by the same person: before the case is received, and after. An auditor of the ministry, an
auditor who works for the company as well, and somebody of the company who came to be tied to the recruiter.
"""

import re
from datetime import date
from difflib import unified_diff
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.actors import SYSTEM
from core.models import Account, Membership, User
from core.roles import AccountKind, Role
from duediligence import services
from duediligence.models import Record, Step6Entry
from parties.models import Kind, Relationship
from tests.duediligence.making import (
    answer_all,
    make_case,
    make_company,
    make_engagement,
    make_published,
    make_record,
    make_recruiter,
    make_supplier,
)
from tests.factories import make_party, make_user

pytestmark = pytest.mark.django_db
CHANGING = re.compile(r'name="(?:form_key|csrfmiddlewaretoken)" value="[^"]*"|nonce="[^"]*"|(?<=prepared by )[^<]*')
PAGES = ("record", "check", "approval", "publish", "versions")


@pytest.fixture
def record(quentin: Any) -> Record:
    """Return an answered record of a company that engages two recruiters, an answered case of one known to it."""
    company = make_company(quentin)
    made = make_record(company)
    answer_all(made)
    supplier = make_supplier(company)
    for name in ("Golden Bridge Manpower", "Silver Road Agency"):
        make_engagement(company, make_recruiter(name), supplier)
    entry = services.receive_case(make_case(_recruiter("Silver Road Agency"), "CAS-0000-0002-0"))[0]
    services.respond_to_case(entry, kind="leverage", text="We asked the recruiter to stop.", actor=SYSTEM)
    return made


def _recruiter(name: str) -> Any:
    from recruiters.models import Recruiter

    return Recruiter.objects.get(party__name=name)


def _auditor(_company: Account) -> User:
    return make_user("vera", Role.AUDITOR, account="Court of Audit", kind=AccountKind.MINISTRY)


def _auditor_and_member(company: Account) -> User:
    vera = _auditor(company)
    Membership.objects.create(user=vera, account=company, role=Role.COMPANY_MEMBER)
    return vera


def _member(company: Account) -> User:
    return make_user("carl", Role.COMPANY_MEMBER, account=company.name, kind=AccountKind.COMPANY)


def _tie(user: User) -> None:
    """Tie somebody to Golden Bridge by two relations: she works for who owns it."""
    holding = make_party("Bridge Holding")
    own = make_party(f"{user.username} herself", kind=Kind.PERSON, user=user)
    Relationship.objects.create(source=own, target=holding, kind="works_for")
    Relationship.objects.create(source=holding, target=_recruiter("Golden Bridge Manpower").party, kind="owner")


def _company_account(quentin: User) -> Account:
    account: Account = quentin.current_memberships[0].account
    return account


def _read(reader: User, record: Record) -> dict[str, str]:
    """Return what stands on every page where a case could be counted."""
    fresh, client = User.objects.get(pk=reader.pk), Client()
    client.force_login(fresh)
    step_six = next(action.code for action in _actions() if action.step == 6)
    paths = [reverse(f"duediligence:{page}", args=[record.ref]) for page in PAGES]
    paths += [reverse("duediligence:answer", args=[record.ref, step_six])]
    paths += [reverse(f"duediligence:{page}") for page in ("home", "cases", "engagements")]
    paths += [reverse("core:notices")]
    return {path: CHANGING.sub("", client.get(path, follow=True).content.decode()) for path in paths}


def _actions() -> Any:
    from core.standards import standard

    return standard("oecd").actions


WHO = [_auditor, _auditor_and_member, _member]


@pytest.mark.parametrize("who", WHO)
def test_every_count_is_as_if_the_case_had_never_been_received(who: Any, record: Record, quentin: Any) -> None:
    reader, known = who(_company_account(quentin)), Step6Entry.objects.get()
    _tie(reader)
    with transaction.atomic():
        without = services.prepare(record, actor=SYSTEM)
        before = _read(reader, record)
        transaction.set_rollback(True)
    held = Membership.objects.filter(user=reader)
    held.update(until=date(2024, 1, 1))  # a company whose people are tied learns of no case: she comes after it did
    services.receive_case(make_case(_recruiter("Golden Bridge Manpower"), "CAS-0000-0001-0", codes=("VIO",)))
    held.update(until=None)
    prepared = services.prepare(record, actor=SYSTEM)
    assert Step6Entry.objects.count() == 2
    assert list(Step6Entry.objects.visible_to(User.objects.get(pk=reader.pk))) == [known]
    after = _read(reader, record)
    for path, page in before.items():
        assert list(unified_diff(page.splitlines(), after[path].splitlines(), path, n=0)) == []
    assert "1 entry" in after[reverse("duediligence:record", args=[record.ref])], "the case that she may know of"
    assert without.digest in after[reverse("duediligence:approval", args=[record.ref])]
    assert prepared.digest != without.digest


def test_whoever_is_tied_to_nobody_counts_every_case_and_reads_the_very_content(record: Record, quentin: Any) -> None:
    services.receive_case(make_case(_recruiter("Golden Bridge Manpower"), "CAS-0000-0001-0"))
    prepared = services.prepare(record, actor=SYSTEM)
    pages = _read(quentin, record)
    assert "2 entries" in pages[reverse("duediligence:record", args=[record.ref])]
    assert "1 case waits for your answer" in pages[reverse("duediligence:home")]
    assert prepared.digest in pages[reverse("duediligence:approval", args=[record.ref])]


def test_what_is_published_is_the_whole_and_the_same_for_everybody(record: Record, quentin: Any) -> None:
    for number in range(5):
        services.receive_case(make_case(_recruiter("Golden Bridge Manpower"), f"CAS-0000-0003-{number}"))
    vera = _auditor(_company_account(quentin))
    _tie(vera)
    published = make_published(record)
    client = Client()
    client.force_login(vera)
    assert client.get(f"{published.get_absolute_url()}").status_code == 200
    assert published.data["cases"]["total"] == "5–9"
