"""Record what is known about contracts: one finding, or a whole contract compared in its versions."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, evidence
from core.actors import Actor
from core.models import User
from core.standards import standard
from recruiters.contractrules import Comparison, Direction, Finding, Version, review, severity_of_finding
from recruiters.contractterms import RULES, Value, read_all, store
from recruiters.models import ContractFact, ContractReview, ContractTerm, Corridor, Recruiter
from recruiters.models.words import SourceKind
from recruiters.services.risk import note_risk

GRAVE = ("moderate", "serious", "critical")
_RANK = {"none": 0, "minor": 1, "moderate": 2, "serious": 3, "critical": 4}


class NothingToCompare(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A review that holds no term; the message is for people."""


@transaction.atomic
def record_contract(
    recruiter: Recruiter,
    *,
    actor: Actor,
    element: str,
    finding: str,
    source_kind: str,
    corridor: Corridor | None = None,
    before: str = "",
    after: str = "",
    observed_on: date | None = None,
    source_ref: str = "",
) -> ContractFact:
    """Record what was found about one element of contracts; a change for the worse becomes a fact of the rating."""
    access.require(actor, "assess", recruiter)
    required = standard("contract").element(element).required
    severity = severity_of_finding(element, finding, required=required)
    fact = ContractFact.objects.create(
        recruiter=recruiter,
        corridor=corridor,
        element=element,
        finding=finding,
        before=before,
        after=after,
        observed_on=observed_on or timezone.localdate(),
        source_kind=source_kind,
        source_ref=source_ref,
        severity=severity,
        recorded_by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        "recruiter.contract_recorded",
        actor=actor,
        subject=fact.ref,
        recruiter=recruiter.ref,
        element=element,
        finding=finding,
    )
    if severity in ("moderate", "serious", "critical"):
        source = source_ref if source_kind == SourceKind.GRIEVANCE and source_ref else fact.ref
        note_risk(recruiter, f"contract.{finding}", severity, source, fact.observed_on, actor=actor)
    return fact


def comparison_of(found: ContractReview) -> Comparison:
    """Return what the rules say of a review's stored terms; writes nothing."""
    versions = {
        name: Version(name, read_all(data), whole=name in found.read_whole) for name, data in found.versions().items()
    }
    for name in found.read_whole:
        versions.setdefault(name, Version(name, {}, whole=True))
    return review(versions, _required(), banned=len(found.clauses))


def _required() -> list[str]:
    return [element.code for element in standard("contract").elements if element.required]


def _late(signed_on: date | None, departed_on: date | None, copy_given_on: date | None) -> list[str]:
    """Return the signs of substitution that the days alone give away."""
    signs = []
    if signed_on and departed_on and signed_on > departed_on:
        signs.append("signed_late")
    if departed_on and copy_given_on and copy_given_on > departed_on:
        signs.append("no_copy")
    return signs


@transaction.atomic
def record_contract_review(
    recruiter: Recruiter,
    *,
    actor: Actor,
    terms: Mapping[str, Mapping[str, Value]],
    source_kind: str,
    source_ref: str = "",
    corridor: Corridor | None = None,
    read_whole: Iterable[str] = (),
    clauses: Iterable[str] = (),
    signs: Iterable[str] = (),
    contract_language: str = "",
    worker_language: str = "",
    language_understood: bool | None = None,
    explained: bool | None = None,
    copy_given_on: date | None = None,
    signed_on: date | None = None,
    departed_on: date | None = None,
    files: "Iterable[UploadedFile[Any]]" = (),
) -> ContractReview:
    """Record a contract in its versions and compare them; what harms the worker becomes facts of the rating.

    Raises NothingToCompare when no version holds anything, PermissionDenied, EvidenceRefused.
    """
    access.require(actor, "assess", recruiter)
    whole = [name for name in ("offered", "signed") if name in set(read_whole)]
    if not whole and not any(terms.values()):
        raise NothingToCompare(_("Give at least one term of one version."))
    found = ContractReview.objects.create(
        recruiter=recruiter, corridor=corridor, contract_language=contract_language, worker_language=worker_language,
        language_understood=language_understood, explained=explained, copy_given_on=copy_given_on,
        signed_on=signed_on, departed_on=departed_on, read_whole=whole, clauses=sorted(set(clauses)),
        signs=sorted({*signs, *_late(signed_on, departed_on, copy_given_on)}), source_kind=source_kind,
        source_ref=source_ref, rules=RULES, severity="none",
        recorded_by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    _write(found, terms)
    for upload in files:
        found.files.add(evidence.keep(upload, actor=actor, subject=found.ref))
    compared = comparison_of(found)
    _keep(found, compared)
    audit.record(
        "recruiter.contract_reviewed", actor=actor, subject=found.ref, recruiter=recruiter.ref, worse=found.worse,
        better=found.better, missing=found.missing, substituted=found.substituted,
    )  # fmt: skip
    _tell_rating(found, compared, actor=actor)
    return found


def _write(found: ContractReview, terms: Mapping[str, Mapping[str, Value]]) -> None:
    ContractTerm.objects.bulk_create(
        ContractTerm(review=found, version=version, field=name, data=store(value))
        for version, values in terms.items()
        for name, value in values.items()
    )


def _keep(found: ContractReview, compared: Comparison) -> None:
    found.worse, found.better = compared.count(Direction.WORSE), compared.count(Direction.BETTER)
    found.unclear, found.missing = compared.count(Direction.CANNOT_TELL), len(compared.missing)
    found.substituted = compared.substituted
    severities = [compared.severity, "serious" if found.language_understood is False else "none"]
    found.severity = max(severities, key=_RANK.__getitem__)
    found.save()


def _tell_rating(found: ContractReview, compared: Comparison, *, actor: Actor) -> None:
    """Write one fact for each kind of finding, with its gravest severity: one contract is one event."""
    day = found.signed_on or found.recorded_on
    source = found.source_ref if found.source_kind == SourceKind.GRIEVANCE and found.source_ref else found.ref
    kinds: dict[str, str] = {}
    for difference in compared.differences:
        if difference.direction is Direction.WORSE:
            before = kinds.get(Finding.SUBSTITUTED_WORSE, "none")
            kinds[Finding.SUBSTITUTED_WORSE] = max(before, difference.severity, key=_RANK.__getitem__)
    if compared.missing:
        kinds[Finding.MISSING] = "moderate"
    if found.clauses:
        kinds[Finding.BANNED_CLAUSE] = "serious"
    if found.language_understood is False:
        kinds["not_understood"] = "serious"
    for kind, severity in sorted(kinds.items()):
        note_risk(found.recruiter, f"contract.{kind}", severity, source, min(day, timezone.localdate()), actor=actor)


def short_notice(found: ContractReview, days: int = 5) -> bool | None:
    """Tell whether the copy came later than so many days before departure; None where the days are not known."""
    if found.copy_given_on is None or found.departed_on is None:
        return None
    return found.departed_on - found.copy_given_on < timedelta(days=days)
