"""Screening as work: bring a list, confirm its columns, follow it, decide its hits."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import jobs
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.listing.page import Action
from core.models import Job
from core.roles import Role
from core.tabular.refusal import too_large
from recruiters import services
from recruiters.forms.screening import FIELD_LABELS, ColumnsForm, ListForm
from recruiters.hitqueue import following, not_held, waiting_for
from recruiters.models import Screening, ScreeningHit, ScreeningRow
from recruiters.previewing import SHOWN, Preview
from recruiters.screening import HitState
from recruiters.screeningfilters import RowFilter, ScreeningFilter
from recruiters.services import ScreeningRefused
from recruiters.services.screenings import pasted
from recruiters.services.stopping import cancel_screening, discard_list
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.wording import problem_sentence, row_reason

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
HOME = (gettext_lazy("Screening"), reverse_lazy("recruiters:screenings"))
SILENT = ("empty_name", "unreadable_row", "name_without_letters", "name_too_short")
STATE_TONES = {"mapping": "warn", "running": "info", "done": "good", "failed": "bad", "cancelled": "", "discarded": ""}


class ScreeningList(ListingView[Screening]):
    """Every screening."""

    model = Screening
    roles = READ_BY
    title = gettext_lazy("Screening")
    lede = gettext_lazy("Compare a list of agencies or people with the register and the watchlists.")
    default_sort = "-created"
    export_name = "screenings"
    filterset_class = ScreeningFilter
    columns = (
        Column(
            "title", gettext_lazy("Title"), sort="title", value=lambda s: s.title, link=lambda s: s.get_absolute_url()
        ),
        Column(
            "state",
            gettext_lazy("State"),
            kind="status",
            sort="state",
            value=lambda s: s.get_state_display(),
            tone=lambda s: STATE_TONES[s.state],
        ),
        Column("total", gettext_lazy("Rows"), kind="number", sort="total", value=lambda s: s.total),
        Column("open", gettext_lazy("Hits to decide"), kind="number", value=lambda s: getattr(s, "open_hits", 0)),
        Column("kind", gettext_lazy("From"), value=lambda s: s.get_kind_display()),
        Column("created", gettext_lazy("Begun"), kind="date", sort="created_at", value=lambda s: s.created_at),
    )

    def records(self) -> QuerySet[Screening]:
        """Return screenings with how many hits wait."""
        waiting = ScreeningHit.objects.filter(
            screening=OuterRef("pk"), state__in=(HitState.OPEN, HitState.AWAITING_SECOND)
        )
        count = waiting.order_by().values("screening").annotate(n=Count("pk")).values("n")
        return Screening.objects.annotate(open_hits=Coalesce(Subquery(count), 0)).defer("samples", "lists", "left_out")

    def get_actions(self) -> tuple[Action, ...]:
        """Offer a new screening to officers."""
        if reader(self.request).has_role(Role.MINISTRY_OFFICER):
            return (
                Action(_("Screen a list"), reverse("recruiters:screening_new")),
                Action(_("Hits to decide"), reverse("recruiters:hit_queue"), secondary=True),
                Action(_("Certificates"), reverse("recruiters:screening_certificates"), secondary=True),
            )
        return (Action(_("Certificates"), reverse("recruiters:screening_certificates"), secondary=True),)


@staff(Role.MINISTRY_OFFICER)
def new(request: HttpRequest) -> HttpResponseBase:
    """Bring a list."""
    form = ListForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        upload: UploadedFile[Any] | None = data["file"]
        if upload:
            content, name, kind = _content(upload), upload.name or "list", Screening.Kind.UPLOAD
        else:
            content, name, kind = pasted(data["pasted"]), f"{_('pasted')}.csv", Screening.Kind.PASTE
        title = data["title"] or (name if upload else _("Pasted list"))
        return services.receive_list(actor=reader(request), title=title, data=content, file_name=name, kind=kind).ref

    ref = carry_out(form, purpose="screening.receive", do=do)
    if ref:
        return redirect("recruiters:screening_columns", ref)
    return form_page(
        request,
        form,
        title=_("Screen a list"),
        submit=_("Go on to the columns"),
        back=reverse("recruiters:screenings"),
        lede=_("Nothing is compared before you have confirmed what each column is."),
        crumbs=(HOME,),
    )


def _content(upload: "UploadedFile[Any]") -> bytes:
    """Return a file's bytes; raises ScreeningRefused for one that is too large to have been kept."""
    cap = settings.UPLOAD_TABLE_MAX_BYTES
    if (upload.size or 0) > cap:
        raise ScreeningRefused(str(too_large(upload.size or 0, cap)))
    data: bytes = upload.read()
    if not data:
        raise ScreeningRefused(_("This file is empty. Nothing was kept of it."))
    return data


