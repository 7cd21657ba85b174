"""Ask for a second person's word on a grievance, and give it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.models import User
from grievances import services
from grievances.forms.staff import LowerForm
from grievances.services import CloseRefused, SecondRefused, TriageRefused
from grievances.triage import Priority
from grievances.views.handling import case_officer, fetch, page


@require_POST
@case_officer
def lower(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Ask a second person to lower the priority, for a written reason."""
    found, form = fetch(request, ref), LowerForm(request.POST)
    if not form.is_valid():
        return page(request, found, lower_form=form, status=422)
    try:
        services.ask_to_lower(
            found,
            Priority(form.cleaned_data["priority"]),
            note=form.cleaned_data["note"],
            actor=cast("User", request.user),
        )
    except SecondRefused as refusal:
        form.add_error(None, str(refusal))
        return page(request, found, lower_form=form, status=422)
    messages.success(request, _("A second person must agree. The other handlers were told."))
    return redirect("grievances:grievance", ref=found.ref)


@require_POST
@case_officer
def second(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Agree as the second person, or decline."""
    found = fetch(request, ref)
    word = services.open_question(found)
    agree = request.POST.get("agree") == "yes"
    try:
        if word is None or str(word.number) != request.POST.get("question", ""):
            raise SecondRefused(_("This has been answered already."))
        services.answer_second(word, agree=agree, actor=cast("User", request.user))
    except (SecondRefused, TriageRefused, CloseRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Agreed and carried out.") if agree else _("Declined. Whoever asked was told."))
    return redirect("grievances:grievance", ref=found.ref)
