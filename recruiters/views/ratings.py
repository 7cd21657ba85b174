"""Ratings: judge again for any day and ruleset; propose one for publication, hear the recruiter, decide."""

from dataclasses import asdict
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import vault
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.roles import Role
from recruiters.forms.publishing import DecideForm, JudgeForm, ProposeForm, ReplyForm, WithdrawForm
from recruiters.models import Publication, Recruiter
from recruiters.models.register import READERS
from recruiters.models.words import BAND_TONES, BandWord, Origin, SeverityWord
from recruiters.presenting import Event
from recruiters.rulesets import rulesets
from recruiters.scoring import RULESET
from recruiters.services import publications
from recruiters.services.judging import judge
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.register import HOME
from recruiters.wording import line_sentence, relief_sentence

State = Publication.State
READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)


@staff(*READERS)
def judged(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show what a ruleset says about a recruiter on a past day, from what was known by then; nothing is kept."""
    user = reader(request)
    recruiter = fetch(user, Recruiter.objects.select_related("party"), "see_facts", ref=ref)
    form = JudgeForm({"day": request.GET.get("day", ""), "ruleset": request.GET.get("ruleset", "") or RULESET})
    valid = form.is_valid()
    day = form.cleaned_data["day"] if valid else timezone.localdate()
    name = form.cleaned_data.get("ruleset") or RULESET if valid else RULESET
    judgement = judge(recruiter, day, ruleset=name)
    grievances = recruiter.permits(user, "see_grievances")
    lines = []
    for line in judgement.lines:
        hidden = line.origin == Origin.GRIEVANCE and not grievances
        shown = asdict(line) | ({"code": "grievance"} if hidden else {})
        lines.append((line.points, line_sentence(shown, show_source=not hidden)))
    context = {
        "recruiter": recruiter,
        "form": form,
        "judgement": judgement,
        "band": BandWord(judgement.band).label,
        "tone": BAND_TONES[judgement.band],
        "lines": lines,
        "relief": [relief_sentence(asdict(each)) for each in judgement.relief],
        "rules": (rules := rulesets()[name]),
        "points": [(SeverityWord(code).label, points) for code, points in rules.points.items()],
        "half_lives": [(_origin_word(code), days) for code, days in rules.half_life_days.items()],
        "day": day,
        "may_propose": recruiter.permits(user, "decide"),
        "crumbs": (HOME, (recruiter.name, recruiter.get_absolute_url())),
    }
    return render(request, "recruiters/judged.html", context, status=200 if valid else 422)


def _origin_word(code: str) -> str:
    return str(Origin(code).label if code in Origin.values else Origin.OTHER.label)


class PublicationFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow publications."""

    state = filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, empty_label=gettext_lazy("Any"))
    band = filters.ChoiceFilter(label=gettext_lazy("Rating"), choices=BandWord.choices, empty_label=gettext_lazy("Any"))

    class Meta:
        model = Publication
        fields: tuple[str, ...] = ()


class PublicationList(ListingView[Publication]):
    """Ratings on their way to the public, those that wait for a decision first."""

    model = Publication
    roles = READ_BY
    title = gettext_lazy("Published ratings")
    lede = gettext_lazy("No rating is published before the recruiter was heard and a person decided.")
    filterset_class = PublicationFilter
    default_sort = "-proposed"
    export_name = "published-ratings"
    columns = (
        Column("ref", gettext_lazy("Reference"), sort="ref", value=lambda p: p.ref,
               link=lambda p: reverse("recruiters:publication", args=[p.ref])),
        Column("name", gettext_lazy("Recruiter"), sort="recruiter__sort_name", value=lambda p: p.recruiter.party.name),
        Column("band", gettext_lazy("Rating"), kind="status", sort="band", value=lambda p: p.get_band_display(),
               tone=lambda p: p.band_tone),
        Column("ruleset", gettext_lazy("Ruleset"), sort="ruleset"),
        Column("proposed", gettext_lazy("Proposed"), kind="date", sort="proposed_on", value=lambda p: p.proposed_on),
        Column("until", gettext_lazy("Answer until"), kind="date", sort="reply_until", value=lambda p: p.reply_until),
        Column("state", gettext_lazy("State"), kind="status", sort="state", value=lambda p: p.get_state_display(),
               tone=lambda p: p.tone),
    )  # fmt: skip

    def records(self) -> QuerySet[Publication]:
        """Return publications with their recruiters."""
        return Publication.objects.select_related("recruiter__party")


