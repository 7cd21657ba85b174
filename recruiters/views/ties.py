"""Ties of a recruiter to suspended, revoked and banned ones: each path drawn, and an officer's word on it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import fetch, staff
from core.roles import Role
from recruiters.forms.own import TieForm
from recruiters.models import Recruiter
from recruiters.services.ties import decide_tie, newest_decisions
from recruiters.tiegraph import ties_of
from recruiters.tiewords import path_sentences, reason_sentence, tie_rows
from recruiters.views.acting import carry_out, reader
from recruiters.views.register import HOME
from recruiters.watchhits import watch_of

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)


@staff(*READ_BY)
def ties(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show every tie as a drawing and as sentences, with what was decided, now and before."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "see_facts", ref=ref)
    found = ties_of(recruiter)
    decided = newest_decisions(recruiter)
    rows = tie_rows(found, decided)
    shown = {row.key for row in rows}
    context = {
        "recruiter": recruiter,
        "rows": rows,
        "watch": watch_of(recruiter),
        "may_screen": recruiter.permits(reader(request), "decide"),
        "cut_short": found.cut_short,
        "may_decide": recruiter.permits(reader(request), "decide"),
        "earlier": [
            (decision, path_sentences(decision.path), [reason_sentence(reason) for reason in decision.path["reasons"]])
            for key, decision in decided.items()
            if key not in shown
        ],
        "crumbs": (HOME, (recruiter.name, recruiter.get_absolute_url())),
    }
    return render(request, "recruiters/ties.html", context)


@staff(Role.MINISTRY_OFFICER)
def decide(request: HttpRequest, ref: str, key: str) -> HttpResponseBase:
    """Say whether one tie matters."""
    user = reader(request)
    recruiter = fetch(user, Recruiter.objects.select_related("party"), "decide", ref=ref)
    row = next((row for row in tie_rows(ties_of(recruiter), newest_decisions(recruiter)) if row.key == key), None)
    if row is None:
        raise Http404
    form = TieForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        relevant = data["decided"] == "relevant"
        given = {"reason_code": data["reason_code"], "note": data["note"]}
        return decide_tie(recruiter, key, relevant=relevant, actor=user, **given).ref

    back = reverse("recruiters:ties", args=[ref])
    if carry_out(form, purpose="tie.decide", do=do):
        return redirect(back)
    context = {
        "recruiter": recruiter,
        "row": row,
        "form": form,
        "back": back,
        "crumbs": (HOME, (recruiter.name, recruiter.get_absolute_url()), (_("Ties"), back)),
    }
    return render(request, "recruiters/tie.html", context, status=422 if form.is_bound else 200)
