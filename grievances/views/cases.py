"""One case for its handler: remedy as a task list, tries to reach the worker, closing with a second person."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import access, evidence, formkeys
from core.evidence import EvidenceRefused
from core.models import User
from grievances import services
from grievances.forms.cases import ReadForm
from grievances.forms.staff import AttemptForm, CloseForm, DeliverForm, StepForm, WordForm
from grievances.models import CaseState, RemediationCase, RemedyStep, StepEvent
from grievances.reasons import BLOCKERS, CONTACT_CHANNELS, REMEDY_ITEMS, STEP_STATES, STEP_TONES, say
from grievances.remedy import PROVEN_BY_DECISION, Closing, Outcome, StepState, Word
from grievances.services import CloseRefused, RemedyRefused, StepPlan
from grievances.services.instalments import LatePart, late_for, office_day
from grievances.services.notes import CaseNotes, read_case_notes
from grievances.services.repaying import REPAID
from grievances.services.stepping import follow_steps
from grievances.views.casefile import Refused, casefile, shown_at
from grievances.views.duedates import due_dates
from grievances.views.handling import case_officer
from grievances.views.sealednotes import ask_to_read, read_here
from grievances.wording import category_label, form_label, outcome_label

MOVES = {"agree": services.agree, "refuse": services.refuse, "replace": services.replace_step}


def fetch(request: HttpRequest, ref: str) -> RemediationCase:
    """Return a case that this handler may know of, or nothing at all."""
    return access.fetch(request.user, RemediationCase.objects.select_related("grievance"), ref=ref)


def back_to(case: RemediationCase, place: str) -> HttpResponseBase:
    """Return to the place on the case's page where something was done, so that nobody looks for it again."""
    return redirect(f"{reverse('grievances:case', args=[case.ref])}#{place}")


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def page(
    request: HttpRequest, case: RemediationCase, *, status: int = 200, refused: Refused | None = None, **forms: Any
) -> HttpResponse:
    """Show a case, with what was typed into a form that is given back, and what was refused in its place."""
    newest = case.states.order_by("-pk").select_related("by").first()
    state = case.state
    steps = list(case.steps.select_related("harm").prefetch_related("events__proof", "events__by"))
    late = late_for(case.grievance, office_day(timezone.now())) if any(step.item == REPAID for step in steps) else []
    file = casefile(case, refused)
    noted = [each.note_id for each in (*steps, *(harm["row"] for harm in file["harms"]))]
    sealed = any(noted) and case.grievance.emptied_on is None
    notes = read_here(request, case.ref, partial(read_case_notes, case)) if sealed else None
    for harm in file["harms"]:
        harm["note"] = notes.harms.get(harm["row"].number, "") if notes else ""
    context: dict[str, Any] = {
        "case": case,
        "grievance": case.grievance,
        "categories": [category_label(code) for code in case.grievance.codes],
        "state": CaseState.State(state).label,
        "closed": state == CaseState.State.CLOSED,
        "closing": state == CaseState.State.CLOSING,
        "due": due_dates(case.grievance),
        "asked_by": newest.by if newest else None,
        "asked_by_me": bool(newest and newest.by_id == _user(request).pk),
        "outcome": outcome_label(newest.outcome) if newest and newest.outcome else "",
        "steps": [_step(step, refused, notes, late) for step in steps],
        "attempts": [(each, say(CONTACT_CHANNELS, each.channel)) for each in case.attempts.select_related("by")],
        "step_form": step_form_of(case),
        **file,
        "sealed": sealed and notes is None,
        "read_form": ReadForm(),
        "deliver_form": DeliverForm(),
        "word_form": WordForm(),
        "attempt_form": AttemptForm(initial={"on": timezone.localdate().isoformat()}),
        "close_form": CloseForm(initial={"root_cause": case.root_cause}),
        **forms,
    }
    return render(request, "grievances/staff/case.html", context, status=status)


def step_form_of(case: RemediationCase, data: Any = None) -> StepForm:
    """Return the form of a step, tied to the harms that stand."""
    return StepForm(data, harms=list(case.harms.filter(struck_on=None)))


def _step(step: RemedyStep, refused: Refused | None, notes: CaseNotes | None, late: list[LatePart]) -> dict[str, Any]:
    state = StepState(step.state)
    return {
        **shown_at(refused, "step", step.number),
        "row": step,
        "note": notes.steps.get(step.number, "") if notes else "",
        "harm": f"{step.harm.number}. {category_label(step.harm.category)}" if step.harm else "",
        "form": form_label(step.form),
        "what": say(REMEDY_ITEMS, step.item),
        "state": say(STEP_STATES, state),
        "tone": STEP_TONES.get(state, ""),
        "owner": RemedyStep.Owner(step.owner).label,
        "events": [(event, say(STEP_STATES, event.state)) for event in step.events.all()],
        "may_agree": state in {StepState.PROPOSED, StepState.REFUSED},
        "may_deliver": state in {StepState.AGREED, StepState.PARTLY, StepState.DISPUTED},
        "repays": step.item == REPAID,
        "late": [each for each in late if each.row.repayment.step_id == step.pk],
        "by_decision": step.form in PROVEN_BY_DECISION,
        "may_confirm": state is StepState.DELIVERED,
        "may_refuse": state in {StepState.PROPOSED, StepState.AGREED, StepState.PARTLY, StepState.DISPUTED},
    }


