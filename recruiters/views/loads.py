"""Bringing registers in: the editions, what one would change, what it changed, and its reversal."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import exports, jobs
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.listing.page import Action
from core.models import Job
from core.roles import Role
from core.tabular.refusal import too_large
from recruiters import services
from recruiters.forms.loads import ConfirmLoadForm, DatesForm, RegisterFileForm, UndoLoadForm
from recruiters.loadpreview import Preview, preview
from recruiters.loadwording import date_examples, problem_sentences
from recruiters.models import LoadChange, RegisterLoad, RegisterSource
from recruiters.services import LoadRefused
from recruiters.services.shown import ASKED
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.wording import rejection_sentence

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
HOME = (gettext_lazy("Loads of the register"), reverse_lazy("recruiters:loads"))
REASONS_SHOWN = 100
LONGEST_FIELD = 16
State = RegisterLoad.State


class LoadList(ListingView[RegisterLoad]):
    """Every edition of a register that was brought in, or tried."""

    model = RegisterLoad
    roles = READ_BY
    title = gettext_lazy("Loads of the register")
    lede = gettext_lazy("Editions of registers that were brought in. Each can be reversed while nothing rests on it.")
    default_sort = "-loaded"
    exports = ()
    columns = (
        Column("ref", gettext_lazy("Reference"), value=lambda r: r.ref, link=lambda r: r.get_absolute_url()),
        Column("source", gettext_lazy("Register"), sort="source", value=lambda r: r.source),
        Column("state", gettext_lazy("State"), kind="status", value=lambda r: r.get_state_display(),
               tone=lambda r: r.tone),
        Column("read", gettext_lazy("Rows"), kind="number", value=lambda r: r.read),
        Column("added", gettext_lazy("New"), kind="number", value=lambda r: r.added),
        Column("changed", gettext_lazy("Changed"), kind="number", value=lambda r: r.changed),
        Column("gone", gettext_lazy("Gone"), kind="number", value=lambda r: r.gone),
        Column("rejected", gettext_lazy("Rejected"), kind="number", value=lambda r: r.rejected),
        Column("loaded", gettext_lazy("Brought"), kind="date", sort="loaded_at", value=lambda r: r.loaded_at),
    )  # fmt: skip

    def records(self) -> QuerySet[RegisterLoad]:
        """Return loads without their reports, which may be long."""
        return RegisterLoad.objects.defer("report")

    def get_actions(self) -> tuple[Action, ...]:
        """Offer bringing an edition to officers."""
        if reader(self.request).has_role(Role.MINISTRY_OFFICER):
            return (Action(_("Bring a register in"), reverse("recruiters:load_new")),)
        return ()


@staff(Role.MINISTRY_OFFICER)
def new(request: HttpRequest) -> HttpResponseBase:
    """Bring an edition."""
    given = {name: request.GET[name] for name in ("source", "country", "authority") if name in request.GET}
    form = RegisterFileForm(request.POST or None, request.FILES or None, initial=given)

    def do(data: dict[str, Any]) -> str:
        upload: UploadedFile[Any] = data["file"]
        if (upload.size or 0) > settings.UPLOAD_TABLE_MAX_BYTES:
            raise LoadRefused(str(too_large(upload.size or 0, settings.UPLOAD_TABLE_MAX_BYTES)))
        return services.receive_register(
            actor=reader(request), source=data["source"], data=upload.read(), file_name=upload.name or "register",
            country=data["country"], authority=data["authority"],
        ).ref  # fmt: skip

    ref = carry_out(form, purpose="register.receive", do=do)
    if ref:
        return redirect("recruiters:load", ref)
    return form_page(
        request, form, title=_("Bring a register in"), submit=_("Read the file"), back=reverse("recruiters:loads"),
        lede=_("The file is read first. You see what would be new, changed and gone, and decide then."),
        crumbs=(HOME,),
    )  # fmt: skip


@staff(*READ_BY)
def detail(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show how far a load is, what it would change or has changed, and what was rejected."""
    load = fetch(reader(request), RegisterLoad.objects.select_related("job", "loaded_by", "undone_by"), ref=ref)
    return _page(request, load)


