"""One grievance for its handler: codes in the clear, words only for a reason; decide, answer, step back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import access, evidence, formkeys
from core.access import staff
from core.models import User
from core.references import BadReference, parse_reference
from core.roles import Role
from grievances import services
from grievances.forms.staff import (
    ContactOpenForm,
    FindPartyForm,
    LinkForm,
    LowerForm,
    MessageForm,
    OpenForm,
    RecuseForm,
    TriageForm,
)
from grievances.models import Accused, Grievance, SecondWord
from grievances.openings import opened_reason, remember_opening
from grievances.reasons import CATEGORIES_SHORT, PRIORITIES, say
from grievances.services import CloseRefused, Judgement, TriageRefused
from grievances.services.relating import related_to
from grievances.services.triaging import TRIABLE
from grievances.statuses import ENDED, Decision, Status
from grievances.triage import Priority
from grievances.views import rounds
from grievances.views.keys import opened_or_locked
from grievances.views.overview import numbered_accused, overview
from grievances.wording import not_accepted_label
from parties.models import Party
from parties.search import likely_parties, search_parties

MOST_MATCHES = 10
case_officer = staff(Role.CASE_OFFICER)
View = Callable[..., HttpResponseBase]


def fetch(request: HttpRequest, ref: str) -> Grievance:
    """Return a grievance that this handler may know of, or nothing at all."""
    return access.fetch(request.user, Grievance.objects.with_status(), ref=ref)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def page(request: HttpRequest, grievance: Grievance, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the grievance's page, with the words where they were opened for a reason a short while ago."""
    user, question = _user(request), services.open_question(grievance)
    context: dict[str, Any] = {
        "grievance": grievance,
        "view": overview(grievance, user),
        **opened_or_locked(request, grievance),
        "open_form": OpenForm(),
        "contact_form": ContactOpenForm(),
        "message_form": MessageForm(),
        "recuse_form": RecuseForm(),
        "lower_form": LowerForm(),
        "question": question,
        "question_value": _asked_value(question) if question else "",
        "asked_by_me": question is not None and question.asked_by_id == user.pk,
        "may_lower": question is None and grievance.priority != Priority.NORMAL and grievance.status not in ENDED,
        "related": related_to(grievance, user),
        "find_form": FindPartyForm(initial={"find": request.GET.get("find", "")}),
        "parts": Accused.As.choices,
        "matches": _matches(request.GET.get("find", "")),
        "searched": bool(request.GET.get("find", "").strip()),
        "may_triage": grievance.status in TRIABLE,
        "withdrawn": grievance.status == Status.WITHDRAWN and not hasattr(grievance, "case"),
        **forms,
    }
    return render(request, "grievances/staff/grievance.html", context, status=status)


def _asked_value(question: SecondWord) -> str:
    """Return what exactly is asked for, in words."""
    if question.asks == SecondWord.Asks.LOWER:
        return say(PRIORITIES, question.value)
    if question.asks == SecondWord.Asks.END_WITHDRAWN:
        return str(_("She did it freely") if question.value == "yes" else _("I suspect pressure"))
    return not_accepted_label(question.value) if question.value else ""


def _matches(text: str) -> list[Party]:
    """Return the parties that a handler may mean by a name, slips forgiven, or by a reference."""
    if not text.strip():
        return []
    try:
        return list(Party.objects.filter(ref=parse_reference(text, "PTY")))
    except BadReference:
        exact = list(search_parties(text).order_by("name")[:MOST_MATCHES])
    order = {party: place for place, (party, _score) in enumerate(likely_parties(text, limit=MOST_MATCHES))}
    similar = Party.objects.filter(pk__in=order).exclude(pk__in=[party.pk for party in exact])
    return [*exact, *sorted(similar, key=lambda party: order[party.pk])][:MOST_MATCHES]


