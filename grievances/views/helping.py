"""Where a partner finds whom to help: what was agreed, as long as it is agreed, and the answer."""

from collections.abc import Sequence
from operator import attrgetter
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from core import access, evidence, formkeys
from core.access import staff
from core.listing import Action, Column, ListingView
from core.models import User
from core.roles import Role
from core.waiting import beside
from grievances.forms.referrals import AnswerForm
from grievances.models import CaseReferral
from grievances.reasons import REFERRAL_FIELDS, URGENCIES, say
from grievances.services import referrals
from grievances.services.referrals import ReferralRefused
from grievances.views.casefile import STAGE_TONES
from grievances.views.referring import service_labels

partner = staff(Role.REFERRAL_PARTNER)


class Referrals(ListingView[CaseReferral]):
    """What is with a partner today."""

    roles = (Role.REFERRAL_PARTNER,)
    model = CaseReferral
    title = gettext_lazy("Referrals from case officers")
    lede = format_lazy(
        "{} {}",
        gettext_lazy("Workers who filed a report."),
        gettext_lazy("What somebody agreed to share with you, for as long as they agree."),
    )
    default_sort = "-made"
    exports = ()
    empty_text = gettext_lazy("Nothing is waiting for you.")
    columns = (
        Column("ref", gettext_lazy("Reference"), link=lambda row: reverse("help:referral", args=[row.ref])),
        Column("help", gettext_lazy("Help asked for"), value=lambda row: ", ".join(service_labels(row.services))),
        Column("route", gettext_lazy("Way"), value=attrgetter("way_words")),
        Column("urgency", gettext_lazy("How soon"), value=lambda row: say(URGENCIES, row.urgency)),
        Column("made", gettext_lazy("Received"), sort=("made_on", "ref"), kind="date", value=lambda row: row.made_on),
        Column(
            "stage",
            gettext_lazy("Stage"),
            kind="status",
            value=lambda row: row.stage.label,
            tone=lambda row: STAGE_TONES[row.stage],
        ),
    )

    def get_actions(self) -> Sequence[Action]:
        """Lead to the other list on which somebody waits."""
        return beside(cast("User", self.request.user), Role.REFERRAL_PARTNER, "help:referrals")

    def records(self) -> QuerySet[CaseReferral]:
        """Return referrals with where they stand."""
        return CaseReferral.objects.with_stage()


def _fetch(request: HttpRequest, ref: str) -> CaseReferral:
    return access.fetch(request.user, CaseReferral.objects.select_related("case__grievance", "partner"), ref=ref)


@partner
@never_cache
def referral(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show what was agreed, and take the answer."""
    found, user = _fetch(request, ref), cast("User", request.user)
    form = AnswerForm(request.POST or None, stage=found.stage)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def answer() -> str:
            referrals.respond(found, data["stage"], reason=data["reason"], remark=data["remark"], actor=user)
            return found.ref

        try:
            formkeys.once(data["form_key"], purpose=f"help:{found.ref}", do=answer)
        except ReferralRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is sent."))
            return redirect("help:referrals")
    context = {
        "row": found,
        "form": form,
        "stage": found.stage.label,
        "tone": STAGE_TONES[found.stage],
        "urgency": say(URGENCIES, found.urgency),
        "services": service_labels(found.services),
        "told": [(say(REFERRAL_FIELDS, code), text) for code, text in referrals.read_told(found, actor=user).items()],
        "files": referrals.files_of(found),
    }
    return render(request, "grievances/help/referral.html", context, status=422 if form.errors else 200)


@partner
@never_cache
def file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a file that goes with a referral, while it does."""
    found = _fetch(request, ref)
    kept = next((each for each in referrals.files_of(found) if each.ref == file_ref), None)
    if kept is None:
        raise Http404
    return evidence.respond(kept, actor=cast("User", request.user))
