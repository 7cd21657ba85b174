"""Where a company user's day begins: records, deadlines, what waits."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import fetch
from core.models import Account
from core.roles import AccountKind, Role
from duediligence import services
from duediligence.forms.records import CompanyForm, RecordForm
from duediligence.models import Company, Record
from duediligence.models.scope import CHANGE
from duediligence.overview import overview_of
from duediligence.regimes import add_months
from duediligence.views.pages import bound, carried_out, company_page, user_of

MOST_RECORDS = 500


@company_page
def home(request: HttpRequest) -> HttpResponse:
    """Show each company of the reader with its newest record, deadlines and what waits; auditors see a plain list."""
    user, today = user_of(request), timezone.localdate()
    mine = user.account_ids(Role.COMPANY_MEMBER)
    records = Record.objects.visible_to(user).select_related("company__party", "report").order_by("-period_end", "-pk")
    if not mine:
        return render(request, "duediligence/records.html", {"records": records[:MOST_RECORDS]})
    companies = list(Company.objects.visible_to(user).select_related("party").prefetch_related("laws"))
    by_company: dict[int, list[Record]] = {}
    for record in records:
        by_company.setdefault(record.company_id, []).append(record)
    overviews = [overview_of(company, by_company.get(company.pk, []), today, user) for company in companies]
    known = {company.party.account_id for company in companies}
    new = Account.objects.filter(pk__in=mine - known, kind=AccountKind.COMPANY) if mine - known else ()
    return render(request, "duediligence/home.html", {"overviews": overviews, "new_accounts": list(new)})


@company_page
@require_http_methods(["POST"])
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Set a company up for the reader's own account."""
    user = user_of(request)
    account = Account.objects.filter(ref=ref, pk__in=user.account_ids(Role.COMPANY_MEMBER)).first()
    if account is None:
        raise Http404
    company = services.set_up_company(account, actor=user)
    return redirect("duediligence:company", company.ref)


@company_page
def company(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the company's legal form, the laws it reports under and its contact."""
    user = user_of(request)
    found = fetch(user, Company.objects.select_related("party"), CHANGE, party__ref=ref)
    held = list(found.laws.filter(until__isnull=True).values_list("regime", flat=True))
    form = bound(request, CompanyForm, initial={"legal_form": found.legal_form, "contact": found.contact, "laws": held})

    def save() -> str:
        data = form.cleaned_data
        services.change_company(found, legal_form=data["legal_form"], contact=data["contact"], actor=user)
        services.choose_laws(found, data["laws"], actor=user)
        return found.ref

    if carried_out(request, form, "company.change", save, said=_("The company's details are saved.")):
        return redirect("duediligence:home")
    return render(request, "duediligence/form.html", {"form": form, "title": found.party.name, "company": found})


@company_page
def open_record(request: HttpRequest, ref: str) -> HttpResponse:
    """Open the record of a period."""
    user = user_of(request)
    found = fetch(user, Company.objects.select_related("party"), CHANGE, party__ref=ref)
    newest = found.records.order_by("-period_end").first()
    initial = {"language": user.language, "carry": True}
    if newest:
        initial["period_start"] = newest.period_end + timedelta(days=1)
        initial["period_end"] = add_months(newest.period_end, 12)
    form = bound(request, RecordForm, initial=initial)

    def save() -> str:
        data = form.cleaned_data
        record = services.open_record(
            found, period_start=data["period_start"], period_end=data["period_end"], language=data["language"],
            carry=data["carry"], actor=user,
        )  # fmt: skip
        return record.ref

    made = carried_out(request, form, "record.open", save)
    if made:
        return redirect("duediligence:record", made)
    return render(
        request,
        "duediligence/form.html",
        {
            "form": form,
            "title": _("Open a record"),
            "lede": _("A record covers one reporting period, usually your financial year."),
            "button": _("Open the record"),
            "company": found,
        },
    )
