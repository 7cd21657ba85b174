"""Give a worker for whom somebody else wrote a receipt of her own, before anything of her grievance is shown."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from grievances.guarding import came_from_us, private
from grievances.keys import BadToken, FormToken, new_token, read_token
from grievances.models import Grievance
from grievances.returning import admit, hold_keys, secret_of
from grievances.services.assisting import must_renew, renew_receipt
from grievances.services.doors import grievance_of_session
from grievances.views.receipt import problem_with


@private
def renew(request: HttpRequest) -> HttpResponse:
    """Show the new receipt; once it was typed from her note, it takes the first one's place."""
    secret = secret_of(request)
    grievance = grievance_of_session(secret) if secret else None
    if grievance is None:
        return HttpResponseRedirect(reverse("grievances_public:followup"), status=303)
    if not must_renew(grievance):
        return HttpResponseRedirect(reverse("grievances_public:case"), status=303)
    token = _token(request)
    if request.method != "POST" or "receipt" not in request.POST or not came_from_us(request):
        return _page(request, token)
    problem = problem_with(request.POST.get("receipt", ""), token)
    if problem:
        return _page(request, token, problem=problem)
    return _take(grievance, token, secret)


def _take(grievance: Grievance, token: FormToken, secret: str) -> HttpResponse:
    with hold_keys(secret):
        pair = renew_receipt(grievance, token)
    response = HttpResponseRedirect(reverse("grievances_public:case"), status=303)
    return admit(response, grievance, pair) if pair else response


def _token(request: HttpRequest) -> FormToken:
    """Return the page's own token, so that a retry shows the same receipt; a new one where there is none of ours."""
    try:
        return read_token(request.POST.get("token", ""))
    except BadToken:
        return new_token()


def _page(request: HttpRequest, token: FormToken, *, problem: str = "") -> HttpResponse:
    context = {
        "lines": token.receipt.lines,
        "token": token.text,
        "problem": problem,
        "guard": request.form_guard,  # type: ignore[attr-defined]
    }
    return render(request, "grievances/followup/renew.html", context, status=422 if problem else 200)
