"""Name risks to people, judge them, plan actions against them and say how far these are."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor
from duediligence.models import ActionState, PlannedAction, Record, Risk, RiskAssessment, Supplier
from duediligence.models.risks import ActionStateChoice
from duediligence.models.scope import CHANGE
from duediligence.prioritisation import METHOD, Assessment, Involvement
from duediligence.refusals import Refused
from duediligence.services.records import person


@transaction.atomic
def add_risk(
    record: Record,
    *,
    title: str,
    actor: Actor,
    description: str = "",
    supplier: Supplier | None = None,
    country: str = "",
    found_on: date | None = None,
) -> Risk:
    """Name a risk to people."""
    require(actor, CHANGE, record)
    if supplier is not None and supplier.company_id != record.company_id:
        raise Refused(_("This supplier belongs to another company."))
    risk = Risk.objects.create(
        record=record,
        title=title,
        description=description,
        supplier=supplier,
        country=country or (supplier.country if supplier else ""),
        found_on=found_on or timezone.localdate(),
    )
    audit.record("risk.added", actor=actor, subject=risk.ref, record=record.ref)
    return risk


@transaction.atomic
def assess_risk(
    risk: Risk,
    *,
    scale: int,
    scope: int,
    irremediability: int,
    likelihood: int,
    involvement: str,
    why: str,
    actor: Actor,
) -> RiskAssessment:
    """Judge a risk on its ladders (0 to 4) with a reason; an earlier judgement stays as history."""
    require(actor, CHANGE, risk)
    Assessment(risk.ref, scale, scope, irremediability, likelihood, Involvement(involvement))  # refuses other rungs
    if not why.strip():
        raise Refused(_("Please say why you judge it so."))
    judged = RiskAssessment.objects.create(
        risk=risk,
        scale=scale,
        scope=scope,
        irremediability=irremediability,
        likelihood=likelihood,
        involvement=involvement,
        why=why,
        method=METHOD,
        by=person(actor),
    )
    audit.record(
        "risk.assessed",
        actor=actor,
        subject=risk.ref,
        scale=scale,
        scope=scope,
        irremediability=irremediability,
        likelihood=likelihood,
        involvement=involvement,
    )
    return judged


@transaction.atomic
def plan_action(
    record: Record,
    *,
    title: str,
    owner: str,
    due_on: date,
    actor: Actor,
    risk: Risk | None = None,
    indicator: str = "",
) -> PlannedAction:
    """Plan an action with somebody responsible and a day."""
    require(actor, CHANGE, record)
    if risk is not None and risk.record_id != record.pk:
        raise Refused(_("This risk belongs to another record."))
    action = PlannedAction.objects.create(
        record=record, risk=risk, title=title, owner=owner, due_on=due_on, indicator=indicator
    )
    ActionState.objects.create(action=action, state=ActionStateChoice.PLANNED, by=person(actor))
    audit.record("action.planned", actor=actor, subject=action.ref, record=record.ref, due=due_on)
    return action


@transaction.atomic
def change_action(action: PlannedAction, *, owner: str, due_on: date, indicator: str, actor: Actor) -> PlannedAction:
    """Change who is responsible, the day or the measure of an action."""
    require(actor, CHANGE, action)
    before = action.due_on
    action.owner, action.due_on, action.indicator = owner, due_on, indicator
    action.save(update_fields=["owner", "due_on", "indicator"])
    audit.record("action.changed", actor=actor, subject=action.ref, due=due_on, due_before=before)
    return action


@transaction.atomic
def move_action(action: PlannedAction, state: str, *, note: str, actor: Actor) -> ActionState:
    """Say how far an action is; carrying it out or giving it up needs a note for the readers of the report."""
    require(actor, CHANGE, action)
    wanted = ActionStateChoice(state)
    if wanted in (ActionStateChoice.DONE, ActionStateChoice.DROPPED) and not note.strip():
        raise Refused(_("Please say what came of it, or why it was given up."))
    moved = ActionState.objects.create(action=action, state=wanted, note=note, by=person(actor))
    audit.record("action.moved", actor=actor, subject=action.ref, state=wanted.value)
    return moved
