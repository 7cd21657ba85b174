"""The hits of screening: the queue across all lists, and one hit on each screen, decided by keyboard or by hand."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from core.access import fetch, staff
from core.listing import Column, ListingView
from core.listing.page import Action
from core.models import User
from core.roles import Role
from recruiters import services
from recruiters.deciding import REASONS_FOR, suggested
from recruiters.forms.screening import AssignForm, HitForm
from recruiters.hitfacts import change_sentences, fact_lines, measure_lines
from recruiters.hitqueue import following, not_held, preceding, waiting_for
from recruiters.listchanges import differences
from recruiters.models import HitDecision, Screening, ScreeningHit
from recruiters.screening import HitState
from recruiters.screeningfilters import HitFilter, QueueFilter
from recruiters.services import ScreeningRefused
from recruiters.services.carrying import content_of
from recruiters.services.decisions import last_decided, last_decider, twins
from recruiters.services.register import officers
from recruiters.views.acting import carry_out, reader
from recruiters.vocabulary import country_label
from recruiters.wording import NOTES, VERDICTS, hit_words

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
SCOPE = ("screening", "list", "gravity", "country", "score", "whose")
COLUMNS: tuple[Column[ScreeningHit], ...] = (
    Column("query", gettext_lazy("In the list"), value=lambda h: h.row.name, link=lambda h: h.get_absolute_url()),
    Column("target", gettext_lazy("On the other side"), value=lambda h: h.target_name),
    Column("list", gettext_lazy("List"), value=lambda h: _("the register") if h.recruiter_id else h.list_name),
    Column("country", gettext_lazy("Country"), value=lambda h: country_label(h.row.country) if h.row.country else ""),
    Column("score", gettext_lazy("Score"), kind="number", sort="score", value=lambda h: round(h.score, 2)),
    Column("verdict", gettext_lazy("Comparison"), value=lambda h: VERDICTS.get(h.verdict, h.verdict)),
    Column(
        "gravity",
        gettext_lazy("Gravity"),
        kind="status",
        sort=("rank", "-score"),
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
    Column("whose", gettext_lazy("Given to"), value=lambda h: str(h.assigned_to) if h.assigned_to else ""),
)


class HitList(ListingView[ScreeningHit]):
    """A screening's hits, decided or not."""

    model = ScreeningHit
    roles = READ_BY
    filterset_class = HitFilter
    default_sort = "-score"
    export_name = "hits"
    columns = COLUMNS

    def records(self) -> QuerySet[ScreeningHit]:
        """Return the hits of the screening in the address."""
        self.screening = fetch(reader(self.request), Screening, ref=self.kwargs["ref"])
        return ScreeningHit.objects.filter(screening=self.screening).select_related("row", "assigned_to")

    def get_title(self) -> str:
        """Return what the list is."""
        return _("Hits: %(title)s") % {"title": self.screening.title}


