"""Watchlists: what is in use, how old it is, what each edition changed."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import staff
from core.roles import Role
from recruiters import services
from recruiters.forms.screening import WatchlistForm
from recruiters.models import WatchlistLoad, WatchlistSource
from recruiters.services import WatchlistRefused
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.wording import drop_sentence

HOME = (gettext_lazy("Watchlists"), reverse_lazy("recruiters:watchlists"))
READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)


@staff(*READ_BY)
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the lists in use and their age."""
    sources = WatchlistSource.objects.select_related("current").annotate(
        standing=Count("entries", filter=Q(entries__gone_on__isnull=True))
    )
    context = {"sources": sources, "may_load": reader(request).has_role(Role.MINISTRY_OFFICER)}
    return render(request, "recruiters/watchlists.html", context)


@staff(*READ_BY)
def detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show a list's editions and what the newest one changed."""
    source = get_object_or_404(WatchlistSource.objects.select_related("current"), code=code)
    load = source.current
    changed = source.entries.filter(changed_load=load).exclude(first_load=load) if load else source.entries.none()
    added = source.entries.filter(first_load=load) if load else source.entries.none()
    gone = source.entries.filter(gone_on=load.list_date) if load else source.entries.none()
    first = load is not None and load.added == load.records
    context = {
        "source": source,
        "load": load,
        "loads": source.loads.select_related("loaded_by")[:20],
        "diff": [] if first else [(_("New"), added[:50]), (_("Changed"), changed[:50]), (_("Gone"), gone[:50])],
        "dropped": _dropped(load),
        "crumbs": (HOME,),
    }
    return render(request, "recruiters/watchlist.html", context)


def _dropped(load: WatchlistLoad | None) -> list[str]:
    if load is None:
        return []
    counts, lines = load.dropped.get("counts", {}), load.dropped.get("lines", {})
    return [drop_sentence(reason, count, lines.get(reason, [])) for reason, count in sorted(counts.items())]


@staff(Role.MINISTRY_OFFICER)
def load(request: HttpRequest) -> HttpResponseBase:
    """Bring an edition in."""
    form = WatchlistForm(request.POST or None, request.FILES or None, initial={"name": request.GET.get("name", "")})

    def do(data: dict[str, Any]) -> str:
        with tempfile.TemporaryDirectory(dir=_folder()) as folder:
            path = Path(folder) / "list.jsonl"
            path = path.with_suffix(_suffix(data["file"]))
            path.write_bytes(_content(data["file"]))
            made = services.load_watchlist(
                path,
                actor=reader(request),
                source=data["name"],
                name=data["name"],
                publisher=data["publisher"],
                list_date=data["list_date"],
                max_age_days=data["max_age_days"],
                file_name=data["file"].name or "",
            )
        return made.source.code

    code = carry_out(form, purpose="watchlist.load", do=do)
    if code:
        return redirect("recruiters:watchlist", code)
    return form_page(
        request,
        form,
        title=_("Bring a watchlist in"),
        submit=_("Bring it in"),
        back=reverse("recruiters:watchlists"),
        lede=_("The whole edition takes the place of the one before. What it changed is shown afterwards."),
        crumbs=(HOME,),
    )


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _suffix(upload: "UploadedFile[Any]") -> str:
    suffix = Path(upload.name or "").suffix.lower()
    return suffix if suffix in (".json", ".jsonl", ".ndjson", ".csv", ".xlsx", ".tsv", ".txt", ".ftm") else ".csv"


def _content(upload: "UploadedFile[Any]") -> bytes:
    cap = settings.UPLOAD_TABLE_MAX_BYTES
    if (upload.size or 0) > cap:
        raise WatchlistRefused(
            _(
                "This file is %(size)s, and a list may be at most %(cap)s here. Nothing of it was kept. "
                "Use the command import_watchlist for a larger one."
            )
            % {"size": filesizeformat(upload.size or 0), "cap": filesizeformat(cap)}
        )
    data: bytes = upload.read()
    if not data:
        raise WatchlistRefused(_("This file is empty. Nothing was kept of it."))
    return data