@case_officer
def grievance(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a grievance in codes."""
    return page(request, fetch(request, ref))


@require_POST
@case_officer
def open_words(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Open the words for a reason, for a short while."""
    found, form = fetch(request, ref), OpenForm(request.POST)
    if form.is_valid():
        services.begin_reading(found, actor=_user(request), reason=form.cleaned_data["reason"])
        remember_opening(request, found.ref, form.cleaned_data["reason"])
        if request.POST.get("back") == "triage":  # where the words were asked for
            address = rounds.address_of(found.ref) if rounds.in_round(request) else ""
            return redirect(address or reverse("grievances:triage", args=[found.ref]))
        return redirect("grievances:grievance", ref=found.ref)
    return page(request, found, open_form=form, status=422)


@require_POST
@case_officer
def open_contact(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show once how the worker may be reached."""
    found, form = fetch(request, ref), ContactOpenForm(request.POST)
    if not form.is_valid():
        return page(request, found, contact_form=form, status=422)
    contact = services.open_contact(found, actor=_user(request), reason=form.cleaned_data["reason"])
    return page(request, found, contact=contact)


@require_POST
@case_officer
def take(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Become the handler."""
    found = fetch(request, ref)
    services.take(found, actor=_user(request))
    messages.success(request, _("You handle %(ref)s now.") % {"ref": found.ref})
    return redirect("grievances:grievance", ref=found.ref)


@require_POST
@case_officer
def send_message(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Write to the worker, once however often the form is sent."""
    found, form = fetch(request, ref), MessageForm(request.POST)
    if not form.is_valid():
        return page(request, found, message_form=form, status=422)

    def send() -> str:
        services.send_message(found, form.cleaned_data["words"], actor=_user(request))
        return found.ref

    formkeys.once(form.cleaned_data["form_key"], purpose="grievance.message", do=send)
    messages.success(request, _("Sent. The worker reads it when she returns with her receipt."))
    return redirect("grievances:grievance", ref=found.ref)


@case_officer
def triage(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Decide on a grievance."""
    found = fetch(request, ref)
    assessment = services.preview(found)
    if request.method != "POST":
        initial = {"codes": found.codes, "priority": assessment.priority}
        return _triage_page(request, found, TriageForm(initial=initial))
    form = TriageForm(request.POST)
    if not form.is_valid():
        return _triage_page(request, found, form, status=422)
    values = form.cleaned_data
    judgement = Judgement(
        decision=Decision(values["decision"]),
        codes=tuple(values["codes"]),
        priority=Priority(values["priority"]),
        reason_code=values["reason_code"],
        note=values["note"],
    )

    place = rounds.place_of(found, _user(request)) if rounds.in_round(request) else None

    def decide() -> str:
        case = services.triage(found, judgement, actor=_user(request))
        return case.ref if case else found.ref

    try:
        done = formkeys.once(values["form_key"], purpose=f"triage:{found.ref}", do=decide)
    except TriageRefused as refusal:
        form.add_error(None, str(refusal))
        return _triage_page(request, found, form, status=422)
    asked = services.open_question(found) is not None
    messages.success(
        request, _("A second person must agree. The other handlers were told.") if asked else _("Decided.")
    )
    if rounds.in_round(request):
        return redirect(rounds.address_of(place.after or place.before if place else ""))
    return redirect("grievances:case" if done.result.startswith("CASE-") else "grievances:grievance", ref=done.result)


@case_officer
def begin_round(request: HttpRequest) -> HttpResponseBase:
    """Begin to work through what waits for a decision."""
    return rounds.begin(_user(request))


def _triage_page(request: HttpRequest, found: Grievance, form: TriageForm, *, status: int = 200) -> HttpResponse:
    view = overview(found, _user(request))
    context = {
        "grievance": found,
        "view": view,
        "form": form,
        **opened_or_locked(request, found),
        "open_form": OpenForm(initial={"reason": "triage"}),
        "back": "triage",
        "chosen": " · ".join(say(CATEGORIES_SHORT, code) for code in form["codes"].value() or []),
        "unconfirmed": any(link.basis != Accused.Basis.CONFIRMED for _number, link in view.accused),
        "round": rounds.in_round(request),
        "place": rounds.place_of(found, _user(request)) if rounds.in_round(request) else None,
    }
    return render(request, "grievances/staff/triage.html", context, status=status)


@require_POST
@case_officer
def link(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Confirm a party as accused; whoever is tied to it, this handler included, loses access at once."""
    found, form = fetch(request, ref), LinkForm(request.POST)
    party = Party.objects.filter(ref=request.POST.get("party", "")).first()
    if not form.is_valid() or party is None:
        messages.error(request, _("Choose a party from the list."))
        return redirect("grievances:grievance", ref=found.ref)
    services.link_accused(found, party, part=form.cleaned_data["part"], actor=_user(request))
    return _back(request, found, _("Linked. Whoever is tied to this party cannot see the grievance."))


@require_POST
@case_officer
def drop(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Note that a party was not meant."""
    found = fetch(request, ref)
    named = dict(numbered_accused(found)).get(number)
    if named is not None:
        services.drop_accused(named, actor=_user(request))
    return _back(request, found, _("Noted: this party is not meant."))


@require_POST
@case_officer
def recuse(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Step back."""
    found, form = fetch(request, ref), RecuseForm(request.POST)
    if not form.is_valid():
        return page(request, found, recuse_form=form, status=422)
    services.recuse(found, reason=form.cleaned_data["reason"], actor=_user(request))
    return _back(request, found, "")


@require_POST
@case_officer
def close_withdrawn(request: HttpRequest, ref: str) -> HttpResponseBase:
    """End a withdrawn grievance after the check for pressure."""
    found = fetch(request, ref)
    try:
        done = services.close_withdrawn(found, freely=request.POST.get("freely") == "yes", actor=_user(request))
    except CloseRefused as refusal:
        messages.error(request, str(refusal))
        return _back(request, found, "")
    return _back(
        request, found, _("Closed.") if done else _("A second person must agree. The other handlers were told.")
    )


@case_officer
def file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a file of an opened grievance: the clean copy, or a page that asks why the original is needed."""
    found = fetch(request, ref)
    kept = found.files.filter(evidence__ref=file_ref).select_related("evidence").first()
    reason = opened_reason(request, found.ref)
    if kept is None:
        return page(request, found, status=404)
    if not reason:
        messages.error(request, _("Open the grievance with a reason first."))
        return redirect("grievances:grievance", ref=found.ref)
    return evidence.respond(kept.evidence, actor=_user(request), clean=request.GET.get("original") != "1")


def _back(request: HttpRequest, found: Grievance, words: str) -> HttpResponseBase:
    """Return to the grievance, or to the queue where this handler may no longer know of it."""
    user = _user(request)
    if not Grievance.objects.filter(pk=found.pk).visible_to(user).exists():
        messages.success(request, _("You no longer handle this."))
        return redirect("grievances:queue")
    if words:
        messages.success(request, words)
    return redirect("grievances:grievance", ref=found.ref)
