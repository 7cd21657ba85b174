"""What recruiters ask for, and the officers' answers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from core import evidence, vault
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.roles import Role
from recruiters import services
from recruiters.forms.own import ApplicationAnswerForm, DisputeAnswerForm
from recruiters.models import Application, Dispute
from recruiters.presenting import fact_rows
from recruiters.views.acting import carry_out, reader

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
HOME = (gettext_lazy("Applications"), reverse_lazy("recruiters:applications"))


class ApplicationList(ListingView[Application]):
    """Applications, those that wait for an answer first."""

    model = Application
    roles = READ_BY
    title = gettext_lazy("Applications")
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
    """Show an application and take the answer."""
    user = reader(request)
    found = fetch(user, Application.objects.select_related("recruiter__party", "licence"), ref=ref)
    may = found.state == Application.State.SUBMITTED and found.permits(user, "decide")
    form = ApplicationAnswerForm(request.POST or None, renewal=found.licence_id is not None)

    def do(data: dict[str, Any]) -> str:
        if data["answer"] == "return":
            services.return_application(found, note=data["note"], actor=user)
        else:
            services.decide_application(
                found,
                grant=data["answer"] == "grant",
                note=data["note"],
                expires_on=data["expires_on"],
                number=data.get("number", ""),
                authority=data.get("authority", ""),
                order_number=data["order_number"],
                actor=user,
            )
        return str(found.ref)

    if request.method == "POST":
        fetch(user, Application, "decide", ref=ref)
        if carry_out(form, purpose="application.answer", do=do):
            return redirect("recruiters:application", ref)
    context = {
        "application": found,
        "recruiter": found.recruiter,
        "form": form if may else None,
        "steps": found.steps.select_related("by"),
        "files": found.files.all(),
        "crumbs": (HOME,),
    }
    return render(request, "recruiters/application.html", context, status=422 if form.is_bound else 200)


@staff(*READ_BY)
def dispute(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a dispute and take the answer; opening its words is written down."""
    user = reader(request)
    found = fetch(user, Dispute.objects.select_related("recruiter__party", "fact", "words"), ref=ref)
    may = found.state == Dispute.State.OPEN and found.permits(user, "decide")
    form = DisputeAnswerForm(request.POST or None)

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
        "fact": fact_rows([found.fact], show_grievances=True)[0],
        "steps": found.steps.select_related("by"),
        "files": found.files.all(),
        "crumbs": (HOME,),
    }
    return render(request, "recruiters/dispute.html", context, status=422 if form.is_bound else 200)


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def application_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a paper of an application."""
    found = fetch(reader(request), Application, ref=ref)
    return evidence.respond(get_object_or_404(found.files, ref=file_ref), actor=reader(request))


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def dispute_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a paper of a dispute."""
    found = fetch(reader(request), Dispute, ref=ref)
    return evidence.respond(get_object_or_404(found.files, ref=file_ref), actor=reader(request))