@staff(Role.MINISTRY_OFFICER)
def columns(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show how the list is read and what cannot be screened; start, once that is right."""
    user = reader(request)
    screening = fetch(user, Screening, "run", ref=ref)
    if screening.state != Screening.State.MAPPING:
        return redirect(screening)
    guessed = screening.defaults.get("guessed", [])
    headless = screening.defaults.get("headless", "")
    form = ColumnsForm(screening.columns, screening.mapping, request.POST or None, initial={"headless": bool(headless)})

    def do(data: dict[str, Any]) -> str:
        return services.confirm_columns(
            screening, mapping=form.mapping(), defaults=form.defaults(), threshold=data["threshold"], actor=user
        ).ref

    wants_look = request.POST.get("action") == "look"
    if not wants_look and carry_out(form, purpose="screening.columns", do=do):
        return redirect(screening)
    mapping, defaults = dict(screening.mapping), {"headless": headless}
    if form.is_bound and form.is_valid():
        mapping, defaults = form.mapping(), form.defaults()
    seen, trouble = _look(screening, mapping, defaults, user)
    context = {
        "screening": screening,
        "form": form,
        "seen": seen,
        "trouble": trouble,
        "mapping": mapping,
        "headless": headless,
        "crumbs": (HOME,),
        "guessed": [FIELD_LABELS[field] for field in guessed if field in FIELD_LABELS],
        "heads": [(column, _field_of(mapping, column)) for column in screening.columns],
        "written": [[row.get(column, "") for column in screening.columns] for row in screening.samples[:SHOWN]],
        "problems": [(row_reason(rule), count, seen.problem_rows[rule]) for rule, count in seen.problems.items()]
        if seen
        else [],
        "unknown": seen.countries_unknown.most_common(8) if seen else [],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "recruiters/screening_columns.html", context, status=status)


def _field_of(mapping: dict[str, str], column: str) -> str:
    return next((str(FIELD_LABELS[field]) for field, head in mapping.items() if head == column), "")


def _look(
    screening: Screening, mapping: dict[str, str], defaults: dict[str, str], user: Any
) -> tuple[Preview | None, str]:
    """Return how the list would be read, or why that cannot be told."""
    if not mapping.get("name"):
        return None, ""
    try:
        return services.preview_list(screening, mapping=mapping, defaults=defaults, actor=user), ""
    except ScreeningRefused as refusal:
        return None, str(refusal)


@staff(*READ_BY)
def detail(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show how far a screening is, what it found, and what became of it since."""
    user = reader(request)
    screening = fetch(user, Screening.objects.select_related("owner", "job", "load__source"), ref=ref)
    if screening.state == Screening.State.MAPPING and screening.permits(user, "run"):
        return redirect("recruiters:screening_columns", ref)
    names = {each["code"]: each["name"] for each in screening.lists}
    hits = {state: 0 for state, _label in ScreeningHit.STATES}
    hits |= dict(screening.hits.order_by().values_list("state").annotate(n=Count("pk")))
    reasons = screening.rows.filter(outcome="not_screened").order_by().values_list("reason").annotate(n=Count("pk"))
    waiting = waiting_for(user).filter(screening=screening)
    context = {
        "screening": screening,
        "job": screening.job if screening.state in (Screening.State.RUNNING, Screening.State.FAILED) else None,
        "running": screening.state == Screening.State.RUNNING,
        "failed": screening.job is not None and screening.job.state == Job.FAILED,
        "outcomes": [
            (code, label, screening.counts.get(code, 0), ScreeningRow.TONES[code])
            for code, label in ScreeningRow.OUTCOMES
        ],
        "hits": [(code, label, hits[code]) for code, label in ScreeningHit.STATES if hits[code]],
        "waiting": waiting.count(),
        "problems": [problem_sentence(problem, names) for problem in screening.problems],
        "not_screened": [(row_reason(code), count) for code, count in reasons],
        "left_out": screening.left_out[:20],
        "may_decide": screening.permits(user, "decide"),
        "may_cancel": screening.state == Screening.State.RUNNING and screening.owner_id is not None,
        "first": following(not_held(waiting, user)),
        "again": screening.rows.filter(later__isnull=False).count(),
        "certificates": screening.certificates.select_related("issued_by")[:5],
    }
    response = render(request, "recruiters/screening.html", context)
    if context["running"] and not context["failed"]:
        response["Refresh"] = "3"  # progress without JavaScript
    return response


@staff(Role.MINISTRY_OFFICER)
@require_POST
def watch(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Begin or cease to screen the rows of this list again when a watchlist changes."""
    screening = fetch(reader(request), Screening, "run", ref=ref)
    services.watch_screening(screening, watched=request.POST.get("watched") == "yes", actor=reader(request))
    return redirect(screening)


@staff(Role.MINISTRY_OFFICER)
@require_POST
def stop(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Let go of a list that was not screened, or cancel a screening that runs."""
    screening = fetch(reader(request), Screening, "run", ref=ref)
    verb = discard_list if screening.state == Screening.State.MAPPING else cancel_screening
    try:
        stopped = verb(screening, actor=reader(request))
    except ScreeningRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(screening)
    cancelled = stopped.state == Screening.State.CANCELLED
    messages.success(request, _("Cancelled. What was compared is kept.") if cancelled else _("The list was discarded."))
    return redirect(screening) if cancelled else redirect("recruiters:screenings")


@staff(Role.MINISTRY_OFFICER)
@require_POST
def resume(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Go on with a screening that stopped."""
    screening = fetch(reader(request), Screening.objects.select_related("job"), "run", ref=ref)
    if screening.job is not None and screening.job.state == Job.FAILED:
        jobs.resume(screening.job)
    return redirect(screening)


class RowList(ListingView[ScreeningRow]):
    """A screening's rows with their outcomes."""

    model = ScreeningRow
    roles = READ_BY
    filterset_class = RowFilter
    default_sort = "number"
    export_name = "screening"
    columns = (
        Column(
            "number",
            gettext_lazy("Row"),
            kind="number",
            sort="number",
            value=lambda r: r.number,
            link=lambda r: reverse("recruiters:screening_row", args=[r.screening.ref, r.number]),
        ),
        Column("name", gettext_lazy("Name"), sort="name", value=lambda r: r.name),
        Column("country", gettext_lazy("Country"), value=lambda r: r.country),
        Column("licence_number", gettext_lazy("Licence number"), value=lambda r: r.licence_number),
        Column(
            "outcome",
            gettext_lazy("Outcome"),
            kind="status",
            value=lambda r: r.get_outcome_display(),
            tone=lambda r: r.tone,
            export=lambda r: r.outcome,
        ),
        Column(
            "score",
            gettext_lazy("Score"),
            kind="number",
            sort="score",
            value=lambda r: round(r.score, 2) if r.score else None,
        ),
        Column("reason", gettext_lazy("Why"), value=lambda r: row_reason(r.reason)),
        Column("later", gettext_lazy("Screened again"), value=lambda r: _latest(r)),
    )

    def records(self) -> QuerySet[ScreeningRow]:
        """Return the rows of the screening in the address."""
        self.screening = fetch(reader(self.request), Screening, ref=self.kwargs["ref"])
        later = ScreeningRow.objects.select_related("screening").defer("raw").order_by("-pk")
        rows = ScreeningRow.objects.filter(screening=self.screening).select_related("screening").defer("raw")
        return rows.prefetch_related(Prefetch("later", later))

    def get_title(self) -> str:
        """Return the screening's title."""
        return self.screening.title


def _latest(row: ScreeningRow) -> str:
    """Return what the newest re-screening of a row came to, and when."""
    newest = next(iter(row.later.all()), None)
    if newest is None:
        return ""
    at = newest.screening.finished_at
    day = date_format(timezone.localtime(at), "SHORT_DATE_FORMAT") if at else ""
    return f"{newest.get_outcome_display()} {day}".strip()


@staff(*READ_BY)
def row(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Show one row: its outcome, its hits, and what later screenings said of it."""
    user = reader(request)
    screening = fetch(user, Screening, ref=ref)
    found = screening.rows.filter(number=number).select_related("former__screening").first()
    if found is None:
        raise Http404
    same = ScreeningRow.objects.filter(subject_key=found.subject_key).exclude(pk=found.pk).select_related("screening")
    context = {
        "screening": screening,
        "row": found,
        "reason": row_reason(found.reason),
        "hits": found.hits.order_by("rank", "-score"),
        "others": [] if found.reason in SILENT else same.order_by("-pk")[:20],
        "may": screening.permits(user, "export"),
        "certificates": found.certificates.all(),
    }
    return render(request, "recruiters/screening_row.html", context)
