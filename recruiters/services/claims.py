"""Claims of register entries. A claim lets an organisation speak for an entry; it never says that anything is true."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices, vault
from core.actors import Actor
from core.models import Account, User
from core.roles import Role
from parties import services as parties
from parties.models import Kind
from recruiters.models import Claim, ClaimStep, Recruiter
from recruiters.registerrows import number_key
from recruiters.services.licences import DecisionRefused
from recruiters.services.register import officers, sorting


def account_of(user: User) -> Account:
    """Return the organisation that a recruiter's person signs in for; raises PermissionDenied without one."""
    accounts = Account.objects.filter(pk__in=user.account_ids(Role.RECRUITER_MEMBER)).order_by("pk")
    account = accounts.first()
    if account is None:
        raise PermissionDenied(_("Your role does not include this."))
    return account


def speaks_for(account: Account) -> Recruiter | None:
    """Return the entry that an organisation speaks for, if any."""
    return Recruiter.objects.filter(party__account=account, merged_into__isnull=True).select_related("party").first()


@transaction.atomic
def begin_entry(*, name: str, country: str, actor: User, registration_number: str = "") -> Recruiter:
    """Enter one's own organisation as a recruiter that has no licence yet; the public does not see it before it has.

    Raises DecisionRefused when the organisation already speaks for an entry, or its number is on the register: then
    the entry is claimed, so that nobody shakes off a past by starting anew.
    """
    account = account_of(actor)
    if speaks_for(account) is not None:
        raise DecisionRefused(_("You already speak for an entry of this register."))
    if not any(character.isalpha() for character in name):
        raise DecisionRefused(_("A recruiter needs a name."))
    key, scheme = number_key(registration_number), f"registration:{country}"
    held = Recruiter.objects.filter(
        party__identifiers__scheme=scheme, party__identifiers__value=key, merged_into__isnull=True
    )
    if key and held.exists():
        raise DecisionRefused(
            _("This registration number is on the register already. Please claim that entry instead.")
        )
    party = parties.register_party(
        kind=Kind.ORGANISATION, name=name.strip(), country=country, actor=actor,
        identifiers=[(scheme, key)] if key else (),
    )  # fmt: skip
    party.account = account
    party.save(update_fields=["account"])
    recruiter = Recruiter.objects.create(
        party=party, sort_name=sorting(party.name), country=party.country, is_listed=False
    )
    audit.record("recruiter.entered_itself", actor=actor, subject=recruiter.ref, party=party.ref)
    return recruiter


@transaction.atomic
def open_claim(recruiter: Recruiter, *, words: str, actor: User, files: "Iterable[UploadedFile[Any]]" = ()) -> Claim:
    """Claim an entry with papers that show it; raises DecisionRefused where it cannot be. Nothing changes by it yet."""
    account = account_of(actor)
    recruiter = recruiter.survivor()
    own = speaks_for(account)
    if own is not None:
        raise DecisionRefused(_("You already speak for an entry of this register."))
    if Claim.objects.filter(recruiter=recruiter, account=account, state__in=Claim.WAITING).exists():
        raise DecisionRefused(_("You have claimed this entry already. It waits for an officer."))
    kept = list(files)
    if not kept:
        raise DecisionRefused(_("Add at least one paper that shows that the entry is yours."))
    claim = Claim.objects.create(
        recruiter=recruiter, account=account, opened_by=actor,
        words=vault.seal(words, purpose="recruiter.claim") if words.strip() else None,
    )  # fmt: skip
    for upload in kept:
        claim.files.add(evidence.keep(upload, actor=actor, subject=claim.ref))
    ClaimStep.objects.create(claim=claim, state=claim.state, by=actor)
    audit.record("claim.opened", actor=actor, subject=claim.ref, recruiter=recruiter.ref, account=account.ref)
    for officer in officers():
        notices.notify(officer, "claim_opened", subject_ref=claim.ref)
    return claim


def rival_of(claim: Claim) -> Account | None:
    """Return the organisation that speaks for the claimed entry now, where it is another one."""
    account = claim.recruiter.party.account
    return account if account is not None and account.pk != claim.account_id else None


def _locked(claim: Claim, actor: Actor, *states: str) -> Claim:
    access.require(actor, "decide", claim)
    found = Claim.objects.select_for_update(of=("self",)).select_related("recruiter__party__account", "account")
    claim = found.get(pk=claim.pk)
    if claim.state not in states:
        raise DecisionRefused(_("This claim was already answered, or waits for somebody else."))
    return claim


