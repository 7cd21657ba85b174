"""Fees and costs: record one, list them; the rules of national law: list them, set one, confirm a reviewed one."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.access import fetch, staff
from core.listing import Action, Column, ListingView
from core.roles import Role
from recruiters import services
from recruiters.feelookup import every_rule
from recruiters.feerulebook import reviewed
from recruiters.forms.assessing import ContractForm, FeeForm, yes_no
from recruiters.forms.ruling import FeeRuleForm
from recruiters.models import Corridor, FeeFact, Recruiter
from recruiters.models.register import READERS, seen_by
from recruiters.models.words import SourceKind
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.register import HOME
from recruiters.vocabulary import FEE_VERDICTS, PAYERS, country_label, fee_choices, fee_label
from recruiters.worker_checks.fee_words import rule_sentence, sureness
from recruiters.worker_checks.fees import PART_LABELS

VERDICTS = [(code, words[0]) for code, words in FEE_VERDICTS.items()]
RULES = gettext_lazy("National fee rules")


class FeeFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow fee records."""

    category = filters.ChoiceFilter(
        label=gettext_lazy("What for"), choices=fee_choices, empty_label=gettext_lazy("Any")
    )
    payer = filters.ChoiceFilter(label=gettext_lazy("Who paid"), choices=PAYERS, empty_label=gettext_lazy("Any"))
    national = filters.ChoiceFilter(
        label=gettext_lazy("National law"), choices=VERDICTS, empty_label=gettext_lazy("Any")
    )

    class Meta:
        model = FeeFact
        fields: tuple[str, ...] = ()


class FeeList(ListingView[FeeFact]):
    """Fees and costs on record, the newest first; what a grievance told is shown to who handles grievances."""

    model = FeeFact
    roles = READERS
    title = gettext_lazy("Fees and costs")
    lede = gettext_lazy("Each is answered apart: by the international standard, and by the law of each country.")
    filterset_class = FeeFilter
    default_sort = "-recorded"
    export_name = "fees"
    columns = (
        Column("ref", gettext_lazy("Reference"), sort="ref", value=lambda f: f.ref,
               link=lambda f: f.recruiter.get_absolute_url() + "#fees"),
        Column("name", gettext_lazy("Recruiter"), sort="recruiter__sort_name", value=lambda f: f.recruiter.party.name),
        Column("category", gettext_lazy("What for"), sort="category", value=lambda f: fee_label(f.category)),
        Column("payer", gettext_lazy("Who paid"), value=lambda f: dict(PAYERS).get(f.payer, f.payer)),
        Column("amount", gettext_lazy("Amount"), kind="number", value=lambda f: f.amount, sort="amount"),
        Column("currency", gettext_lazy("Currency"), sort="currency"),
        Column("corridor", gettext_lazy("Corridor"), value=lambda f: f.corridor or ""),
        Column("paid", gettext_lazy("Paid"), kind="date", sort="paid_on", value=lambda f: f.paid_on),
        Column("international", gettext_lazy("International standard"), kind="status",
               value=lambda f: FEE_VERDICTS[f.international][0], tone=lambda f: FEE_VERDICTS[f.international][1]),
        Column("national", gettext_lazy("National law"), kind="status",
               value=lambda f: FEE_VERDICTS[f.national][0], tone=lambda f: FEE_VERDICTS[f.national][1]),
        Column("recorded", gettext_lazy("Recorded"), kind="date", sort="recorded_on", value=lambda f: f.recorded_on),
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[FeeFact]:
        """Return the fees of recruiters that the reader may see."""
        user = reader(self.request)
        found = FeeFact.objects.select_related("recruiter__party", "corridor").filter(seen_by(user, "recruiter__"))
        handles = user.has_role(Role.MINISTRY_OFFICER, Role.CASE_OFFICER)
        return found if handles else found.exclude(source_kind=SourceKind.GRIEVANCE)

    def get_actions(self) -> list[Action]:
        """Lead to the rules."""
        return [Action(RULES, reverse("recruiters:fee_rules"), secondary=True)]


def _corridor(form_value: str) -> Corridor | None:
    return Corridor.objects.filter(pk=form_value).first() if form_value else None


def _record(
    request: HttpRequest, ref: str, form_class: type[forms.Form], title: str, purpose: str, verb: Any
) -> HttpResponseBase:
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "assess", ref=ref)
    form = form_class(recruiter, request.POST or None)  # type: ignore[arg-type]

    def do(data: dict[str, Any]) -> str:
        fields = {name: value for name, value in data.items() if name not in ("form_key", "corridor")}
        for name in ("receipt_held", "disclosed_before"):
            if name in fields:
                fields[name] = yes_no(fields[name])
        if "currency" in fields:
            fields["currency"] = fields["currency"].upper()
        return str(verb(recruiter, actor=reader(request), corridor=_corridor(data["corridor"]), **fields).ref)

    if carry_out(form, purpose=purpose, do=do):
        return redirect(recruiter.get_absolute_url() + "#facts")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Record"),
        back=recruiter.get_absolute_url(),
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
    )