@case_officer
def case(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a case, and open what is noted on it for a reason."""
    found = fetch(request, ref)
    if request.method != "POST":
        return page(request, found)
    form = ask_to_read(request, found.ref)
    return page(request, found, read_form=form, status=422) if form else redirect("grievances:case", ref=found.ref)


@require_POST
@case_officer
def add_step(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Plan a step of remedy."""
    found = fetch(request, ref)
    form = step_form_of(found, request.POST)
    if not form.is_valid():
        return page(request, found, step_form=form, status=422)
    values = dict(form.cleaned_data)
    key = values.pop("form_key")

    def add() -> str:
        return str(services.add_remedy_step(found, StepPlan(**values), actor=_user(request)).number)

    try:
        done = formkeys.once(key, purpose=f"remedy:{found.ref}", do=add)
    except RemedyRefused as refusal:
        form.add_error(None, str(refusal))
        return page(request, found, step_form=form, status=422)
    return back_to(found, f"step-{done.result}")


@require_POST
@case_officer
def move(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Note what happened to a step."""
    found = fetch(request, ref)
    step = found.steps.filter(number=number).first()
    if step is None:
        return page(request, found, status=404)
    what = request.POST.get("move", "")
    try:
        _carry_out(request, step, what)
    except (RemedyRefused, EvidenceRefused) as refusal:
        refused = Refused("step", number, str(refusal), what, request.POST)
        return page(request, found, refused=refused, status=422)
    return back_to(found, f"step-{number}")


def _carry_out(request: HttpRequest, step: RemedyStep, what: str) -> None:
    user = _user(request)
    if what in MOVES:
        MOVES[what](step, actor=user)
    elif what == "deliver":
        form = DeliverForm(request.POST, request.FILES)
        upload = form.cleaned_data["proof"] if form.is_valid() else None
        if upload and (upload.size or 0) != len(data := upload.read()):
            raise EvidenceRefused(_("This file is too large. Nothing was kept of it. Please send a smaller one."))
        services.deliver(
            step,
            actor=user,
            proof=data if upload else None,
            decision_number=form.cleaned_data.get("decision_number", ""),
        )
    elif what == "word":
        said = WordForm(request.POST)
        if not said.is_valid():
            raise RemedyRefused(_("Choose what the worker says, and how she told."))
        services.confirm(step, Word(said.cleaned_data["word"]), channel=said.cleaned_data["channel"], actor=user)
    else:
        raise RemedyRefused(_("Choose what happened to the step."))


@require_POST
@case_officer
def attempt(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Note a try to reach the worker."""
    found, form = fetch(request, ref), AttemptForm(request.POST)
    if not form.is_valid():
        return page(request, found, attempt_form=form, status=422)
    values = form.cleaned_data

    def note() -> str:
        services.note_attempt(
            found, on=values["on"], channel=values["channel"], reached=values["reached"], actor=_user(request)
        )
        return found.ref

    formkeys.once(values["form_key"], purpose=f"attempt:{found.ref}", do=note)
    return back_to(found, "attempts")


@require_POST
@case_officer
def close(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Close the case, or ask for the second person."""
    found, form = fetch(request, ref), CloseForm(request.POST)
    if not form.is_valid():
        return page(request, found, close_form=form, status=422)
    user, values = _user(request), form.cleaned_data
    if values["root_cause"] and values["root_cause"] != found.root_cause:
        services.set_root_cause(found, values["root_cause"], actor=user)
    try:
        done = services.close(found, Outcome(values["outcome"]), actor=user)
    except CloseRefused as refusal:
        for words in blocker_words(refusal.closing) or [str(refusal)]:
            form.add_error(None, words)
        return page(request, found, close_form=form, status=422)
    messages.success(request, _("Closed.") if done else _("A second person must agree. The other handlers were told."))
    return redirect("grievances:case", ref=found.ref)


@require_POST
@case_officer
def second(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Agree to closing as the second person, or decline."""
    found = fetch(request, ref)
    try:
        if request.POST.get("agree") == "yes":
            services.agree_to_close(found, actor=_user(request))
        else:
            services.decline_to_close(found, actor=_user(request))
            follow_steps(found, actor=_user(request))
    except CloseRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("grievances:case", ref=found.ref)


def blocker_words(closing: Closing | None) -> list[str]:
    """Return everything that stands in the way of closing, as sentences."""
    return [say(BLOCKERS, each.code, step=each.step) for each in closing.blockers] if closing else []


@case_officer
def proof(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a proof of delivery."""
    found = fetch(request, ref)
    event = StepEvent.objects.filter(step__case=found, proof__ref=file_ref).select_related("proof").first()
    if event is None or event.proof is None:
        return page(request, found, status=404)
    return evidence.respond(event.proof, actor=_user(request), clean=request.GET.get("original") != "1")
