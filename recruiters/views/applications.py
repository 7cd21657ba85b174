"""What recruiters ask for, and the officers' answers."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import evidence, vault
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.listing.page import Action
from core.roles import Role
from recruiters import services
from recruiters.applywords import FIELD_LABELS, GRAVITY, content_rows
from recruiters.filters import ApplicationFilter
from recruiters.forms.own import ApplicationAnswerForm, DisputeAnswerForm, ReturnForm, SecondForm
from recruiters.models import Application, Dispute
from recruiters.presenting import fact_rows
from recruiters.services import granting
from recruiters.services.prefilling import left_out
from recruiters.services.ties import newest_decisions
from recruiters.tiegraph import ties_of
from recruiters.tiewords import ground_told, tie_rows
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.watchhits import watch_of

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
OPTIONAL = ("number", "authority", "hit_words")
HOME = (gettext_lazy("Applications"), reverse_lazy("recruiters:applications"))


class ApplicationList(ListingView[Application]):
    """Applications, those that wait for an answer first."""

    model = Application
    roles = READ_BY
    title = gettext_lazy("Applications")
    filterset_class = ApplicationFilter
    default_sort = "-submitted"
    columns = (
        Column("ref", gettext_lazy("Reference"), value=lambda a: a.ref, link=lambda a: f"{HOME[1]}{a.ref}/"),
        Column("name", gettext_lazy("Recruiter"), value=lambda a: a.recruiter.party.name),
        Column("kind", gettext_lazy("For"), value=lambda a: a.get_kind_display()),
        Column(
            "state", gettext_lazy("State"), kind="status", value=lambda a: a.get_state_display(), tone=lambda a: a.tone
        ),
        Column(
            "submitted", gettext_lazy("Handed in"), kind="date", sort="submitted_at", value=lambda a: a.submitted_at
        ),
    )

    def records(self) -> QuerySet[Application]:
        """Return applications with their recruiters."""
        return Application.objects.select_related("recruiter__party")

    def get_actions(self) -> Sequence[Action]:
        """Lead to what else is asked of officers."""
        return (
            Action(_("Disputes"), reverse("recruiters:disputes"), secondary=True),
            Action(_("Claims"), reverse("recruiters:claims"), secondary=True),
            Action(_("Appeals"), reverse("recruiters:appeals"), secondary=True),
        )


class DisputeList(ListingView[Dispute]):
    """Disputes of facts."""

    model = Dispute
    roles = READ_BY
    title = gettext_lazy("Disputes")
    default_sort = "-opened"
    columns = (
        Column("ref", gettext_lazy("Reference"), value=lambda d: d.ref, link=lambda d: f"{HOME[1]}disputes/{d.ref}/"),
        Column("name", gettext_lazy("Recruiter"), value=lambda d: d.recruiter.party.name),
        Column("ground", gettext_lazy("Ground"), value=lambda d: d.get_ground_display()),
        Column(
            "state", gettext_lazy("State"), kind="status", value=lambda d: d.get_state_display(), tone=lambda d: d.tone
        ),
        Column("opened", gettext_lazy("Opened"), kind="date", sort="opened_at", value=lambda d: d.opened_at),
    )

    def records(self) -> QuerySet[Dispute]:
        """Return disputes with their recruiters."""
        return Dispute.objects.select_related("recruiter__party")


@staff(*READ_BY)
def application(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show an application: what it declares, what was found and answered, its ties, and what may be done."""
    user = reader(request)
    found = fetch(user, Application.objects.select_related("recruiter__party", "licence"), ref=ref)
    may = found.state == Application.State.SUBMITTED and found.permits(user, "decide")
    ties = ties_of(found.recruiter) if found.permits(user, "decide") else None
    decided = newest_decisions(found.recruiter) if ties else {}
    waiting = found.proposals.filter(answer="").select_related("by").first()
    watch = watch_of(found.recruiter)
    gravity = granting.gravity(found, grant=True, ties=ties, watch=watch) if ties else None
    context = {
        "application": found,
        "recruiter": found.recruiter,
        "may": may,
        "ties": tie_rows(ties, decided) if ties else [],
        "watch": watch,
        "may_screen": found.permits(user, "decide"),
        "waivers": found.waivers.select_related("by"),
        "gravity": [GRAVITY[reason] for reason in gravity.reasons] if gravity else [],
        "proposal": waiting,
        "own_proposal": waiting is not None and waiting.by_id == user.pk,
        "second": SecondForm(own=waiting.by_id == user.pk) if may and waiting is not None else None,
        "left_out": left_out(found.recruiter, found.content) if found.is_open else [],
        "rows": content_rows(found.content, of_others=True),
        "steps": found.steps.select_related("by").prefetch_related("findings__answers"),
        "labels": FIELD_LABELS,
        "papers": found.papers.filter(taken_back_at__isnull=True).select_related("file"),
        "appeals": found.appeals.all(),
        "crumbs": (HOME,),
    }
    return render(request, "recruiters/application.html", context)


