"""Where an organisation reads what it is asked and answers for itself; nothing else of the matter is here."""

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from core import access, formkeys
from core.access import staff
from core.evidence import EvidenceRefused
from core.listing import Column, ListingView
from core.models import User
from grievances.asking import rows_of
from grievances.forms.cases import ReplyForm
from grievances.models import ReplyRequest
from grievances.models.replies import RESPONDENTS
from grievances.services import replies
from grievances.services.replies import ReplyRefused
from grievances.views.respondents import answer_of


def _state(row: ReplyRequest) -> object:
    return _("Answered") if row.answered else _("Waits for your answer")


class Replies(ListingView[ReplyRequest]):
    """What an organisation is asked."""

    roles = RESPONDENTS
    model = ReplyRequest
    title = gettext_lazy("Requests for your reply")
    lede = gettext_lazy("Before anything is decided that concerns your organisation, you may answer here.")
    default_sort = "-sent"
    exports = ()
    empty_text = gettext_lazy("Nothing is asked of your organisation.")
    columns = (
        Column("ref", gettext_lazy("Reference"), link=lambda row: reverse("replies:reply", args=[row.ref])),
        Column("sent", gettext_lazy("Asked on"), sort=("sent_on", "ref"), kind="date", value=lambda row: row.sent_on),
        Column("due", gettext_lazy("Answer by"), sort=("due_on", "ref"), kind="date", value=lambda row: row.due_on),
        Column(
            "state",
            gettext_lazy("State"),
            kind="status",
            value=_state,
            tone=lambda row: "good" if row.answered else "warn",
        ),
    )

    def records(self) -> QuerySet[ReplyRequest]:
        """Return what is asked, with its answer."""
        return ReplyRequest.objects.select_related("reply")


@staff(*RESPONDENTS)
@never_cache
def reply(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show what is asked, and take the answer once."""
    user = cast("User", request.user)
    found = access.fetch(user, ReplyRequest.objects.select_related("party", "reply"), ref=ref)
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            formkeys.once(
                form.cleaned_data["form_key"],
                purpose=f"reply:{found.ref}",
                do=lambda: str(replies.answer(found, answer_of(form.cleaned_data, channel="account"), actor=user).pk),
            )
        except (ReplyRefused, EvidenceRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is sealed and sent. Only the case officers can open it."))
            return redirect("replies:reply", ref=found.ref)
    context = {"row": found, "form": form, "rows": rows_of(found.content, replies.read_question(found, actor=user))}
    return render(request, "grievances/replies/reply.html", context, status=422 if form.errors else 200)