@staff(Role.MINISTRY_OFFICER)
def propose(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Propose today's rating for publication."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "decide", ref=ref)
    form = ProposeForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        made = publications.propose_publication(recruiter, reply_until=data["reply_until"], actor=reader(request))
        return str(made.ref)

    made = carry_out(form, purpose="publication.propose", do=do)
    if made:
        return redirect("recruiters:publication", made)
    return form_page(
        request,
        form,
        title=_("Propose the rating for publication"),
        submit=_("Tell the recruiter"),
        back=recruiter.get_absolute_url(),
        lede=_("It is made from those facts alone that the recruiter may be told. The recruiter is heard first."),
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
    )


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def publication(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a proposed or published rating; the recruiter answers here, officers decide here."""
    user = reader(request)
    found = fetch(user, Publication.objects.select_related("recruiter__party"), ref=ref)
    replies, decides = found.permits(user, "reply"), found.permits(user, "decide")
    form = _form(request, found, replies=replies, decides=decides)
    if request.method == "POST":
        if form is None:
            fetch(user, Publication, "decide" if not replies else "reply", ref=ref)
            return redirect("recruiters:publication", ref)
        if carry_out(form, purpose=f"publication.{type(form).__name__}", do=lambda data: _act(request, found, data)):
            return redirect("recruiters:publication", ref)
    context = {
        "publication": found,
        "recruiter": found.recruiter,
        "lines": [(line["points"], line_sentence(line)) for line in found.lines],
        "relief": [relief_sentence(each) for each in found.relief],
        "form": form,
        "replies": replies,
        "may_be_decided": found.may_be_decided(),
        "events": _events(request, found, opened=replies or decides),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "recruiters/publication.html", context, status=status)


def _form(request: HttpRequest, found: Publication, *, replies: bool, decides: bool) -> forms.Form | None:
    if replies and found.state == State.PROPOSED:
        return ReplyForm(request.POST or None)
    if decides and found.is_open:
        return DecideForm(request.POST or None)
    if decides and found.state == State.PUBLISHED:
        return WithdrawForm(request.POST or None)
    return None


def _act(request: HttpRequest, found: Publication, data: dict[str, Any]) -> str:
    user = reader(request)
    if "words" in data:
        publications.reply_to_publication(found, words=data["words"], actor=user)
    elif "answer" in data:
        publish = data["answer"] == "publish"
        publications.decide_publication(found, publish=publish, reason=data["reason"], note=data["note"], actor=user)
    else:
        publications.withdraw_publication(found, reason=data["reason"], note=data["note"], actor=user)
    return str(found.ref)


def _events(request: HttpRequest, found: Publication, *, opened: bool) -> list[Event]:
    """Return who decided what, when and why; names only for staff, the recruiter's words only for whom they concern."""
    user = reader(request)
    is_staff = user.has_role(*READ_BY)
    events = []
    for step in found.steps.select_related("by", "words"):
        parts = [f"{step.get_reason_code_display()}." if step.reason_code else "", step.note if is_staff else ""]
        if step.words is not None:
            sealed = vault.open_text(step.words, actor=user, reason="publication", subject=found.ref) if opened else ""
            parts.append(sealed or _("The answer is sealed."))
        who = str(step.by) if is_staff and step.by_id else _("automatically") if step.by_id is None else ""
        text = " ".join(part for part in parts if part)
        events.append(Event(step.at, step.get_state_display(), text, who, Publication.TONES[step.state]))
    return events
