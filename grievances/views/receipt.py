"""Show the receipt until the worker has kept it: typed once from her note, or left with a warning."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from grievances import receipts
from grievances.clocks import last_day
from grievances.forms.worker import ReceiptForm
from grievances.guarding import came_from_us, private
from grievances.keys import BadToken, FormToken, read_token
from grievances.models import Grievance
from grievances.receipts import BadReceipt
from grievances.services import clockwork, keep_receipt
from grievances.services.lodging import Lodged
from grievances.statuses import ClockKind


def receipt_page(
    request: HttpRequest, lodged: Lodged, token: FormToken, *, problem: str = "", warn: bool = False
) -> HttpResponse:
    """Return the page with the receipt; once the worker has it, a page that says only that everything was sent."""
    if lodged.grievance.receipt_kept:
        return render(request, "grievances/report/sent.html", {"again": True})
    context = {
        "lines": lodged.receipt.lines,
        "token": token.text,
        "guard": request.form_guard,  # type: ignore[attr-defined]
        "form": ReceiptForm(),
        "problem": problem,
        "warn": warn,
        "repeated": lodged.repeated and not problem and not warn and "token" in request.POST and "step" in request.POST,
    }
    return render(request, "grievances/report/receipt.html", context)


@private
def receipt(request: HttpRequest) -> HttpResponse:
    """Compare what the worker typed with her receipt, or let her go on without after a warning."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("grievances_public:start"))
    try:
        token = read_token(request.POST.get("token", ""))
    except BadToken:
        return HttpResponseRedirect(reverse("grievances_public:start"))
    grievance = Grievance.objects.filter(form_digest=token.digest).first()
    if grievance is None:
        return HttpResponseRedirect(reverse("grievances_public:start"))
    lodged = Lodged(grievance, token.receipt, repeated=True)
    if not came_from_us(request) or "show" in request.POST:
        return receipt_page(request, lodged, token)
    if "skip" in request.POST:
        return receipt_page(request, lodged, token, warn=True)
    if "leave" not in request.POST:
        problem = problem_with(request.POST.get("receipt", ""), token)
        if problem:
            return receipt_page(request, lodged, token, problem=problem)
    keep_receipt(grievance)
    return render(request, "grievances/report/sent.html", {"again": False, "due_on": answer_due(grievance)})


def problem_with(typed: str, token: FormToken) -> str:
    """Return why what was typed is not the receipt, as a code; empty when it is."""
    try:
        return "" if receipts.read(typed) == token.receipt else "other"
    except BadReceipt as bad:
        return bad.code


def answer_due(grievance: Grievance) -> date | None:
    """Return the day by which a person answers."""
    clock = grievance.clocks.filter(kind=ClockKind.ACKNOWLEDGE).first()
    return last_day(clock.due_at, clockwork.office_zone()) if clock else None
