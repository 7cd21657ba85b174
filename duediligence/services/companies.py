"""Set a company up, and say which laws it reports under."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from core import audit
from core.access import require, require_role
from core.actors import Actor, Automatic
from core.models import Account
from core.roles import Role
from core.standards import standard
from duediligence.models import Company, CompanyLaw
from duediligence.models.scope import CHANGE
from parties.models import Kind, Party
from parties.services import register_party


@transaction.atomic
def set_up_company(account: Account, *, actor: Actor) -> Company:
    """Return the company of an account, made from its party (or a new one) when it is new."""
    require_role(actor, Role.COMPANY_MEMBER)
    if not isinstance(actor, Automatic) and account.pk not in actor.account_ids(Role.COMPANY_MEMBER):
        raise PermissionError(account.ref)
    party = Party.objects.filter(account=account).first()
    if party is None:
        party = register_party(kind=Kind.ORGANISATION, name=account.name, actor=actor)
        party.account = account
        party.save(update_fields=["account"])
    company, created = Company.objects.get_or_create(party=party)
    if created:
        audit.record("company.set_up", actor=actor, subject=party.ref)
    return company


@transaction.atomic
def change_company(company: Company, *, legal_form: str, contact: str, actor: Actor) -> Company:
    """Change the company's legal form and whom readers of its reports may ask."""
    require(actor, CHANGE, company)
    company.legal_form, company.contact = legal_form, contact
    company.save(update_fields=["legal_form", "contact"])
    audit.record("company.changed", actor=actor, subject=company.ref, legal_form=legal_form)
    return company


@transaction.atomic
def choose_laws(company: Company, regimes: Iterable[str], *, actor: Actor, on: date | None = None) -> None:
    """Say under which laws the company reports from a day on; a law left out ends the day before.

    Raises KeyError for a law that the standards do not know.
    """
    require(actor, CHANGE, company)
    day, wanted = on or timezone.localdate(), {standard("regimes").regime(code).code for code in regimes}
    held = {law.regime: law for law in company.laws.filter(until__isnull=True)}
    for code in sorted(wanted - set(held)):
        CompanyLaw.objects.create(company=company, regime=code, since=day)
        audit.record("company.law_chosen", actor=actor, subject=company.ref, law=code, since=day)
    for code in sorted(set(held) - wanted):
        held[code].until = day
        held[code].save(update_fields=["until"])
        audit.record("company.law_ended", actor=actor, subject=company.ref, law=code, until=day)
