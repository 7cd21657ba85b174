"""An edition of a watchlist before it is let in, taken back, and a list that goes out of use."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.access import fetch, staff
from core.formkeys import KeyedForm
from core.roles import Role
from recruiters.forms.watchlists import AnswerRetirementForm, ConfirmEditionForm, RetireListForm
from recruiters.models import ListProposal, ListRetirement, WatchlistLoad, WatchlistSource
from recruiters.services import listproposals, retiring
from recruiters.services.watchlists import fault_sentence
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.watchlists import HOME, READ_BY, dropped_sentences

KINDS = (("new", gettext_lazy("New")), ("changed", gettext_lazy("Changed")), ("gone", gettext_lazy("Gone")))


@staff(*READ_BY)
def proposal(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show what an edition would change, and let it in."""
    user = reader(request)
    found = fetch(user, ListProposal.objects.select_related("upload", "load", "brought_by"), ref=ref)
    if found.state == ListProposal.State.APPLIED and found.load is not None:
        return redirect("recruiters:watchlist_edition", found.load.ref)
    source = WatchlistSource.objects.select_related("current").filter(code=found.code).first()
    waits = found.state == ListProposal.State.WAITING
    foreseen, faults = listproposals.foreseen_of(found) if waits else (None, ())
    may_run = found.permits(user, "run")
    form = ConfirmEditionForm(request.POST or None, faults=faults) if waits and may_run else None

    def do(data: dict[str, Any]) -> str:
        return listproposals.confirm_edition(
            found, actor=user, allow_drop=data.get("allow_drop", False), allow_older=data.get("allow_older", False)
        ).ref

    if form is not None and (made := carry_out(form, purpose="watchlist.confirm", do=do)):
        return redirect("recruiters:watchlist_edition", made)
    context = {
        "proposal": found,
        "source": source,
        "form": form,
        "foreseen": foreseen,
        "kinds": [(label, foreseen.counts[kind], foreseen.samples[kind]) for kind, label in KINDS] if foreseen else [],
        "faults": [fault_sentence(fault, source, found.list_date) for fault in faults],
        "returns": source is not None and not source.is_active,
        "dropped": dropped_sentences(found.report.get("dropped", {})),
        "crumbs": (HOME,),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "recruiters/watchlist_proposal.html", context, status=status)


@staff(Role.MINISTRY_OFFICER)
@require_POST
def discard(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Let go of an edition that was not let in."""
    found = fetch(reader(request), ListProposal, "run", ref=ref)
    listproposals.discard_edition(found, actor=reader(request))
    messages.success(request, _("Discarded. The list is as it was."))
    return redirect("recruiters:watchlists")


@staff(Role.MINISTRY_OFFICER)
def undo(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Put the edition before in the place of the one in use."""
    load = get_object_or_404(WatchlistLoad.objects.select_related("source"), ref=ref)
    form = KeyedForm(request.POST or None)

    def do(_data: dict[str, Any]) -> str:
        return listproposals.undo_edition(load, actor=reader(request)).ref

    made = carry_out(form, purpose="watchlist.undo", do=do)
    if made:
        return redirect("recruiters:watchlist_edition", made)
    back = reverse("recruiters:watchlist", args=[load.source.code])
    return form_page(
        request, form, title=_("Take the last edition back"), submit=_("Take it back"), back=back, danger=True,
        lede=_("The edition before is in use again, with its day. What this touches is screened again."),
        crumbs=(HOME, (load.source.name, back)),
    )  # fmt: skip


@staff(Role.MINISTRY_OFFICER)
def retire(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a list out of use, or answer another officer's proposal to do so."""
    user = reader(request)
    source = get_object_or_404(WatchlistSource, code=code)
    back = reverse("recruiters:watchlist", args=[code])
    waiting = source.retirements.filter(state=ListRetirement.State.PROPOSED).select_related("by").first()
    answers = waiting is not None and waiting.by_id != user.pk
    form: KeyedForm = AnswerRetirementForm(request.POST or None) if answers else RetireListForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        if answers and waiting is not None:
            retiring.answer_retirement(waiting, agree=data["answer"] == "agree", actor=user)
            return source.code
        made = retiring.retire_list(source, reason=data["reason"], actor=user)
        done, proposed = _("The list is out of use."), _("Proposed. A second officer has to agree.")
        messages.success(request, proposed if made.state == ListRetirement.State.PROPOSED else done)
        return source.code

    if carry_out(form, purpose="watchlist.retire", do=do):
        return redirect("recruiters:watchlist", code)
    lede = _("Nothing is compared with it any more. What was found stays and keeps naming it; what waited for it is "
             "screened again without it.")  # fmt: skip
    if answers and waiting is not None:
        lede = _("%(who)s proposes it: %(reason)s") % {"who": waiting.by or "–", "reason": waiting.reason}
    return form_page(
        request, form, title=_("Take the list out of use"), submit=_("Save") if answers else _("Take it out of use"),
        lede=lede, back=back, danger=not answers, crumbs=(HOME, (source.name, back)),
    )  # fmt: skip
