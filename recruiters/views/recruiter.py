"""One recruiter: what it is called, what its licences say, who is behind it, what is known and concluded."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import fetch, require, staff
from core.models import User
from core.references import BadReference, parse_reference
from core.roles import Role
from parties.models import Relationship
from recruiters import services
from recruiters.forms.assessing import SettleForm
from recruiters.forms.details import EndForm
from recruiters.forms.register import DayForm, PersonForm
from recruiters.models import FactStep, Licence, Rating, Recruiter, RiskFact
from recruiters.models.register import READERS
from recruiters.models.words import tone_of
from recruiters.presenting import LicenceRow, fact_rows, licence_rows, rating_lines, status_word
from recruiters.queries import survivor_ref
from recruiters.services.claims import claimed_by
from recruiters.services.comparing import screen_behind
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.register import HOME
from recruiters.watchhits import watch_of

PEOPLE = (Relationship.Is.OWNER, Relationship.Is.DIRECTOR, Relationship.Is.OFFICER)


@staff(*READERS)
def detail(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one recruiter to staff."""
    user = reader(request)
    led = _elsewhere_or_mistyped(request, ref)
    if led is not None:
        return led
    recruiter = fetch(user, Recruiter.objects.select_related("party"), "see_facts", ref=ref)
    licences = list(
        Licence.objects.filter(recruiter=recruiter)
        .prefetch_related("history__recorded_by", "history__withdrawal__by", "terms", "waivers__by")
        .order_by("-issued_on", "-pk")
    )
    facts = list(recruiter.risk_facts.prefetch_related("steps"))
    rating = recruiter.ratings.first()
    grievances = recruiter.permits(user, "see_grievances")
    rows = licence_rows(licences)
    context = {
        "recruiter": recruiter,
        **_on_day(request, rows),
        "names": recruiter.party.names.all(),
        "identifiers": recruiter.party.identifiers.all(),
        "sites": recruiter.party.sites.all(),
        "corridors": recruiter.corridors.all(),
        "licences": rows,
        "contacts": recruiter.party.contacts.order_by("kind", "ends", "-pk"),
        "guarantees": recruiter.guarantees.all(),
        "claim": claimed_by(recruiter),
        "merges": [merge for merge in recruiter.merges_in.select_related("merged__party") if not merge.is_undone],
        "watch": watch_of(recruiter) if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR) else None,
        "may_screen": recruiter.permits(user, "decide"),
        "tie_decisions": recruiter.tie_decisions.filter(decided="relevant").count(),
        "may_see_ties": user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR),
        "rating": rating,
        "lines": rating_lines(rating, show_grievances=grievances) if rating else [],
        "facts": fact_rows(facts, show_grievances=grievances),
        "fees": recruiter.fee_facts.select_related("corridor")[:50],
        "contracts": recruiter.contract_facts.select_related("corridor")[:50],
        "assessments": recruiter.assessments.select_related("assessor")[:20],
        "applications": recruiter.applications.all()[:20] if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR) else [],
        "may_edit": recruiter.permits(user, "edit"),
        "may_decide": recruiter.permits(user, "decide"),
        "ratings": recruiter.ratings.all()[1:11],
        **_relations(recruiter),
    }
    return render(request, "recruiters/recruiter.html", context)


def _elsewhere_or_mistyped(request: HttpRequest, ref: str) -> HttpResponseBase | None:
    """Lead from a merged entry to the one that goes on; say of a mistyped reference that it is mistyped."""
    try:
        wanted = parse_reference(ref, "REC")
    except BadReference as problem:
        return render(request, "recruiters/mistyped.html", {"problem": str(problem)}, status=404)
    goes_on = survivor_ref(wanted)
    if goes_on != ref:
        found = fetch(reader(request), Recruiter, "see_facts", ref=goes_on)
        return redirect(found, permanent=True, preserve_request=True)
    return None


def _on_day(request: HttpRequest, rows: list[LicenceRow]) -> dict[str, Any]:
    """Return what the licences were on the day that was asked for, if one was."""
    form = DayForm(request.GET if "on" in request.GET else None)
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    standings = [(row, row.licence.standing(day)) for row in rows] if day else []
    answers = [(row, standing, status_word(standing.code), tone_of(standing.code)) for row, standing in standings]
    return {"day_form": form, "on_day": day, "answers": answers}


def _relations(recruiter: Recruiter) -> dict[str, Any]:
    """Return the people behind it and other parties tied to it, past and present."""
    into = list(recruiter.party.relations_in.select_related("source").order_by("ends", "starts", "pk"))
    out = list(recruiter.party.relations_out.select_related("target").order_by("ends", "starts", "pk"))
    tied = [relation.target_id for relation in out] + [relation.source_id for relation in into]
    known = {r.party_id: r for r in Recruiter.objects.filter(party__in=tied).select_related("party")}
    people = [relation for relation in into if relation.kind in PEOPLE]
    elsewhere = _elsewhere(recruiter, people)
    return {
        "people": [(relation, elsewhere.get(relation.source_id, [])) for relation in people],
        "others_in": [(relation, known.get(relation.source_id)) for relation in into if relation.kind not in PEOPLE],
        "others_out": [(relation, known.get(relation.target_id)) for relation in out],
    }