class HitQueue(ListingView[ScreeningHit]):
    """The hits of all screenings that wait for this officer, the gravest first."""

    model = ScreeningHit
    roles = (Role.MINISTRY_OFFICER,)
    filterset_class = QueueFilter
    template_name = "recruiters/hit_queue.html"
    title = gettext_lazy("Hits to decide")
    lede = gettext_lazy("From every screening, the gravest and likeliest first. What a colleague has open is left out.")
    empty_text = gettext_lazy("Nothing waits for you here.")
    default_sort = "gravity"
    export_name = "hits-to-decide"

    def get_columns(self) -> tuple[Column[ScreeningHit], ...]:
        """Return the columns; each hit opens in the queue as it is narrowed now."""
        tail = scope_of(self.request)
        link: Column[ScreeningHit] = Column(
            "query",
            gettext_lazy("In the list"),
            value=lambda h: h.row.name,
            link=lambda h: f"{h.get_absolute_url()}?{tail}",
        )
        return (link, *COLUMNS[1:])

    def records(self) -> QuerySet[ScreeningHit]:
        """Return the hits that this officer may decide now."""
        user = reader(self.request)
        hits = not_held(waiting_for(user, whose=self.request.GET.get("whose", "")), user)
        return hits.select_related("row", "assigned_to")

    def get_actions(self) -> tuple[Action, ...]:
        """Offer to begin at the first hit."""
        hits = queue_of(self.request)
        first = following(not_held(hits, reader(self.request))) if hits is not None else None
        if first is None:
            return ()
        return (Action(_("Begin with the first"), f"{first.get_absolute_url()}?{scope_of(self.request)}"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form by which hits are given to an officer."""
        context = super().get_context_data(**kwargs)
        address = f"{reverse('recruiters:hit_assign')}?{scope_of(self.request)}"
        return context | {"assign": AssignForm(_officer_choices()), "assign_address": address}


def _officer_choices() -> list[tuple[str, str]]:
    return [(str(user.pk), str(user)) for user in officers()]


def scope_of(request: HttpRequest, **given: str) -> str:
    """Return how the queue is narrowed, as the tail of an address."""
    kept = {name: request.GET[name] for name in SCOPE if request.GET.get(name)}
    return urlencode(kept | given or {"whose": ""})


def queue_of(request: HttpRequest, screening: Screening | None = None) -> QuerySet[ScreeningHit] | None:
    """Return the queue as the address narrows it, None for an address that cannot be read."""
    data = request.GET
    hits = waiting_for(reader(request), whose=data.get("whose", ""))
    if screening is not None and not any(name in data for name in SCOPE):
        return hits.filter(screening=screening)
    found = QueueFilter(data=data, queryset=hits, request=request)
    return found.qs if found.is_valid() else None


@staff(Role.MINISTRY_OFFICER)
@require_POST
def assign(request: HttpRequest) -> HttpResponseBase:
    """Give the first hits of the queue to an officer."""
    form = AssignForm(_officer_choices(), request.POST)
    back = redirect(f"{reverse('recruiters:hit_queue')}?{scope_of(request)}")

    def do(data: dict[str, Any]) -> str:
        to = User.objects.filter(pk=data["officer"]).first() if data["officer"] else None
        hits = queue_of(request)
        some = hits.order_by("rank", "-score", "pk")[: data["how_many"]].values("pk") if hits is not None else []
        chosen = ScreeningHit.objects.filter(pk__in=[each["pk"] for each in some])
        return str(services.assign_hits(chosen, to=to, actor=reader(request)))

    count = carry_out(form, purpose="hits.assign", do=do)
    if count is None:
        messages.error(request, _("Nothing was given to anybody. Choose an officer and a number from 1 to 500."))
        return back
    number = int(count)
    messages.success(request, ngettext("%(n)s hit was given.", "%(n)s hits were given.", number) % {"n": number})
    return back


@staff(Role.MINISTRY_OFFICER)
@require_POST
def undo(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Take one's own last decision on a hit back."""
    hit = _found(request, ref, "decide")
    try:
        services.undo_decision(hit, actor=reader(request))
    except ScreeningRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your decision was taken back. The hit waits again."))
    return redirect(f"{hit.get_absolute_url()}?{scope_of(request)}")


def _found(request: HttpRequest, ref: str, right: str | None = None) -> ScreeningHit:
    hits = ScreeningHit.objects.select_related("row", "screening", "recruiter__party", "entry__source__current")
    hit = hits.select_related("assigned_to", "held_by").filter(ref=ref).first()
    if hit is None:
        raise Http404
    fetch(reader(request), Screening, right, pk=hit.screening_id)
    return hit


@staff(*READ_BY)
def hit(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one hit in words, take the decision, and open the next."""
    user, found = reader(request), _found(request, ref)
    may = found.screening.permits(user, "decide")
    if request.method == "POST" and not may:
        raise PermissionDenied(_("You may read this, but you may not decide it."))
    form = HitForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        services.decide_hit(
            found, answer=data["answer"], reason_code=data["reason_code"], reason=data["reason"],
            together=data["together"], seen=data["seen"], actor=user,
        )  # fmt: skip
        return found.ref

    hits = queue_of(request, found.screening)
    free = not_held(hits, user) if hits is not None else ScreeningHit.objects.none()
    tail = scope_of(request) if any(name in request.GET for name in SCOPE) else f"screening={found.screening.ref}"
    if form.is_bound and carry_out(form, purpose="hit.decide", do=do):
        after = following(free, found)
        return redirect(f"{after.get_absolute_url()}?{tail}" if after else _home(request, found))
    if may:
        services.hold_hit(found, actor=user)
    after, before = following(free, found), preceding(free, found)
    context = _context(found, user) | {
        "form": form if may and found.state != HitState.SUPERSEDED else None,
        "may": may,
        "home": _home(request, found),
        "tail": tail,
        "following": f"{after.get_absolute_url()}?{tail}" if after else "",
        "preceding": f"{before.get_absolute_url()}?{tail}" if before else "",
        "waiting": hits.count() if hits is not None else 0,
        "undo": last_decided(user) if may else None,
    }
    return render(request, "recruiters/hit.html", context, status=422 if form.is_bound else 200)


def _home(request: HttpRequest, hit: ScreeningHit) -> str:
    """Return where the reader came from: the queue, or the screening."""
    narrowed = any(name in request.GET for name in SCOPE)
    if narrowed and request.GET.get("screening") != hit.screening.ref:
        return f"{reverse_lazy('recruiters:hit_queue')}?{scope_of(request)}"
    return hit.screening.get_absolute_url()


def _context(hit: ScreeningHit, user: User) -> dict[str, Any]:
    """Return what the page of a hit tells, as it was when it was compared, and what is otherwise today."""
    today = timezone.localdate()
    entry = hit.entry
    facts: dict[str, Any] = hit.facts or (content_of(entry) if entry else {})
    decisions = list(hit.decisions.select_related("decided_by", "carried_from__hit__screening").order_by("pk"))
    undone = {decision.undoes_id for decision in decisions}
    now = differences(facts, content_of(entry)) if entry and hit.facts else ()
    held = hit.held_by if hit.held_by_id not in (None, user.pk) and _still(hit) else None
    said = [feature["name"] for feature in hit.features]
    return {
        "hit": hit,
        "screening": hit.screening,
        "lines": fact_lines(hit, facts),
        "facts": facts,
        "measures": measure_lines(facts.get("measures") or (), today),
        "words": hit_words(hit.features),
        "verdict": VERDICTS.get(hit.verdict, hit.verdict),
        "note": NOTES.get(hit.note, ""),
        "changes": change_sentences(hit.changes),
        "since": change_sentences(each.stored() for each in now),
        "decisions": [(decision, decision.pk in undone) for decision in decisions],
        "seen": decisions[-1].pk if decisions else 0,
        "mine": hit.state == HitState.AWAITING_SECOND and last_decider(hit) == user.pk,
        "reasons": _reasons(said),
        "alike": twins(hit).count() if hit.is_open else 0,
        "held": held,
        "today": today,
    }


def _still(hit: ScreeningHit) -> bool:
    return hit.held_until is not None and hit.held_until > timezone.now()


def _reasons(features: list[str]) -> list[dict[str, Any]]:
    """Return each decision with its key, its reasons with theirs, and the one that the comparison speaks for."""
    labels, hints = dict(HitDecision.Reason.choices), suggested(features)
    keys = {"true": "T", "false": "F", "unsure": "U"}
    return [
        {
            "code": code,
            "label": label,
            "key": keys[code],
            "suggested": hints[code],
            "reasons": [(place, each, labels[each]) for place, each in enumerate(REASONS_FOR[code], start=1)],
        }
        for code, label in HitDecision.ANSWERS
    ]