def _page(request: HttpRequest, load: RegisterLoad, **more: Any) -> HttpResponseBase:
    may_run = load.permits(reader(request), "run")
    ownership = load.report.get("ownership")
    waits = load.state == State.STAGED and (load.job is None or load.job.is_over) and ownership is None
    working = load.job is not None and not load.job.is_over
    failed = load.job is not None and load.job.state == Job.FAILED
    rejected = load.report.get("rejected", []) if load.state != State.ASKING else []
    context = {
        "load": load,
        "job": load.job if working or failed else None,
        "working": working,
        "failed": failed and may_run,
        "may_run": may_run,
        "preview": more.get("preview") or (preview(load, timezone.localdate()) if waits and not failed else None),
        "counts": [(label, getattr(load, name)) for name, label in _COUNTS if ownership is None],
        "columns": [(column, field) for field, column in load.report.get("columns", {}).items()],
        "rejected": [rejection_sentence(each) for each in rejected[:25]],
        "unmapped": sorted(load.report.get("unmapped_words", {}).items()),
        "kept_orders": load.report.get("kept_because_of_order", []) if load.state != State.STAGED else [],
        "kept_sources": load.report.get("kept_because_of_source", []) if load.state != State.STAGED else [],
        "dates_read": _dates_read(load),
        "ownership": [(label, ownership.get(name, 0)) for name, label in OWNERSHIP] if ownership else [],
        "faults": load.report.get("faults", [])[:25],
        "changes": _changes(load),
        "crumbs": (HOME,),
        **more,
    }
    if may_run and waits:
        context.setdefault("form", _confirm_form(load, context["preview"]))
    if may_run and load.state == State.ASKING:
        context.setdefault("dates_form", _dates_form(load))
    if may_run and load.state == State.STAGED and ownership is not None:
        context.setdefault("form", ConfirmLoadForm(drops=False))
    if may_run and load.state == State.APPLIED and ownership is None:
        context.setdefault("undo_form", UndoLoadForm(offer_leave=False))
    forms = (context.get(name) for name in ("form", "undo_form", "dates_form"))
    refused = any(form.is_bound for form in forms if form)
    response = render(request, "recruiters/load.html", context, status=422 if refused else 200)
    if working:
        response["Refresh"] = "3"  # progress without JavaScript
    return response


OWNERSHIP = (
    ("ties_added", gettext_lazy("New ties")),
    ("ties_ended", gettext_lazy("Ties that end")),
    ("ties_unchanged", gettext_lazy("Ties as before")),
    ("parties_added", gettext_lazy("New organisations")),
    ("parties_known", gettext_lazy("Organisations known here")),
    ("people_added", gettext_lazy("New people")),
    ("left_out", gettext_lazy("Records without a tie, left out")),
)
_COUNTS = (
    ("read", gettext_lazy("Rows read")),
    ("added", gettext_lazy("New")),
    ("changed", gettext_lazy("Changed")),
    ("unchanged", gettext_lazy("Unchanged")),
    ("gone", gettext_lazy("Gone")),
    ("rejected", gettext_lazy("Rejected")),
)


def _changes(load: RegisterLoad) -> list[LoadChange]:
    if load.state not in (State.APPLIED, State.UNDONE):
        return []
    shown = load.changes.select_related("recruiter__party")
    return list(shown.exclude(kind=LoadChange.Kind.ADDED)[:50]) or list(shown[:50])


