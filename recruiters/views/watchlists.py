"""Watchlists: what is in use, how old it is, what each edition changed."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import staff
from core.listing import Column, ListingView
from core.roles import Role
from recruiters import services
from recruiters.forms.screening import WatchlistForm
from recruiters.hitfacts import KINDS, change_sentences, field_names, measure_lines, scheme_label
from recruiters.listchanges import differences
from recruiters.models import (
    EntryChange,
    HitDecision,
    ListProposal,
    ListRetirement,
    ScreeningHit,
    WatchlistEntry,
    WatchlistLoad,
    WatchlistSource,
)
from recruiters.screening import HitState
from recruiters.screeningfilters import ChangeFilter, EntryFilter
from recruiters.services import WatchlistRefused
from recruiters.services.carrying import content_of
from recruiters.services.listproposals import may_undo
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.vocabulary import country_label, topic_label
from recruiters.wording import drop_sentence

HOME = (gettext_lazy("Watchlists"), reverse_lazy("recruiters:watchlists"))
MOST_SHOWN = 50
READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)


@staff(*READ_BY)
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the lists in use and their age."""
    standing = WatchlistEntry.objects.filter(source=OuterRef("pk"), gone_on__isnull=True).order_by().values("source")
    count = Subquery(standing.annotate(n=Count("pk")).values("n"))
    sources = WatchlistSource.objects.select_related("current").annotate(standing=Coalesce(count, 0))
    waiting = ListProposal.objects.filter(state=ListProposal.State.WAITING)
    context = {"sources": sources, "waiting": waiting, "may_load": reader(request).has_role(Role.MINISTRY_OFFICER)}
    return render(request, "recruiters/watchlists.html", context)


@staff(*READ_BY)
def detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show a list's editions and what the newest one changed."""
    source = get_object_or_404(WatchlistSource.objects.select_related("current"), code=code)
    loads = list(source.loads.select_related("loaded_by").order_by("-pk")[:20])
    context = {
        "source": source,
        "load": source.current,
        "loads": loads,
        "changes": _some_changes(source.current) if source.current else [],
        "dropped": _dropped(source.current),
        "may_undo": may_undo(source.current),
        "retirement": source.retirements.exclude(state=ListRetirement.State.NOT_AGREED).select_related("by").first(),
        "crumbs": (HOME,),
        "may_load": reader(request).has_role(Role.MINISTRY_OFFICER),
    }
    return render(request, "recruiters/watchlist.html", context)


def _some_changes(load: WatchlistLoad) -> list[tuple[str, int, list[EntryChange]]]:
    """Return how many records an edition treated in each way, with the first few."""
    counts = dict(load.changes.order_by().values_list("kind").annotate(n=Count("pk")))
    return [
        (str(label), counts[kind], list(load.changes.filter(kind=kind).select_related("entry")[:8]))
        for kind, label in EntryChange.Kind.choices
        if kind in counts
    ]


class EntryList(ListingView[WatchlistEntry]):
    """The records of a list."""

    model = WatchlistEntry
    roles = READ_BY
    filterset_class = EntryFilter
    default_sort = "name"
    export_name = "watchlist"
    columns = (
        Column(
            "name",
            gettext_lazy("Name"),
            sort="name",
            value=lambda e: e.name,
            link=lambda e: reverse("recruiters:watchlist_entry", args=[e.pk]),
        ),
        Column("kind", gettext_lazy("Kind"), value=lambda e: str(KINDS.get(e.kind, e.kind))),
        Column("countries", gettext_lazy("Countries"), value=lambda e: [country_label(c) or c for c in e.countries]),
        Column("topics", gettext_lazy("Listed for"), value=lambda e: [topic_label(t) for t in e.topics]),
        Column(
            "gravity",
            gettext_lazy("Gravity"),
            kind="status",
            value=lambda e: str(dict(ScreeningHit.GRAVITIES).get(e.gravity, e.gravity)),
            tone=lambda e: ScreeningHit.GRAVITY_TONES.get(e.gravity, ""),
        ),
        Column("external_id", gettext_lazy("Number of the record"), value=lambda e: e.external_id),
        Column("gone_on", gettext_lazy("Gone since"), kind="date", value=lambda e: e.gone_on),
    )

    def records(self) -> QuerySet[WatchlistEntry]:
        """Return the records of the list in the address."""
        self.source = get_object_or_404(WatchlistSource, code=self.kwargs["code"])
        return self.source.entries.all()

    def get_title(self) -> str:
        """Return the list's name."""
        return self.source.name