def _step(claim: Claim, state: str, actor: Actor, *, reason_code: str = "", note: str = "") -> ClaimStep:
    claim.state = state
    claim.save(update_fields=["state"])
    by = actor if isinstance(actor, User) else None
    step = ClaimStep.objects.create(claim=claim, state=state, reason_code=reason_code, note=note.strip()[:1000], by=by)
    audit.record(f"claim.{state}", actor=actor, subject=claim.ref, recruiter=claim.recruiter.ref, reason=reason_code)
    return step


def _tell(account: Account, code: str, claim: Claim) -> None:
    for membership in account.memberships.filter(role=Role.RECRUITER_MEMBER, until__isnull=True).select_related("user"):
        notices.notify(membership.user, code, subject_ref=claim.ref)


@transaction.atomic
def approve_claim(claim: Claim, *, actor: Actor, note: str = "", in_place_of: str = "") -> Claim:
    """Approve a claim. Where another organisation speaks for the entry already, this only proposes it.

    A second claim names, by its reference, the organisation that it would put aside; that organisation is told at once
    and can answer, and a second officer decides by `confirm_claim`.
    """
    claim = _locked(claim, actor, Claim.State.OPEN)
    if speaks_for(claim.account) is not None:
        raise DecisionRefused(_("The claimant already speaks for another entry."))
    rival = rival_of(claim)
    if rival is None:
        return _approve(claim, actor, note)
    if in_place_of != rival.ref:
        raise DecisionRefused(
            _(
                "%(name)s speaks for this entry already. Say expressly that the claim goes before it; "
                "a second officer decides."
            )
            % {"name": rival.name}
        )
    _step(claim, Claim.State.PROPOSED, actor, note=note)
    _tell(rival, "claim_rival", claim)
    for officer in officers():
        if officer != actor:
            notices.notify(officer, "claim_second", subject_ref=claim.ref)
    return claim


@transaction.atomic
def confirm_claim(claim: Claim, *, actor: User, note: str = "") -> Claim:
    """Approve a second claim as the second officer: the earlier one ends. Nobody confirms their own proposal."""
    claim = _locked(claim, actor, Claim.State.PROPOSED)
    proposed = claim.steps.filter(state=Claim.State.PROPOSED).order_by("-pk").first()
    if proposed is not None and proposed.by_id == actor.pk:
        raise DecisionRefused(_("You proposed this yourself. Another officer has to agree."))
    for earlier in Claim.objects.filter(recruiter=claim.recruiter, state=Claim.State.APPROVED):
        _step(earlier, Claim.State.ENDED, actor, reason_code=Claim.Why.REPLACED)
        _tell(earlier.account, "claim_ended", earlier)
    return _approve(claim, actor, note)


def _approve(claim: Claim, actor: Actor, note: str) -> Claim:
    party = claim.recruiter.party
    party.account = claim.account
    party.save(update_fields=["account"])
    _step(claim, Claim.State.APPROVED, actor, note=note)
    _tell(claim.account, "claim_approved", claim)
    return claim


@transaction.atomic
def refuse_claim(claim: Claim, *, reason_code: str, note: str, actor: Actor) -> Claim:
    """Refuse a claim with a reason; the claimant reads it, and may appeal."""
    claim = _locked(claim, actor, *Claim.WAITING)
    if reason_code not in (Claim.Why.NOT_SHOWN, Claim.Why.OTHERS, Claim.Why.NOT_READABLE):
        raise DecisionRefused(_("Choose a reason."))
    if not note.strip():
        raise DecisionRefused(_("Say why, so that the claimant knows what to do."))
    _step(claim, Claim.State.REFUSED, actor, reason_code=reason_code, note=note)
    _tell(claim.account, "claim_refused", claim)
    return claim


@transaction.atomic
def end_claim(claim: Claim, *, note: str, actor: User) -> Claim:
    """Give up one's own approved claim, or end it as an officer; the entry is then nobody's."""
    if not claim.permits(actor, "read_own"):
        access.require(actor, "decide", claim)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("recruiter__party", "account").get(pk=claim.pk)
    if claim.state != Claim.State.APPROVED:
        raise DecisionRefused(_("This claim is not in force."))
    party = claim.recruiter.party
    if party.account_id == claim.account_id:
        party.account = None
        party.save(update_fields=["account"])
    _step(claim, Claim.State.ENDED, actor, reason_code=Claim.Why.GIVEN_UP, note=note)
    return claim


def claimed_by(recruiter: Recruiter) -> Claim | None:
    """Return the approved claim of an entry, for its page: "claimed by", never "verified"."""
    return recruiter.claims.filter(state=Claim.State.APPROVED).select_related("account").first()