@staff(Role.MINISTRY_OFFICER)
@require_POST
def confirm(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Let a load in that was looked at."""
    load = fetch(reader(request), RegisterLoad.objects.select_related("job"), "run", ref=ref)
    if load.state != State.STAGED:
        return redirect("recruiters:load", ref)
    answers = load.report["answers"] = _answers(load, request.POST)
    found = Preview() if "ownership" in load.report else preview(load, timezone.localdate())
    form = _confirm_form(load, found, request.POST)

    def do(data: dict[str, Any]) -> str:
        return services.confirm_load(
            load, actor=reader(request), allow_drop=data.get("allow_drop", False), answers=answers,
            graver=form.agreed("graver"), better=form.agreed("better"),
        ).ref  # fmt: skip

    if carry_out(form, purpose="register.confirm", do=do):
        return redirect("recruiters:load", ref)
    return _page(request, load, form=form, preview=found)


def _answers(load: RegisterLoad, posted: QueryDict) -> dict[str, str]:
    """Return what was answered about rows under another name, by key."""
    said = {int(name[5:]): str(value) for name, value in posted.items()
            if name.startswith("name_") and name[5:].isdecimal() and len(name) < LONGEST_FIELD}  # fmt: skip
    keys = load.staged.filter(number__in=list(said)[:ASKED]).values_list("number", "key")
    return {key: said[number] for number, key in keys if said[number]}


def _confirm_form(load: RegisterLoad, found: Preview | None, data: QueryDict | None = None) -> ConfirmLoadForm:
    shown = found or Preview()
    return ConfirmLoadForm(
        data, drops=bool(load.report.get("drops")), graver=shown.graver, better=shown.better,
        questions=shown.questions, answers=load.report.get("answers"),
    )  # fmt: skip


def _dates_form(load: RegisterLoad, data: QueryDict | None = None) -> DatesForm:
    given = load.report.get("date_examples", [])
    return DatesForm(data, examples={code: date_examples(given, code) for code in RegisterSource.Dates.values})


def _dates_read(load: RegisterLoad) -> str:
    """Return how the file's dates were read, where that had to be told."""
    order = load.report.get("dates")
    if order not in RegisterSource.Dates.values or not load.report.get("date_examples"):
        return ""
    return f"{RegisterSource.Dates(order).label}: {date_examples(load.report['date_examples'], order)}"


@staff(Role.MINISTRY_OFFICER)
@require_POST
def dates(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Say how the file writes its dates, and read it."""
    load = fetch(reader(request), RegisterLoad.objects.select_related("job"), "run", ref=ref)
    if load.state != State.ASKING:
        return redirect("recruiters:load", ref)
    form = _dates_form(load, request.POST)

    def do(data: dict[str, Any]) -> str:
        return services.answer_dates(load, dates=data["dates"], actor=reader(request)).ref

    if carry_out(form, purpose="register.dates", do=do):
        return redirect("recruiters:load", ref)
    return _page(request, load, dates_form=form)


@staff(Role.MINISTRY_OFFICER)
@require_POST
def discard(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Let go of a load that was not let in."""
    load = fetch(reader(request), RegisterLoad, "run", ref=ref)
    services.discard_load(load, actor=reader(request))
    return redirect("recruiters:load", ref)


@staff(Role.MINISTRY_OFFICER)
@require_POST
def resume(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Go on with a load whose work stopped."""
    load = fetch(reader(request), RegisterLoad.objects.select_related("job"), "run", ref=ref)
    if load.job is not None and load.job.state == Job.FAILED:
        jobs.resume(load.job)
    return redirect("recruiters:load", ref)


@staff(Role.MINISTRY_OFFICER)
@require_POST
def undo(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Reverse a load, or say what rests on it."""
    load = fetch(reader(request), RegisterLoad.objects.select_related("job"), "run", ref=ref)
    form = UndoLoadForm(request.POST, offer_leave=True)
    reasons: list[str] = []

    def do(data: dict[str, Any]) -> str:
        try:
            return services.undo_load(load, actor=reader(request), leave=data["leave"]).ref
        except LoadRefused as refusal:
            reasons.extend(refusal.reasons)
            raise

    if carry_out(form, purpose="register.undo", do=do):
        return redirect("recruiters:load", ref)
    undo_form = UndoLoadForm(request.POST, offer_leave=bool(reasons))
    undo_form.full_clean()
    for message in form.non_field_errors():
        undo_form.add_error(None, message)
    return _page(
        request, load, undo_form=undo_form, reasons=reasons[:REASONS_SHOWN],
        more_reasons=max(len(reasons) - REASONS_SHOWN, 0),
    )  # fmt: skip


@staff(*READ_BY)
def rejected(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Return the rejected rows as a file: as they stood, with row, column and reason, to be mended and sent again."""
    load = fetch(reader(request), RegisterLoad, ref=ref)
    heads = load.report.get("heads") or sorted({name for row in load.rejected_rows.all()[:50] for name in row.values})
    rows = (
        [*(row.values.get(head, "") for head in heads), row.number,
         ", ".join(filter(None, (problem.get("column", "") for problem in row.problems))),
         problem_sentences(row.number, row.problems)]
        for row in load.rejected_rows.iterator(chunk_size=500)
    )  # fmt: skip
    return exports.csv_response(f"{load.ref}-rejected.csv", [*heads, _("Row"), _("Column"), _("What is wrong")], rows)
