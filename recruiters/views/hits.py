"""The hits of a screening: the queue, and one hit in words."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import fetch, staff
from core.listing import Column, ListingView
from recruiters import services
from recruiters.screeningfilters import HitFilter
from recruiters.forms.screening import HitForm
from recruiters.hitqueue import next_hit
from recruiters.models import Screening, ScreeningHit
from recruiters.screening import HitState
from recruiters.views.acting import carry_out, reader
from recruiters.views.screenings import READ_BY
from recruiters.wording import NOTES, VERDICTS, hit_words


class HitList(ListingView[ScreeningHit]):
    """A screening's hits: the queue."""

    model = ScreeningHit
    roles = READ_BY
    filterset_class = HitFilter
    default_sort = "-score"
    export_name = "hits"
    columns = (
        Column("query", gettext_lazy("In the list"), value=lambda h: h.row.name, link=lambda h: h.get_absolute_url()),
        Column("target", gettext_lazy("On the other side"), value=lambda h: h.target_name),
        Column("list", gettext_lazy("List"), value=lambda h: h.list_name),
        Column("score", gettext_lazy("Score"), kind="number", sort="score", value=lambda h: round(h.score, 2)),
        Column("verdict", gettext_lazy("Comparison"), value=lambda h: VERDICTS.get(h.verdict, h.verdict)),
        Column(
            "gravity",
            gettext_lazy("Gravity"),
            kind="status",
            value=lambda h: h.get_gravity_display(),
            tone=lambda h: h.gravity_tone,
        ),
        Column(
            "state",
            gettext_lazy("Decision"),
            kind="status",
            value=lambda h: h.get_state_display(),
            tone=lambda h: h.state_tone,
        ),
    )

    def records(self) -> QuerySet[ScreeningHit]:
        """Return the hits of the screening in the address."""
        self.screening = fetch(reader(self.request), Screening, ref=self.kwargs["ref"])
        return ScreeningHit.objects.filter(screening=self.screening).select_related("row")

    def get_title(self) -> str:
        """Return what the list is."""
        return _("Hits: %(title)s") % {"title": self.screening.title}


@staff(*READ_BY)
def hit(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one hit in words, and take the decision."""
    user = reader(request)
    found = (
        ScreeningHit.objects.select_related("row", "screening", "recruiter__party", "entry__source__current")
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise Http404
    screening = fetch(user, Screening, pk=found.screening_id)
    may = screening.permits(user, "decide")
    form = HitForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        services.decide_hit(
            found, answer=data["answer"], reason_code=data["reason_code"], reason=data["reason"], actor=user
        )
        return found.ref

    if request.method == "POST":
        fetch(user, Screening, "decide", pk=found.screening_id)
        if carry_out(form, purpose="hit.decide", do=do):
            following = next_hit(screening, user.pk, after=found)
            return redirect(following or screening)
    decisions = list(found.decisions.select_related("decided_by", "carried_from__hit__screening"))
    context = {
        "hit": found,
        "screening": screening,
        "form": form if may else None,
        "words": hit_words(found.features),
        "verdict": VERDICTS.get(found.verdict, found.verdict),
        "note": NOTES.get(found.note, ""),
        "decisions": decisions,
        "following": next_hit(screening, user.pk, after=found),
        "waiting": screening.hits.filter(state__in=(HitState.OPEN, HitState.AWAITING_SECOND)).count(),
        "today": timezone.localdate(),
    }
    return render(request, "recruiters/hit.html", context, status=422 if form.is_bound else 200)