def _elsewhere(recruiter: Recruiter, people: list[Relationship]) -> dict[int, list[Recruiter]]:
    """Return in which other recruiters the same people are or were owners or directors: the phoenix's trace."""
    persons = {relation.source_id for relation in people}
    same = Relationship.objects.filter(source__in=persons, kind__in=PEOPLE).exclude(target=recruiter.party_id)
    pairs = list(same.values_list("source_id", "target_id"))
    others = {r.party_id: r for r in Recruiter.objects.filter(party__in=[t for _s, t in pairs]).select_related("party")}
    found: dict[int, list[Recruiter]] = {}
    for person, target in pairs:
        other = others.get(target)
        if other is not None and other not in found.setdefault(person, []):
            found[person].append(other)
    return found


@staff(Role.MINISTRY_OFFICER)
def add_person(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Note an owner or director."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "edit", ref=ref)
    form = PersonForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        services.add_person(
            recruiter,
            name=data["name"],
            role=data["role"],
            country=data["country"],
            starts=data["starts"],
            ends=data["ends"],
            provenance=data["provenance"],
            names=[data["native_name"]] if data["native_name"] else [],
            actor=reader(request),
        )
        return recruiter.ref

    if carry_out(form, purpose="recruiter.person", do=do):
        return redirect(recruiter)
    return form_page(
        request,
        form,
        title=_("Add an owner, director, officer or agent"),
        submit=_("Add"),
        back=recruiter.get_absolute_url(),
        lede=_("A person enters this register only as owner, director, officer or agent, never as a worker."),
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
    )


@staff(Role.MINISTRY_OFFICER)
def end_person(request: HttpRequest, ref: str, pk: int) -> HttpResponseBase:
    """Ask on which day a person's role ended, and end it; the row stays as history."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "edit", ref=ref)
    relation = get_object_or_404(Relationship, pk=pk, target=recruiter.party_id, kind__in=PEOPLE, ends__isnull=True)
    form = EndForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        services.end_person(recruiter, relation, on=data["on"], actor=reader(request))
        return recruiter.ref

    if carry_out(form, purpose="recruiter.person.end", do=do):
        return redirect(recruiter)
    return ending_page(request, recruiter, form, what=f"{relation.source.name} – {relation.get_kind_display()}")


def ending_page(request: HttpRequest, recruiter: Recruiter, form: EndForm, *, what: str) -> HttpResponseBase:
    """Return the page that asks on which day something about a recruiter ended."""
    return form_page(
        request,
        form,
        title=_("When did it end?"),
        submit=_("End it"),
        back=recruiter.get_absolute_url(),
        lede=what,
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
    )


@staff(Role.MINISTRY_OFFICER)
@require_POST
def rate(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Rate a recruiter anew, as of today."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "decide", ref=ref)
    services.rate_recruiter(recruiter, actor=reader(request), cause="asked")
    return redirect(recruiter)


@staff(Role.MINISTRY_OFFICER)
@require_POST
def screen(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Compare a recruiter and those behind it with the watchlists now."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "decide", ref=ref)
    made = screen_behind(recruiter, actor=reader(request))
    messages.success(request, _("Compared with the watchlists as they are now."))
    return redirect(made if made.hits.exists() or made.problems else recruiter)


@staff(*READERS)
def rating(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one rating as it was made."""
    # Asked for with what the reader may see: one that is hidden takes as long as one that is not there.
    seen = Recruiter.objects.visible_to(reader(request))
    found = get_object_or_404(Rating.objects.select_related("recruiter__party"), pk=pk, recruiter__in=seen)
    require(reader(request), "see_facts", found.recruiter)
    grievances = found.recruiter.permits(reader(request), "see_grievances")
    context = {
        "rating": found,
        "recruiter": found.recruiter,
        "lines": rating_lines(found, show_grievances=grievances),
        "crumbs": (HOME, (found.recruiter.name, found.recruiter.get_absolute_url())),
    }
    return render(request, "recruiters/rating.html", context)


def _fact(user: User, ref: str) -> RiskFact:
    fact = get_object_or_404(RiskFact.objects.select_related("recruiter__party").prefetch_related("steps"), ref=ref)
    fetch(user, Recruiter, "decide", pk=fact.recruiter_id)
    return fact


@staff(Role.MINISTRY_OFFICER)
@require_POST
def serve_fact(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Tell a fact to the recruiter."""
    fact = _fact(reader(request), ref)
    if not any(step.state == FactStep.Is.SERVED for step in fact.steps.all()):
        services.serve_fact(fact, actor=reader(request))
    return redirect(fact.recruiter)


@staff(Role.MINISTRY_OFFICER)
def settle_fact(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Say what became of a fact."""
    fact = _fact(reader(request), ref)
    form = SettleForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        services.settle_fact(fact, state=data["state"], reason_code=data["reason_code"], actor=reader(request))
        return fact.ref

    if carry_out(form, purpose="fact.settle", do=do):
        return redirect(fact.recruiter)
    lede = fact_rows([fact], show_grievances=True)[0].label
    return form_page(
        request,
        form,
        title=_("What became of this fact?"),
        lede=lede,
        submit=_("Record"),
        back=fact.recruiter.get_absolute_url(),
        crumbs=(HOME, (fact.recruiter.name, fact.recruiter.get_absolute_url())),
    )
