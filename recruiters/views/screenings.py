"""Screening as work: bring a list, confirm its columns, follow it, decide its hits."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import jobs
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.listing.page import Action
from core.models import Job
from core.roles import Role
from recruiters import services
from recruiters.screeningfilters import RowFilter
from recruiters.forms.screening import ColumnsForm, ListForm
from recruiters.hitqueue import next_hit
from recruiters.models import Screening, ScreeningHit, ScreeningRow
from recruiters.screening import HitState
from recruiters.services import ScreeningRefused
from recruiters.services.screenings import pasted
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.wording import problem_sentence, row_reason

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
HOME = (gettext_lazy("Screening"), reverse_lazy("recruiters:screenings"))
Q_OPEN = Q(hits__state__in=(HitState.OPEN, HitState.AWAITING_SECOND))
STATE_TONES = {"mapping": "warn", "running": "info", "done": "good", "failed": "bad"}


class ScreeningList(ListingView[Screening]):
    """Every screening."""

    model = Screening
    roles = READ_BY
    title = gettext_lazy("Screening")
    lede = gettext_lazy("Compare a list of agencies or people with the register and the watchlists.")
    default_sort = "-created"
    exports = ()
    columns = (
        Column("title", gettext_lazy("Title"), value=lambda s: s.title, link=lambda s: s.get_absolute_url()),
        Column(
            "state",
            gettext_lazy("State"),
            kind="status",
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
        waiting = Count("hits", filter=Q_OPEN)
        return Screening.objects.annotate(open_hits=waiting)

    def get_actions(self) -> tuple[Action, ...]:
        """Offer a new screening to officers."""
        if reader(self.request).has_role(Role.MINISTRY_OFFICER):
            return (Action(_("Screen a list"), reverse("recruiters:screening_new")),)
        return ()


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
        raise ScreeningRefused(
            _(
                "This file is %(size)s, and a list may be at most %(cap)s. Nothing of it was kept. "
                "Split it and try again."
            )
            % {"size": filesizeformat(upload.size or 0), "cap": filesizeformat(cap)}
        )
    data: bytes = upload.read()
    if not data:
        raise ScreeningRefused(_("This file is empty. Nothing was kept of it."))
    return data


@staff(Role.MINISTRY_OFFICER)
def columns(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Confirm what each column is, and start."""
    screening = fetch(reader(request), Screening, "run", ref=ref)
    if screening.state != Screening.State.MAPPING:
        return redirect(screening)
    form = ColumnsForm(screening.columns, screening.mapping, request.POST or None)

    def do(data: dict[str, Any]) -> str:
        mapping = form.mapping()
        return services.confirm_columns(
            screening, mapping=mapping, threshold=data["threshold"], actor=reader(request)
        ).ref

    if carry_out(form, purpose="screening.columns", do=do):
        return redirect(screening)
    samples = [[row.get(column, "") for column in screening.columns] for row in screening.samples]
    return form_page(
        request,
        form,
        title=_("What is in each column?"),
        submit=_("Start the screening"),
        back=reverse("recruiters:screenings"),
        crumbs=(HOME,),
        sample_columns=screening.columns,
        samples=samples,
        mapping=screening.mapping,
    )


@staff(*READ_BY)
def detail(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show how far a screening is, and what it found."""
    screening = fetch(reader(request), Screening.objects.select_related("owner", "job"), ref=ref)
    if screening.state == Screening.State.MAPPING and screening.permits(reader(request), "run"):
        return redirect("recruiters:screening_columns", ref)
    names = {each["code"]: each["name"] for each in screening.lists}
    hits = {state: 0 for state, _label in ScreeningHit.STATES}
    hits |= dict(screening.hits.order_by().values_list("state").annotate(n=Count("pk")))
    reasons = screening.rows.filter(outcome="not_screened").order_by().values_list("reason").annotate(n=Count("pk"))
    context = {
        "screening": screening,
        "job": screening.job if screening.state != Screening.State.DONE else None,
        "running": screening.state == Screening.State.RUNNING,
        "failed": screening.job is not None and screening.job.state == Job.FAILED,
        "outcomes": [
            (code, label, screening.counts.get(code, 0), ScreeningRow.TONES[code])
            for code, label in ScreeningRow.OUTCOMES
        ],
        "hits": [(code, label, hits[code]) for code, label in ScreeningHit.STATES],
        "waiting": hits[HitState.OPEN] + hits[HitState.AWAITING_SECOND],
        "problems": [problem_sentence(problem, names) for problem in screening.problems],
        "not_screened": [(row_reason(code), count) for code, count in reasons],
        "may_decide": screening.permits(reader(request), "decide"),
        "first": next_hit(screening, reader(request).pk),
    }
    response = render(request, "recruiters/screening.html", context)
    if context["running"] and not context["failed"]:
        response["Refresh"] = "3"  # progress without JavaScript
    return response


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
        Column("number", gettext_lazy("Row"), kind="number", sort="number", value=lambda r: r.number),
        Column("name", gettext_lazy("Name"), value=lambda r: r.name),
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
    )

    def records(self) -> QuerySet[ScreeningRow]:
        """Return the rows of the screening in the address."""
        self.screening = fetch(reader(self.request), Screening, ref=self.kwargs["ref"])
        return ScreeningRow.objects.filter(screening=self.screening)

    def get_title(self) -> str:
        """Return the screening's title."""
        return self.screening.title