class EditionChanges(ListingView[EntryChange]):
    """What one edition changed, record by record, and what came of it."""

    model = EntryChange
    roles = READ_BY
    filterset_class = ChangeFilter
    template_name = "recruiters/edition.html"
    default_sort = "name"
    export_name = "edition-changes"
    empty_text = gettext_lazy("This edition changed no record. Of a list's first edition, everything is new.")
    columns = (
        Column(
            "name",
            gettext_lazy("Name"),
            sort="name",
            value=lambda c: c.name,
            link=lambda c: reverse("recruiters:watchlist_entry", args=[c.entry_id]),
        ),
        Column(
            "kind",
            gettext_lazy("What happened"),
            kind="status",
            sort=("kind", "name"),
            value=lambda c: c.get_kind_display(),
            tone=lambda c: c.tone,
        ),
        Column("fields", gettext_lazy("What changed"), value=lambda c: field_names(c.fields)),
        Column("topics", gettext_lazy("Listed for"), value=lambda c: [topic_label(t) for t in c.entry.topics]),
    )

    def records(self) -> QuerySet[EntryChange]:
        """Return the changes of the edition in the address."""
        loads = WatchlistLoad.objects.select_related("source", "job", "loaded_by")
        self.load = get_object_or_404(loads, ref=self.kwargs["ref"])
        return EntryChange.objects.filter(load=self.load).select_related("entry").defer("before")

    def get_title(self) -> str:
        """Return which edition of which list it is."""
        day = date_format(self.load.list_date, "DATE_FORMAT")
        return _("%(list)s, edition of %(day)s") % {"list": self.load.source.name, "day": day}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the edition before, and the hits that this one opened again or anew."""
        load = self.load
        before = load.source.loads.filter(pk__lt=load.pk).order_by("-pk").first()
        waiting = ScreeningHit.objects.filter(screening__load=load).select_related("row", "screening")
        waiting = waiting.exclude(state=HitState.INFO)
        if before is not None:  # of a first edition no account is kept: everything on it is new
            waiting = waiting.filter(entry__in=load.changes.values("entry"))
        carried = HitDecision.objects.filter(hit=OuterRef("pk"), carried_from__isnull=False)
        return super().get_context_data(**kwargs) | {
            "load": load,
            "before": before,
            "job": load.job if load.job and not load.rescreened_at else None,
            "reopened": _with_words(waiting.exclude(changes=[])),
            "opened": waiting.filter(~Exists(carried), changes=[]).order_by("rank", "-score")[:MOST_SHOWN],
            "dropped": _dropped(load),
            "crumbs": (HOME, (load.source.name, reverse("recruiters:watchlist", args=[load.source.code]))),
        }


def _with_words(hits: QuerySet[ScreeningHit]) -> list[tuple[ScreeningHit, list[str]]]:
    """Return reopened hits with what changed about their records."""
    return [(hit, change_sentences(hit.changes)) for hit in hits.order_by("rank", "-score")[:MOST_SHOWN]]


@staff(*READ_BY)
def entry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one record of a list with its dated history, and where it was met."""
    found = get_object_or_404(WatchlistEntry.objects.select_related("source", "merged_into", "first_load"), pk=pk)
    today = timezone.localdate()
    history = []
    after = content_of(found)
    for change in found.changes.select_related("load").order_by("-pk"):
        told = differences(change.before, after) if change.kind in ("changed", "back") else ()
        history.append((change, change_sentences(each.stored() for each in told)))
        after = change.before or after
    context = {
        "entry": found,
        "measures": measure_lines(found.measures, today),
        "identifiers": [(scheme_label(scheme), value) for scheme, value in found.identifiers],
        "history": history,
        "hits": ScreeningHit.objects.filter(entry=found).select_related("row", "screening").order_by("-pk")[:20],
        "crumbs": (HOME, (found.source.name, reverse("recruiters:watchlist", args=[found.source.code]))),
    }
    return render(request, "recruiters/watchlist_entry.html", context)


def _dropped(load: WatchlistLoad | None) -> list[str]:
    return dropped_sentences(load.dropped) if load else []


def dropped_sentences(dropped: dict[str, Any]) -> list[str]:
    """Return what of an edition was left out or is not clear, one sentence for each reason."""
    counts, lines = dropped.get("counts", {}), dropped.get("lines", {})
    return [drop_sentence(reason, count, lines.get(reason, [])) for reason, count in sorted(counts.items())]


@staff(Role.MINISTRY_OFFICER)
def load(request: HttpRequest) -> HttpResponseBase:
    """Bring an edition in."""
    form = WatchlistForm(request.POST or None, request.FILES or None, initial={"name": request.GET.get("name", "")})

    def do(data: dict[str, Any]) -> str:
        return services.propose_edition(
            actor=reader(request),
            name=data["name"],
            publisher=data["publisher"],
            list_date=data["list_date"],
            max_age_days=data["max_age_days"],
            data=_content(data["file"]),
            file_name=data["file"].name or "",
        ).ref

    ref = carry_out(form, purpose="watchlist.propose", do=do)
    if ref:
        return redirect("recruiters:watchlist_proposal", ref)
    return form_page(
        request,
        form,
        title=_("Bring a watchlist in"),
        submit=_("Read the file"),
        back=reverse("recruiters:watchlists"),
        lede=_("The file is read first. You see what would be new, changed and gone, and decide then."),
        crumbs=(HOME,),
    )


def _content(upload: "UploadedFile[Any]") -> bytes:
    cap = settings.UPLOAD_TABLE_MAX_BYTES
    if (upload.size or 0) > cap:
        raise WatchlistRefused(
            _(
                "A list may be at most %(cap)s here, and this file is %(over)s over that. Nothing of it was kept. "
                "Use the command import_watchlist for a larger one."
            )
            % {"cap": filesizeformat(cap), "over": filesizeformat((upload.size or 0) - cap)}
        )
    data: bytes = upload.read()
    if not data:
        raise WatchlistRefused(_("This file is empty. Nothing was kept of it."))
    return data
