"""Offer the whole public register as files: a table with CSVW, JSON Lines, FollowTheMoney, BODS, and feeds."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.api import Call, endpoint
from core.api.calls import sound
from core.exports.delimited import CHUNK_BYTES, csv_chunks
from core.exports.feeds import SoundAtom
from core.references import BadReference, parse_reference
from recruiters.api.results import publisher
from recruiters.api.validators import newest, stamp, unchanged
from recruiters.exchange.bods import Publisher, statements
from recruiters.exchange.changes import StatusChange, newest_changes
from recruiters.exchange.ftm import ftm_entities
from recruiters.exchange.holders import with_holders
from recruiters.exchange.reading import public_records, public_url, records_of
from recruiters.exchange.tables import (
    HEADER,
    LICENCE_HEADER,
    csvw_group,
    csvw_metadata,
    json_record,
    licence_rows,
    table_row,
)
from recruiters.presenting import status_word
from recruiters.queries import survivor_ref

LINES = "application/x-ndjson; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


def json_lines(rows: Iterable[Any]) -> Iterator[bytes]:
    """Yield JSON Lines in pieces of some 64 kB."""
    parts: list[str] = []
    size = 0
    for row in rows:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
        parts.append(line)
        size += len(line)
        if size >= CHUNK_BYTES:
            yield "".join(parts).encode("utf-8", "replace")
            parts, size = [], 0
    yield "".join(parts).encode("utf-8", "replace")


def _file(call: Call, kind: str, content_type: str, chunks: Callable[[], Iterator[bytes]]) -> HttpResponseBase:
    tag, moment = newest()
    etag = f'"{kind}-{tag}"'
    answer = unchanged(call.request, etag, moment)
    if answer is None and call.request.method == "HEAD":
        answer = StreamingHttpResponse((), content_type=content_type)  # without a length: GET gives more than nothing
    if answer is None:
        answer = StreamingHttpResponse(chunks(), content_type=content_type)
    return stamp(answer, etag, moment)


def _table(call: Call, name: str, chunks: Callable[[], Iterator[bytes]]) -> HttpResponseBase:
    """Return a table as a file whose header Link names its description."""
    response = _file(call, name, "text/csv; charset=utf-8; header=present", chunks)
    where = call.request.build_absolute_uri(reverse(f"api:register_{name}_csvw"))
    response["Link"] = f'<{where}>; rel="describedby"; type="application/csvm+json"'
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@endpoint("GET")
def recruiters_csv(call: Call) -> HttpResponseBase:
    """Return the recruiters as a table, each with the references and numbers of all its licences."""
    return _table(
        call, "recruiters", lambda: csv_chunks(HEADER, (table_row(one) for one in public_records()), mark=False)
    )


@endpoint("GET")
def licences_csv(call: Call) -> HttpResponseBase:
    """Return the licences as a table, a row for each."""
    return _table(call, "licences", lambda: csv_chunks(LICENCE_HEADER, licence_rows(public_records()), mark=False))


def _description(name: str, moment: datetime) -> dict[str, Any]:
    titles = {"recruiters": _("Public register of recruiters"), "licences": _("Licences on the public register")}
    return csvw_metadata(
        url=f"{name}.csv",
        title=titles[name],
        publisher=publisher()["name"],
        modified=moment.isoformat(),
        of_licences=name == "licences",
    )


@endpoint("GET")
def csvw(call: Call, name: str = "") -> HttpResponseBase:
    """Return a table's description; without a name that of both tables and of what ties them."""
    tag, moment = newest()
    etag = f'"csvw-{name or "both"}-{tag}"'
    answer = unchanged(call.request, etag, moment)
    if answer is None:
        both = [_description(each, moment) for each in ("recruiters", "licences")]
        described = _description(name, moment) if name else csvw_group(*both)
        answer = HttpResponse(json.dumps(described, ensure_ascii=False), content_type="application/csvm+json")
    return stamp(answer, etag, moment)


@endpoint("GET")
def jsonl_file(call: Call) -> HttpResponseBase:
    """Return the register as JSON Lines, each recruiter with all its licences."""
    return _file(call, "jsonl", LINES, lambda: json_lines(json_record(record) for record in public_records()))


