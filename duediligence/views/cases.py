"""Step 6: the cases a company may know of, and its answers. Codes and months; never who."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.access import fetch
from core.standards import standard
from duediligence import services
from duediligence.display import harm_label
from duediligence.forms.risks import ResponseForm
from duediligence.gathering import KnownCase, known_case, known_cases
from duediligence.models import Step6Entry
from duediligence.models.scope import CHANGE
from duediligence.suppression import may_name_supplier, month
from duediligence.views.pages import bound, carried_out, company_page, user_of
from duediligence.wording import RESPONSE_KINDS, say
from recruiters.models import Recruiter


@dataclass(frozen=True)
class ShownCase:
    """What a company sees of a case: kinds of harm and months, the recruiter, and a supplier only where it is large."""

    entry: Step6Entry
    harms: tuple[str, ...]
    severity: str
    month: date
    changed: date
    recruiter: str
    through: str
    answered: bool
    answer: str
    text: str


def shown_case(case: KnownCase) -> ShownCase:
    """Reduce a case to what its company may see."""
    supplier = case.entry.supplier
    through = ""
    if supplier is not None:
        named = may_name_supplier(supplier.workers)
        through = supplier.name if named else _("one of your suppliers")
    return ShownCase(
        entry=case.entry,
        harms=tuple(harm_label(code) for code in case.codes),
        severity=severity_label(case.severity),
        month=month(case.entry.opened_on),
        changed=month(case.changed_on),
        recruiter=case.entry.recruiter.name,
        through=through,
        answered=bool(case.response),
        answer=say(RESPONSE_KINDS, case.response or "waiting"),
        text=case.response_text,
    )


def severity_label(code: str) -> str:
    """Return the words for a severity, as the grievance standard has them, or the code."""
    from django.utils.translation import gettext

    for entry in standard("grievance").severities:
        if code in (entry.code, str(entry.level)):
            return gettext(entry.label)
    return code


@company_page
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that concern recruiters of the reader's companies."""
    user = user_of(request)
    entries = Step6Entry.objects.visible_to(user)
    return render(request, "duediligence/cases.html", {"cases": [shown_case(case) for case in known_cases(entries)]})


@company_page
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one case and take the company's answer."""
    right = CHANGE if request.method == "POST" else None
    rows = Step6Entry.objects.select_related("company__party", "recruiter", "supplier", "record")
    found = fetch(user_of(request), rows, right, ref=ref)
    form = bound(request, ResponseForm)

    def save() -> str:
        data = form.cleaned_data
        response = services.respond_to_case(
            found, kind=data["kind"], text=data["text"], forms=data["forms"], done_on=data["done_on"],
            actor=user_of(request),
        )  # fmt: skip
        return str(response.pk)

    if carried_out(request, form, "case.respond", save, said=_("Your answer is saved.")):
        return redirect("duediligence:cases")
    context = {
        "case": shown_case(known_case(found)),
        "form": form,
        "register": Recruiter.objects.filter(party=found.recruiter).first(),
        "responses": found.responses.select_related("by").order_by("-pk"),
        "may_change": found.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/case.html", context)
