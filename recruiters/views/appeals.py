"""Appeals: lodged by recruiters' people, decided by officers who did not take the decision."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import evidence, vault
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.models import User
from core.roles import Role
from recruiters.forms.own import AppealAnswerForm, AppealForm
from recruiters.models import Appeal, Application, Claim, LicenceStatus
from recruiters.presenting import status_word
from recruiters.services import appeals as verbs
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.own import crumbs, own_recruiter

LONGEST_NUMBER = 18  # digits: what a database can look up
READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
APPEALS = (gettext_lazy("Appeals"), reverse_lazy("recruiters:appeals"))


def against_words(appeal: Appeal) -> str:
    """Return what an appeal is against."""
    if appeal.application is not None:
        return _("Refused application %(ref)s") % {"ref": appeal.application.ref}
    if appeal.claim is not None:
        return _("Refused claim %(ref)s") % {"ref": appeal.claim.ref}
    assert appeal.decision is not None  # noqa: S101 - the table makes sure of it
    return _("Order %(number)s: %(status)s") % {
        "number": appeal.decision.order_number,
        "status": status_word(appeal.decision.code),
    }


def state_words(appeal: Appeal) -> str:
    """Return where an appeal stands; one that is late says so."""
    return _("overdue") if appeal.is_overdue else str(appeal.get_state_display())


class AppealList(ListingView[Appeal]):
    """Appeals."""

    model = Appeal
    roles = READ_BY
    title = gettext_lazy("Appeals")
    default_sort = "-lodged"
    columns = (
        Column("ref", gettext_lazy("Reference"), value=lambda a: a.ref, link=lambda a: f"{APPEALS[1]}{a.ref}/"),
        Column("name", gettext_lazy("Recruiter"), value=lambda a: a.recruiter.party.name),
        Column("against", gettext_lazy("Against"), value=against_words),
        Column(
            "state",
            gettext_lazy("State"),
            kind="status",
            value=state_words,
            tone=lambda a: "bad" if a.is_overdue else a.tone,
        ),
        Column("by", gettext_lazy("Decide by"), kind="date", value=lambda a: a.decide_by if a.is_open else None),
        Column("lodged", gettext_lazy("Lodged"), kind="date", sort="lodged_at", value=lambda a: a.lodged_at),
    )

    def records(self) -> QuerySet[Appeal]:
        """Return appeals with what they are against."""
        return Appeal.objects.select_related("recruiter__party", "application", "decision", "claim")


def _appeals() -> QuerySet[Appeal]:
    return Appeal.objects.select_related(
        "recruiter__party", "account", "words", "application", "claim", "decision__licence", "decision__recorded_by"
    )


@staff(*READ_BY)
def appeal(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show an appeal and decide it; opening its words is written down."""
    user = reader(request)
    found = fetch(user, _appeals(), ref=ref)
    took_part = user.pk in verbs.deciders_of(found)
    may = found.is_open and found.permits(user, "decide") and not took_part
    form = AppealAnswerForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        verdict = verbs.Verdict(
            data["answer"] == "uphold", data["note"], data["order_number"], data["order_authority"], data["decided_on"]
        )
        return verbs.decide_appeal(found, verdict, actor=user).ref

    if request.method == "POST":
        fetch(user, Appeal, "decide", ref=ref)
        if carry_out(form, purpose="appeal.answer", do=do):
            return redirect("recruiters:appeal", ref)
    context = {
        "appeal": found,
        "against": against_words(found),
        "recruiter": found.recruiter,
        "form": form if may or form.is_bound else None,
        "took_part": took_part and found.is_open,
        "words": _words(found, user),
        "files": found.files.all(),
        "steps": found.steps.select_related("by"),
        "crumbs": (APPEALS,),
    }
    return render(request, "recruiters/appeal.html", context, status=422 if form.is_bound else 200)


def _words(found: Appeal, user: User) -> str:
    if found.words is None or not found.permits(user, "decide"):
        return ""
    return vault.open_text(found.words, actor=user, reason="appeal", subject=found.ref)


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def appeal_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a paper of an appeal."""
    found = fetch(reader(request), Appeal, ref=ref)
    return evidence.respond(get_object_or_404(found.files, ref=file_ref), actor=reader(request))


@staff(Role.RECRUITER_MEMBER)
def lodge(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """Appeal against a refused application, an order about one's licence, or a refused claim."""
    user = reader(request)
    against: dict[str, Any]
    if kind == "claim":
        claim = fetch(user, Claim.objects.select_related("recruiter__party"), "appeal", ref=key)
        against, lede = {"claim": claim}, claim.recruiter.name
    elif kind == "application":
        recruiter = own_recruiter(user)
        against = {"application": get_object_or_404(Application, ref=key, recruiter=recruiter)}
        lede = _("Refused application %(ref)s") % {"ref": key}
    else:
        if not (key.isascii() and key.isdecimal()) or len(key) > LONGEST_NUMBER:
            raise Http404
        rows = LicenceStatus.objects.filter(licence__recruiter=own_recruiter(user))
        decision = get_object_or_404(rows.select_related("licence__recruiter__party"), pk=int(key))
        against = {"decision": decision}
        lede = _("Order %(number)s: %(status)s") % {
            "number": decision.order_number,
            "status": status_word(decision.code),
        }
    form = AppealForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        return verbs.lodge_appeal(
            ground=data["ground"], words=data["words"], files=data["papers"] or (), actor=user, **against
        ).ref

    made = carry_out(form, purpose="appeal.lodge", do=do)
    if made:
        return redirect("recruiters:own_appeal", made)
    return form_page(
        request, form, title=_("Appeal"), submit=_("Lodge the appeal"), back=reverse("recruiters:own"), lede=lede,
        crumbs=crumbs(),
    )  # fmt: skip


@staff(Role.RECRUITER_MEMBER)
def own_appeal(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one's own appeal and what was decided."""
    found = fetch(reader(request), _appeals(), ref=ref)
    context = {
        "appeal": found,
        "against": against_words(found),
        "steps": found.steps.all(),
        "files": found.files.all(),
        "crumbs": crumbs(),
    }
    return render(request, "recruiters/own_appeal.html", context)


@staff(Role.RECRUITER_MEMBER)
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Withdraw one's own appeal."""
    found = fetch(reader(request), Appeal, "withdraw", ref=ref)
    if found.is_open:
        verbs.withdraw_appeal(found, actor=reader(request))
    return redirect("recruiters:own_appeal", ref)