@endpoint("GET")
def ftm_file(call: Call) -> HttpResponseBase:
    """Return the register as FollowTheMoney entities, one a line."""
    return _file(call, "ftm", LINES, lambda: json_lines(ftm_entities(public_records())))


@endpoint("GET")
def bods_file(call: Call) -> HttpResponseBase:
    """Return the register as BODS statements, one a line; no person is named."""
    who = publisher()
    by = Publisher(who["name"], who["url"], timezone.localdate())
    return _file(call, "bods", LINES, lambda: json_lines(statements(with_holders(), by)))


@endpoint("GET")
def recruiter(call: Call, ref: str) -> HttpResponseBase | dict[str, Any]:  # noqa: ARG001
    """Return one recruiter as the public register shows it."""
    wanted = _reference(ref)
    for record in records_of([wanted]).values():
        return json_record(record)
    return _goes_on(wanted, "api:register_recruiter")


def _goes_on(ref: str, name: str) -> HttpResponseBase:
    """Lead from a merged entry to the one that goes on, as its public page does; raises Http404 where there is none."""
    goes_on = survivor_ref(ref)
    if not records_of([goes_on]):  # asked for an entry that was never there too: how long it takes would tell
        raise Http404
    moved = HttpResponsePermanentRedirect(reverse(name, args=[goes_on]))
    moved.status_code = 308
    return moved


def _reference(ref: str) -> str:
    try:
        return parse_reference(sound(ref)[:60], "REC")
    except BadReference:
        raise Http404 from None


@endpoint("GET")
def changes(call: Call, ref: str = "") -> HttpResponseBase:
    """Return the newest changes of status as an Atom feed, of one recruiter or of all."""
    wanted = _reference(ref) if ref else ""
    if wanted and wanted not in records_of([wanted]):
        return _goes_on(wanted, "api:recruiter_changes")
    found = newest_changes(wanted)
    moment = found[0].at if found else timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    etag = f'"atom-{wanted or "all"}-{newest()[0]}"'
    answer = unchanged(call.request, etag, moment)
    if answer is None:
        feed = _feed(call, wanted, found)
        answer = HttpResponse(feed.writeString("utf-8"), content_type=ATOM)
    return stamp(answer, etag, moment)


def _feed(call: Call, ref: str, found: list[StatusChange]) -> SoundAtom:
    title = _("Changes of licences")
    if ref:
        title = _("Changes of licences: %(ref)s") % {"ref": ref}
    here = call.request.build_absolute_uri(call.request.path)
    link = public_url(ref) if ref else f"{settings.BASE_URL}/{settings.LANGUAGE_CODE}/recruiters/"
    feed = SoundAtom(
        title=title,
        link=link,
        description=_("Each licence whose status changed on the public register."),
        feed_url=here,
        feed_guid=tag_uri(f"register:{ref or 'all'}"),
        author_name=publisher()["name"],
    )
    for change in found:
        feed.add_item(
            title=_("%(name)s: %(status)s") % {"name": change.name, "status": status_word(change.status)},
            link=public_url(change.recruiter_ref),
            description=_words(change),
            unique_id=tag_uri(f"licence:{change.key}"),
            pubdate=change.at,
            updateddate=change.at,
            categories=(change.status,),
        )
    return feed


def tag_uri(name: str) -> str:
    """Return a tag URI (RFC 4151): stable for ever, whatever address the page has by then."""
    host = settings.BASE_URL.split("//", 1)[-1].split("/")[0].split(":")[0]
    return f"tag:{host},2026:{name}"


def _words(change: StatusChange) -> str:
    parts = [
        _("Licence %(number)s: %(status)s from %(day)s.")
        % {
            "number": change.number or change.key.split(":")[0],
            "status": status_word(change.status),
            "day": date_format(change.effective_on, "DATE_FORMAT"),
        }
    ]
    if change.until:
        parts.append(_("Until %(day)s.") % {"day": date_format(change.until, "DATE_FORMAT")})
    if change.authority:
        parts.append(f"{change.authority}.")
    return " ".join(parts)
