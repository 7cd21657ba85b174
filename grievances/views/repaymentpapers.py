"""What leaves a repayment as a file: its papers, and the reckoning for whoever pays."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from core import evidence, exports
from core.models import User
from grievances.models import PaymentProof
from grievances.services import RemedyRefused, repaying
from grievances.views.handling import case_officer
from grievances.views.repayments import started, step_of


@case_officer
def proof(request: HttpRequest, ref: str, number: int, file_ref: str) -> HttpResponseBase:
    """Hand out a receipt of a fee or the proof of a payment."""
    found = started(step_of(request, ref, number))
    rows = (
        found.items.filter(proof__ref=file_ref).first(),
        found.payments.filter(proof__ref=file_ref).first(),
        PaymentProof.objects.filter(payment__repayment=found, proof__ref=file_ref).first(),
    )
    files = [row.proof for row in rows if row is not None and row.proof is not None]
    if not files:
        raise Http404
    return evidence.respond(files[0], actor=cast("User", request.user), clean=request.GET.get("original") != "1")


@case_officer
def table(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Hand out the reckoning as a table, for whoever pays: figures only, no name and no word of hers."""
    found = started(step_of(request, ref, number))
    try:
        lines = repaying.reckoned(found).lines
    except RemedyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("grievances:repayment", ref=ref, number=number)
    header = (
        "number",
        "category",
        "paid_on",
        "taken",
        "currency",
        "rate",
        "rate_on",
        "rate_source",
        "principal",
        "days",
        "interest",
        "total",
        "due_currency",
    )
    rows = (
        (
            line.item.number,
            line.item.category,
            line.item.paid_on,
            str(line.taken.amount),
            line.item.currency,
            str(line.used.value) if line.used else None,
            line.used.on if line.used else None,
            line.used.source if line.used else "",
            str(line.principal),
            line.days,
            str(line.interest),
            str(line.total),
            found.currency,
        )
        for line in lines
    )
    return exports.csv_response(f"{ref}-{number}.csv", header, rows)
