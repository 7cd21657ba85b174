"""Refer a worker, follow a referral, and the partner's inbox."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.access import fetch, require, staff
from core.listing import Action, Column, ListingView
from core.roles import Role
from core.standards import standard
from core.waiting import beside
from inspections.models import Referral
from inspections.models.referrals import READABLE_BY_PARTNER, SHARING, Route, Stage
from inspections.referralforms import ReferralForm, RespondForm, SendAgainForm
from inspections.services import referrals
from inspections.services.screening import highest
from inspections.views.gate import carry_out, get_visit, reader
from inspections.words import CHILD_FIELDS, EXPLAINED, FIELDS, SAFETY, STAGE_TONES

STAFF = (Role.INSPECTOR, Role.MINISTRY_OFFICER)


@staff(*STAFF)
def visit_referrals(request: HttpRequest, ref: str) -> HttpResponseBase:
    """A visit's referrals, and the two routes to a new one."""
    visit = get_visit(request, ref, "words")
    found = Referral.objects.visible_to(reader(request)).filter(visit=visit).with_stage().select_related("partner")
    rows = [(referral, referral.stands.label, STAGE_TONES[referral.stands]) for referral in found]
    context = {"visit": visit, "rows": rows, "may": visit.permits(reader(request), "manage")}
    return render(request, "inspections/visit_referrals.html", context)


@staff(*STAFF)
@never_cache
def refer(request: HttpRequest, ref: str, route: str) -> HttpResponseBase:
    """Refer one person: safety first, then what is explained, then what is agreed, then who receives it."""
    visit = get_visit(request, ref, "words")
    require(reader(request), "manage", visit)
    if route not in Route.values:
        raise Http404
    form = ReferralForm(request.POST or None, route=Route(route))
    if request.method == "POST" and form.is_valid():
        done = carry_out(form, f"refer.{ref}", lambda: _refer(form, visit, route, request))
        if done:
            messages.success(request, gettext("The referral is recorded."))
            return redirect("inspections:referral", done.result)
    context = {"visit": visit, "form": form, "route": Route(route), "is_child": route == Route.CHILD}
    return render(request, "inspections/refer.html", context, status=422 if form.errors else 200)


def _refer(form: ReferralForm, visit: Any, route: str, request: HttpRequest) -> str:
    data = form.cleaned_data
    consent = referrals.ConsentGiven(
        given=data["given"],
        explained=tuple(data["explained"]),
        language=data["language"],
        fields=form.agreed(),
        interpreter=data["interpreter"],
    )
    return referrals.refer(
        visit,
        route=route,
        consent=consent,
        safety=data["safety"],
        urgency=data["urgency"],
        partner=data["partner"],
        services=data["services"],
        details=form.details(),
        child=form.child(),
        outcome=(highest(visit) or ""),
        actor=reader(request),
    ).ref


def _stage(referral: Referral) -> object:
    return referral.stands.label


def _tone(referral: Referral) -> str:
    return STAGE_TONES[referral.stands]


def _partner(referral: Referral) -> object:
    return referral.partner.name if referral.partner else _("not sent")


class ReferralFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Find referrals by stage."""

    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("any"))


class ReferralList(ListingView[Referral]):
    """The referrals that an inspector or supervisor made or may follow; no word about a person."""

    model = Referral
    roles = STAFF
    title = _("Referrals")
    filterset_class = ReferralFilter
    default_sort = "-made"
    export_name = "referrals"
    empty_text = _("No referrals yet. They begin on a visit's page.")
    columns = (
        Column("ref", _("Referral"), link=lambda referral: referral.get_absolute_url()),
        Column("visit", _("Visit"), value=lambda row: row.visit.ref, link=lambda row: row.visit.get_absolute_url()),
        Column("partner", _("Partner"), sort="partner__name", value=_partner),
        Column("route", _("Route"), value=lambda referral: referral.get_route_display()),
        Column("urgency", _("How soon"), value=lambda referral: referral.get_urgency_display()),
        Column("made", _("Made"), sort="made_at", kind="date", value=lambda referral: referral.made_at.date()),
        Column("stage", _("Stage"), sort="stage", kind="status", value=_stage, tone=_tone),
    )  # fmt: skip

    def records(self) -> QuerySet[Referral]:
        """Return referrals with what the columns show."""
        return Referral.objects.with_stage().select_related("partner", "visit")


def _get(request: HttpRequest, ref: str) -> Referral:
    found = Referral.objects.select_related("visit__party", "visit__supervisor", "partner", "made_by")
    return fetch(request.user, found, ref=ref)


def _facts(referral: Referral) -> dict[str, Any]:
    labels = {str(each.code): gettext(each.label) for each in standard("referral").services}
    return {
        "services": [labels.get(code, code) for code in referral.services],
        "safety": [SAFETY[code] for code in referral.safety if code in SAFETY],
        "stage": referral.stands.label,
        "tone": STAGE_TONES[referral.stands],
    }


@staff(*STAFF)
def referral(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One referral for those who made it: its way, what was agreed, and taking consent back."""
    found = _get(request, ref)
    require(reader(request), "manage", found)
    again = SendAgainForm(request.POST or None, agreed=list(found.consent.fields))
    if request.method == "POST" and again.is_valid():

        def send() -> str:
            data = again.cleaned_data
            referrals.send_again(found, details=again.details(), remark=data["remark"], actor=reader(request))
            return found.ref

        if carry_out(again, f"referral.again.{ref}", send):
            messages.success(request, gettext("Sent again."))
            return redirect("inspections:referral", ref)
    consent = found.consent
    context = {
        "referral": found,
        "visit": found.visit,
        "again": again if found.stands == Stage.RETURNED else None,
        "consents": found.consents_given,
        "consent": consent,
        "explained": [EXPLAINED[code] for code in consent.explained if code in EXPLAINED],
        "agreed": [FIELDS[code] for code in consent.fields if code in FIELDS],
        "child": [(CHILD_FIELDS[code], text) for code, text in found.child.items() if code in CHILD_FIELDS],
        "sharing": consent.given in SHARING and found.stands in READABLE_BY_PARTNER,
        "may_withdraw": consent.given in SHARING,
        **_facts(found),
    }
    return render(request, "inspections/referral.html", context, status=422 if again.errors else 200)