@staff(Role.MINISTRY_OFFICER)
def record_fee(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Record a payment around recruitment."""
    return _record(request, ref, FeeForm, _("Record a fee or cost"), "fee.record", services.record_fee)


@staff(Role.MINISTRY_OFFICER)
def record_contract(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Record what was found about an element of contracts."""
    return _record(
        request, ref, ContractForm, _("Record a contract finding"), "contract.record", services.record_contract
    )


@staff(*READERS)
def rules(request: HttpRequest) -> HttpResponseBase:
    """Show every rule of national law with its source, its days and its mark of certainty."""
    rows = [
        {
            "rule": rule,
            "law": country_label(rule.country),
            "corridor": f"{country_label(rule.origin) or '*'} – {country_label(rule.destination) or '*'}",
            "about": [*map(fee_label, rule.categories), *(str(PART_LABELS[part]) for part in rule.part_of)],
            "sentence": rule_sentence(rule),
            "sureness": sureness(rule),
            "whole": not rule.part_of and not (rule.worker_max is None and rule.wage_share is None),
        }
        for rule in every_rule()
    ]
    context = {"rows": rows, "may_set": reader(request).has_role(Role.MINISTRY_OFFICER)}
    return render(request, "recruiters/fee_rules.html", context)


@staff(Role.MINISTRY_OFFICER)
def set_rule(request: HttpRequest) -> HttpResponseBase:
    """Put a rule of national law on record; it counts as confirmed by the ministry."""
    form = FeeRuleForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        fields = {name: value for name, value in data.items() if name not in ("form_key", "percent")}
        rule = services.set_fee_rule(actor=reader(request), wage_share=form.wage_share(), verified=True, **fields)
        return str(rule.pk)

    if carry_out(form, purpose="fee_rule.set", do=do):
        return redirect("recruiters:fee_rules")
    return form_page(
        request,
        form,
        title=_("Set a national fee rule"),
        submit=_("Put on record"),
        back=reverse("recruiters:fee_rules"),
        lede=_("The rule before it for the same corridor, payments and work ends on the day before this one begins."),
        crumbs=((RULES, reverse("recruiters:fee_rules")),),
    )


@staff(Role.MINISTRY_OFFICER)
@require_POST
def confirm_rule(request: HttpRequest, code: str) -> HttpResponseBase:
    """Confirm a reviewed rule for one destination as the ministry's own."""
    wanted = (code, request.POST.get("destination", ""))
    rule = next((each for each in reviewed() if (each.code, each.destination) == wanted), None)
    if rule is None:
        raise Http404
    if rule.part_of or (rule.worker_max is None and rule.wage_share is None):
        raise Http404
    if not any(each.verified and (each.code, each.destination) == wanted for each in every_rule()):
        services.confirm_fee_rule(rule, actor=reader(request))
    return redirect("recruiters:fee_rules")
