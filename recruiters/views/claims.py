"""Claims of entries: by recruiters' people, and the officers' answers."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import evidence, vault
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.models import User
from core.roles import Role
from recruiters.forms.applying import ClaimForm, EndClaimForm
from recruiters.forms.own import ClaimAnswerForm, SecondForm
from recruiters.models import Claim, Recruiter
from recruiters.queries import public_recruiter, search_recruiters
from recruiters.services import claims as verbs
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.own import HOME_URL, crumbs

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
CLAIMS = (gettext_lazy("Claims"), reverse_lazy("recruiters:claims"))
FOUND = 20


class ClaimList(ListingView[Claim]):
    """Claims of entries."""

    model = Claim
    roles = READ_BY
    title = gettext_lazy("Claims")
    lede = gettext_lazy("An organisation says that an entry is its own. A claim is never a verification.")
    default_sort = "-opened"
    columns = (
        Column("ref", gettext_lazy("Reference"), value=lambda c: c.ref, link=lambda c: f"{CLAIMS[1]}{c.ref}/"),
        Column("name", gettext_lazy("Entry"), value=lambda c: c.recruiter.party.name),
        Column("account", gettext_lazy("Claimed by"), value=lambda c: c.account.name),
        Column(
            "state", gettext_lazy("State"), kind="status", value=lambda c: c.get_state_display(), tone=lambda c: c.tone
        ),
        Column("opened", gettext_lazy("Opened"), kind="date", sort="opened_at", value=lambda c: c.opened_at),
    )

    def records(self) -> QuerySet[Claim]:
        """Return claims with their entries."""
        return Claim.objects.select_related("recruiter__party", "account")


@staff(*READ_BY)
def claim(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a claim and take the answer; opening its words is written down."""
    user = reader(request)
    claims = Claim.objects.select_related("recruiter__party__account", "account", "words")
    found = fetch(user, claims, ref=ref)
    rival = verbs.rival_of(found)
    may = found.permits(user, "decide") and found.waits
    second = found.state == Claim.State.PROPOSED
    form = _answer_form(request, second=second, rival=rival.name if rival else "")

    def do(data: dict[str, Any]) -> str:
        if data["answer"] == "agree":
            verbs.confirm_claim(found, actor=user)
        elif data["answer"] == "approve":
            expressly = rival.ref if rival is not None and data.get("in_place_of") else ""
            verbs.approve_claim(found, actor=user, note=data["note"], in_place_of=expressly)
        elif data["answer"] == "not":
            verbs.refuse_claim(found, reason_code=Claim.Why.NOT_SHOWN, note=_("The second officer did not agree."),
                               actor=user)  # fmt: skip
        else:
            verbs.refuse_claim(found, reason_code=data["reason_code"], note=data["note"], actor=user)
        return str(found.ref)

    if request.method == "POST":
        fetch(user, Claim, "decide", ref=ref)
        if carry_out(form, purpose="claim.answer", do=do):
            return redirect("recruiters:claim", ref)
    context = {
        "claim": found,
        "recruiter": found.recruiter,
        "rival": rival,
        "form": form if may else None,
        "second": second,
        "words": _words(found, user),
        "files": found.files.all(),
        "steps": found.steps.select_related("by"),
        "crumbs": (CLAIMS,),
    }
    return render(request, "recruiters/claim.html", context, status=422 if form.is_bound else 200)


def _answer_form(request: HttpRequest, *, second: bool, rival: str) -> Any:
    if second:
        return SecondForm(request.POST or None)
    return ClaimAnswerForm(request.POST or None, rival=rival)


def _words(found: Claim, user: User) -> str:
    if found.words is None or not found.permits(user, "decide"):
        return ""
    return vault.open_text(found.words, actor=user, reason="claim", subject=found.ref)


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def claim_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a paper of a claim."""
    found = fetch(reader(request), Claim, ref=ref)
    return evidence.respond(get_object_or_404(found.files, ref=file_ref), actor=reader(request))


@staff(Role.RECRUITER_MEMBER)
def find(request: HttpRequest) -> HttpResponseBase:
    """Find the entry that is one's own."""
    typed = request.GET.get("q", "").strip()[:200]
    found: list[Recruiter] = []
    if typed:
        listed = Recruiter.objects.listed().filter(merged_into__isnull=True).select_related("party")
        found = list(search_recruiters(listed, typed).order_by("sort_name")[:FOUND])
    context = {"typed": typed, "found": found, "crumbs": crumbs()}
    return render(request, "recruiters/own_find.html", context)


@staff(Role.RECRUITER_MEMBER)
def open_claim(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Claim an entry of the public register."""
    user = reader(request)
    recruiter = public_recruiter(ref)
    if recruiter is None:
        return redirect("recruiters:own_find")
    form = ClaimForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        return verbs.open_claim(recruiter, words=data["words"], files=data["papers"], actor=user).ref

    made = carry_out(form, purpose="claim.open", do=do)
    if made:
        return redirect("recruiters:own_claim", made)
    lede = _("%(name)s. The page will say “claimed by” your organisation, never “verified”.") % {"name": recruiter.name}
    return form_page(
        request, form, title=_("Claim this entry"), submit=_("Hand in"), back="../", lede=lede, crumbs=crumbs()
    )


@staff(Role.RECRUITER_MEMBER)
def own_claim(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one's own claim, and let it be given up."""
    user = reader(request)
    found = fetch(user, Claim.objects.select_related("recruiter__party", "account"), ref=ref)
    form = EndClaimForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        return verbs.end_claim(found, note=data["note"], actor=user).ref

    if carry_out(form, purpose="claim.end", do=do):
        messages.success(request, _("Given up. Nobody speaks for the entry now."))
        return redirect(HOME_URL)
    context = {
        "claim": found,
        "form": form if found.state == Claim.State.APPROVED else None,
        "steps": found.steps.all(),
        "files": found.files.all(),
        "may_appeal": found.state == Claim.State.REFUSED
        and not found.appeals.filter(state__in=["lodged", "dismissed"]).exists(),
        "crumbs": crumbs(),
    }
    return render(request, "recruiters/own_claim.html", context, status=422 if form.is_bound else 200)
