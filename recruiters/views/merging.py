"""Merge two entries that are one agency: choose the other, see what would move, confirm; and take it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import fetch, staff
from core.references import BadReference, parse_reference
from core.roles import Role
from recruiters.forms.own import MergeForm, UndoMergeForm
from recruiters.models import Merge, Recruiter
from recruiters.queries import search_recruiters
from recruiters.services.merging import differences, merge_recruiters, preview, undo_merge
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.register import HOME

FOUND = 20


@staff(Role.MINISTRY_OFFICER)
def choose(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Find the other entry."""
    user = reader(request)
    recruiter = fetch(user, Recruiter.objects.select_related("party"), "decide", ref=ref)
    typed = request.GET.get("q", "").strip()[:200]
    found: list[Recruiter] = []
    mistyped = ""
    if typed:
        others = Recruiter.objects.visible_to(user).filter(merged_into__isnull=True).exclude(pk=recruiter.pk)
        found = list(search_recruiters(others.select_related("party"), typed).order_by("sort_name")[:FOUND])
        mistyped = _mistyped(typed)
    context = {
        "recruiter": recruiter,
        "typed": typed or recruiter.name,
        "asked": bool(typed),
        "found": found,
        "mistyped": mistyped,
        "crumbs": (HOME, (recruiter.name, recruiter.get_absolute_url())),
    }
    return render(request, "recruiters/merge_choose.html", context)


def _mistyped(typed: str) -> str:
    """Return what is wrong with something that looks like a reference."""
    if not typed.upper().startswith("REC-"):
        return ""
    try:
        parse_reference(typed, "REC")
    except BadReference as problem:
        return str(problem)
    return ""


@staff(Role.MINISTRY_OFFICER)
def confirm(request: HttpRequest, ref: str, other_ref: str) -> HttpResponseBase:
    """Show what would move, and merge."""
    user = reader(request)
    rows = Recruiter.objects.select_related("party")
    recruiter = fetch(user, rows, "decide", ref=ref)
    other = fetch(user, rows, "decide", ref=other_ref)
    entries = (recruiter, other)
    form = MergeForm(
        request.POST or None, entries=entries, reasons=Merge.Why.choices, initial={"survivor": recruiter.ref}
    )

    def do(data: dict[str, Any]) -> str:
        stays = recruiter if data["survivor"] == recruiter.ref else other
        goes = other if stays is recruiter else recruiter
        return merge_recruiters(stays, goes, reason_code=data["reason_code"], note=data["note"], actor=user).ref

    made = carry_out(form, purpose="recruiter.merge", do=do)
    if made:
        messages.success(request, _("Merged. Both references lead to the entry that goes on."))
        return redirect(get_object_or_404(Merge, ref=made).survivor)
    context = {
        "form": form,
        "recruiter": recruiter,
        "entries": [(entry, preview(other if entry is recruiter else recruiter, entry)) for entry in entries],
        "problems": preview(recruiter, other).problems,
        "differences": differences(recruiter, other),
        "crumbs": (HOME, (recruiter.name, recruiter.get_absolute_url())),
    }
    return render(request, "recruiters/merge_confirm.html", context, status=422 if form.is_bound else 200)


@staff(Role.MINISTRY_OFFICER)
def undo(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Take a merge back."""
    user = reader(request)
    merge = get_object_or_404(Merge.objects.select_related("survivor__party", "merged__party"), ref=ref)
    survivor = fetch(user, Recruiter.objects.select_related("party"), "decide", pk=merge.survivor_id)
    form = UndoMergeForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        undo_merge(merge, note=data["note"], actor=user)
        return merge.ref

    if carry_out(form, purpose="recruiter.unmerge", do=do):
        messages.success(request, _("Taken back. Both entries are what they were, with their history."))
        return redirect("recruiters:recruiter", merge.merged.ref)
    return form_page(
        request,
        form,
        title=_("Take the merge back"),
        submit=_("Take it back"),
        back=reverse("recruiters:recruiter", args=[survivor.ref]),
        lede=_("%(merged)s was merged into %(survivor)s.") % {"merged": merge.merged.name, "survivor": survivor.name},
        crumbs=(HOME, (survivor.name, survivor.get_absolute_url())),
    )