@staff(*STAFF)
@require_POST
@never_cache
def referral_details(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Open what is known of the person; asked for by a button, since each opening is written down."""
    found = _get(request, ref)
    require(reader(request), "details", found)
    details = referrals.read_details(found, actor=reader(request))
    agreed = set(found.consent.fields)
    rows = [(FIELDS[code], text, code in agreed) for code, text in details.items()]
    return render(request, "inspections/referral_details.html", {"referral": found, "visit": found.visit, "rows": rows})


@staff(*STAFF)
def consent_withdraw(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Take consent back at the person's word; the partner's access ends at once."""
    found = _get(request, ref)
    require(reader(request), "manage", found)
    if request.method == "POST":
        if found.consent.given in SHARING:
            referrals.withdraw_consent(found, actor=reader(request))
        messages.success(request, gettext("The consent is withdrawn. The partner can no longer read anything."))
        return redirect("inspections:referral", ref)
    return render(request, "inspections/consent_withdraw.html", {"referral": found, "visit": found.visit})


class Inbox(ListingView[Referral]):
    """What is with a partner today."""

    model = Referral
    roles = (Role.REFERRAL_PARTNER,)
    title = _("Referrals from inspectors")
    lede = format_lazy(
        "{} {}",
        _("Workers whom an inspector met on a visit."),
        _("What somebody agreed to share with you, for as long as they agree."),
    )
    default_sort = "-made"
    exports = ()
    empty_text = _("Nothing is waiting for you.")
    columns = (
        Column("ref", _("Referral"), link=lambda referral: reverse("inspections:inbox_referral", args=[referral.ref])),
        Column("route", _("Route"), value=lambda referral: referral.get_route_display()),
        Column("urgency", _("How soon"), value=lambda referral: referral.get_urgency_display()),
        Column("made", _("Received"), sort="made_at", kind="date", value=lambda referral: referral.made_at.date()),
        Column("stage", _("Stage"), sort="stage", kind="status", value=_stage, tone=_tone),
    )  # fmt: skip

    def get_actions(self) -> Sequence[Action]:
        """Lead to the other list on which somebody waits."""
        return beside(reader(self.request), Role.REFERRAL_PARTNER, "inspections:inbox")

    def get_queryset(self) -> QuerySet[Referral]:
        """Return what is with the reader's own organisation, whatever other roles he holds."""
        return Referral.objects.with_partner(reader(self.request).account_ids(Role.REFERRAL_PARTNER))


@staff(Role.REFERRAL_PARTNER)
@never_cache
def inbox_referral(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One referral for the partner: the agreed fields, and his answer."""
    user = reader(request)
    mine = Referral.objects.with_partner(user.account_ids(Role.REFERRAL_PARTNER)).select_related("visit", "partner")
    found = fetch(user, mine, ref=ref)
    require(user, "respond", found)
    stages = referrals.NEXT.get(found.stands, ())
    form = RespondForm(request.POST or None, stages=stages)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def answer() -> str:
            referrals.respond(found, stage=data["stage"], reason=data["reason"], remark=data["remark"], actor=user)
            return found.ref

        if carry_out(form, f"referral.respond.{ref}", answer):
            messages.success(request, gettext("Your answer is sent."))
            return redirect("inspections:inbox")
    details = referrals.read_details(found, actor=user)
    context = {
        "referral": found,
        "form": form,
        "rows": [(FIELDS[code], text) for code, text in details.items()],
        "child": [(CHILD_FIELDS[code], text) for code, text in found.child.items()]
        if found.route == Route.CHILD
        else [],
        **_facts(found),
    }
    return render(request, "inspections/inbox_referral.html", context, status=422 if form.errors else 200)