def _for_decision(request: HttpRequest, ref: str) -> Application:
    rows = Application.objects.select_related("recruiter__party", "licence")
    found: Application = fetch(reader(request), rows, "decide", ref=ref)
    return found


def _page(request: HttpRequest, form: Any, found: Application, **texts: Any) -> HttpResponseBase:
    address = reverse("recruiters:application", args=[found.ref])
    texts = {"lede": found.recruiter.name, **texts}
    return form_page(request, form, back=address, crumbs=(HOME, (found.ref, address)), **texts)


@staff(Role.MINISTRY_OFFICER)
def answer(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Grant or refuse; a grave decision waits for a second officer."""
    found = _for_decision(request, ref)
    watch = watch_of(found.recruiter)
    form = ApplicationAnswerForm(request.POST or None, renewal=found.licence_id is not None, severe=bool(watch.severe))

    def do(data: dict[str, Any]) -> str:
        names = ("note", "expires_on", "order_number", "reason_code")
        given = {name: data[name] for name in names} | {name: data.get(name, "") for name in OPTIONAL}
        services.decide_application(found, grant=data["answer"] == "grant", actor=reader(request), **given)
        return str(found.ref)

    if carry_out(form, purpose="application.answer", do=do):
        return redirect("recruiters:application", ref)
    return _page(request, form, found, title=_("Grant or refuse"), submit=_("Decide"), watch=watch)


@staff(Role.MINISTRY_OFFICER)
def send_back(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Return an application field by field."""
    found = _for_decision(request, ref)
    form = ReturnForm(request.POST or None, given=found.content, told=_told(found))

    def do(data: dict[str, Any]) -> str:
        services.return_application(found, note=data["note"], findings=form.findings(), actor=reader(request))
        return str(found.ref)

    if carry_out(form, purpose="application.return", do=do):
        return redirect("recruiters:application", ref)
    return _page(
        request,
        form,
        found,
        title=_("Return field by field"),
        submit=_("Return to the applicant"),
        lede=_(
            "Write beside a field what is wrong or missing. Of what you leave empty the applicant is asked nothing."
        ),
    )


def _told(found: Application) -> str:
    """Return what the applicant would be told of its ties: those that nobody set aside and that are not weak."""
    ties = ties_of(found.recruiter)
    decided = newest_decisions(found.recruiter)
    standing = [
        judged
        for judged in ties.found
        if judged.band != "weak" and not ((made := decided.get(judged.key)) and made.decided == "not_relevant")
    ]
    return ground_told(standing, ties)


@staff(Role.MINISTRY_OFFICER)
def second(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Agree with another officer's proposal, or do not."""
    found = _for_decision(request, ref)
    proposal = get_object_or_404(found.proposals.filter(answer=""))
    form = SecondForm(request.POST or None, own=proposal.by_id == reader(request).pk)

    def do(data: dict[str, Any]) -> str:
        services.answer_proposal(proposal, agree=data["answer"] == "agree", actor=reader(request))
        return str(found.ref)

    if carry_out(form, purpose="application.second", do=do):
        return redirect("recruiters:application", ref)
    return _page(request, form, found, title=_("The second officer's answer"), submit=_("Answer"))


@staff(*READ_BY)
def dispute(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a dispute and take the answer; opening its words is written down."""
    user = reader(request)
    found = fetch(user, Dispute.objects.select_related("recruiter__party", "fact", "words"), ref=ref)
    may = found.state == Dispute.State.OPEN and found.permits(user, "decide")
    form = DisputeAnswerForm(request.POST or None, entry=found.fact_id is None)

    def do(data: dict[str, Any]) -> str:
        services.answer_dispute(found, accept=data["answer"] == "accept", answer=data["note"], actor=user)
        return str(found.ref)

    if request.method == "POST":
        fetch(user, Dispute, "decide", ref=ref)
        if carry_out(form, purpose="dispute.answer", do=do):
            return redirect("recruiters:dispute", ref)
    words = ""
    if found.words is not None and found.permits(user, "decide"):
        words = vault.open_text(found.words, actor=user, reason="dispute", subject=found.ref)
    context = {
        "dispute": found,
        "recruiter": found.recruiter,
        "form": form if may else None,
        "words": words,
        "fact": fact_rows([found.fact], show_grievances=True)[0] if found.fact is not None else None,
        "steps": found.steps.select_related("by"),
        "files": found.files.all(),
        "crumbs": (HOME,),
    }
    return render(request, "recruiters/dispute.html", context, status=422 if form.is_bound else 200)


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def application_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a paper of an application."""
    found = fetch(reader(request), Application, ref=ref)
    papers = found.papers.filter(taken_back_at__isnull=True).select_related("file")
    return evidence.respond(get_object_or_404(papers, file__ref=file_ref).file, actor=reader(request))


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def dispute_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a paper of a dispute."""
    found = fetch(reader(request), Dispute, ref=ref)
    return evidence.respond(get_object_or_404(found.files, ref=file_ref), actor=reader(request))
