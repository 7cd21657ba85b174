"""Published reports, for everybody: the list, each version's page, its files, and a feed."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.exports.feeds import SoundAtom
from core.listing import Column, ListingView
from core.references import BadReference, parse_reference
from duediligence import files
from duediligence.countrynames import country_label
from duediligence.filters import ReportFilter
from duediligence.linkeddata import describe
from duediligence.models import Publication, Report, Withdrawal
from duediligence.reportpage import changes_for, sections_for
from parties.sectors import sector_label

TYPES = {"json": "application/json", "csv": "text/csv", "pdf": "application/pdf"}


class ReportList(ListingView[Report]):
    """Every company's published reports."""

    model = Report
    base_template = "core/public.html"
    template_name = "duediligence/public_list.html"
    title = gettext_lazy("Company reports")
    lede = gettext_lazy(
        "What companies say they know and do about harm to workers in their supply chains, year by year. "
        "Published by the companies; nobody has certified them."
    )
    empty_text = gettext_lazy("No company has published a report yet.")
    filterset_class = ReportFilter
    default_sort = "-published"
    exports = ("csv",)
    export_name = "due-diligence-reports"
    columns: Sequence[Column[Any]] = (
        Column("company", gettext_lazy("Company"), sort="company_name", value=lambda row: row.company_name,
               link=lambda row: row.get_absolute_url()),
        Column("ref", gettext_lazy("Report")),
        Column("country", gettext_lazy("Country"), sort="country", value=lambda row: country_label(row.country),
               export=lambda row: row.country),
        Column("sector", gettext_lazy("Sector"), sort="sector", value=lambda row: sector_label(row.sector),
               export=lambda row: row.sector),
        Column("period_end", gettext_lazy("Period until"), sort="period_end", kind="date"),
        Column("published", gettext_lazy("Published"), sort="published_on", kind="date",
               value=lambda row: row.published_on),
        Column("state", gettext_lazy("State"), kind="status",
               value=lambda row: _("Withdrawn") if row.withdrawn else _("Public"),
               tone=lambda row: "bad" if row.withdrawn else "good",
               export=lambda row: "withdrawn" if row.withdrawn else "public"),
    )  # fmt: skip


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("record__company__party").prefetch_related("withdrawals")


def _report(ref: str) -> Report:
    try:
        return get_object_or_404(_reports(), ref=parse_reference(ref, prefix="RPT"))
    except BadReference as error:
        raise Http404(str(error)) from error


def _version(report: Report, number: int | None) -> Publication:
    versions = report.versions.all()
    found = versions.filter(version=number).first() if number else versions.order_by("-version").first()
    if found is None:
        raise Http404
    found.report = report
    return found


def _withdrawal(report: Report, version: int) -> Withdrawal | None:
    """Return the withdrawal that covers a version, the newest first."""
    covering = [one for one in report.withdrawals.all() if one.upto_version >= version]
    return max(covering, key=lambda one: one.pk, default=None)


@require_safe
def report(request: HttpRequest, ref: str, number: int | None = None) -> HttpResponse:
    """Show one version (the newest, when none is named) with its history, and what was withdrawn."""
    found = _report(ref)
    publication = _version(found, number)
    history = list(found.versions.defer("content").order_by("-version"))
    withdrawal = _withdrawal(found, publication.version)
    hidden = withdrawal is not None and withdrawal.hides_content
    others = Report.objects.filter(record__company_id=found.record.company_id).exclude(pk=found.pk)
    data = publication.data
    context: dict[str, Any] = {
        "report": found,
        "publication": publication,
        "is_newest": publication.version == history[0].version,
        "history": history,
        "withdrawal": withdrawal,
        "withdrawn_reason": files.withdrawal_words(withdrawal) if withdrawal else "",
        "hidden": hidden,
        "company": data["company"]["name"],
        "period": files.period_words(data),
        "others": others.order_by("-period_end")[:20],
    }
    if not hidden:
        earlier = found.versions.filter(version=publication.version - 1).first()
        context["changes"] = changes_for(earlier.data, data, publication.language) if earlier else []
        context["sections"] = sections_for(data, publication.language)
        context["files"] = _addresses(found.ref, publication.version)
        context["linked_data"] = _linked_data(request, publication, data)
    response = render(request, "duediligence/public_report.html", context, status=410 if hidden else 200)
    response["Link"] = f'<{request.build_absolute_uri(publication.get_absolute_url())}>; rel="canonical"'
    return response


def _addresses(ref: str, version: int) -> dict[str, str]:
    return {
        kind: reverse("duediligence_public:version_file", args=[ref, version, kind]) for kind in ("pdf", "json", "csv")
    }


def _linked_data(request: HttpRequest, publication: Publication, data: dict[str, Any]) -> SafeString:
    """Return the JSON-LD as text that cannot close its own element."""
    absolute = request.build_absolute_uri
    addresses = _addresses(publication.report.ref, publication.version)
    described = describe(
        data,
        name=_("Due-diligence report: %(company)s") % {"company": data["company"]["name"]},
        page=absolute(publication.get_absolute_url()),
        downloads={TYPES[kind]: absolute(address) for kind, address in addresses.items()},
        digest=publication.digest,
    )
    text = json.dumps(described, ensure_ascii=False)
    for sign, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return mark_safe(text)  # noqa: S308 - the three signs that could end the element are escaped above


@require_safe
def report_file(request: HttpRequest, ref: str, kind: str, number: int | None = None) -> HttpResponse:
    """Hand out a version as JSON, CSV or PDF; its digest travels in a header."""
    found = _report(ref)
    publication = _version(found, number)
    withdrawal = _withdrawal(found, publication.version)
    if withdrawal is not None and withdrawal.hides_content:
        return HttpResponse(status=410)
    etag = f'"{publication.digest}-{kind}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    name = f"{found.ref}-v{publication.version}"
    headers = {
        "ETag": etag,
        "X-Content-SHA256": publication.digest,
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'{"inline" if kind == "pdf" else "attachment"}; filename="{name}.{kind}"',
    }
    if withdrawal is not None:
        headers["Warning"] = f'299 - "withdrawn on {withdrawal.on.isoformat()}"'
    if kind == "csv":
        about = reverse("duediligence_public:version_csv_metadata", args=[found.ref, publication.version])
        headers["Link"] = f'<{about}>; rel="describedby"; type="application/csvm+json"'
    body = _body(publication, kind)
    content_type = "text/csv; charset=utf-8; header=present" if kind == "csv" else TYPES[kind]
    return HttpResponse(body, content_type=content_type, headers=headers)


def _body(publication: Publication, kind: str) -> bytes:
    if kind == "json":
        return publication.content.encode()
    if kind == "csv":
        return files.as_csv(publication)
    key = f"report-pdf:{publication.digest}"
    paper: bytes | None = cache.get(key)
    if paper is None:
        paper = files.as_pdf(publication)
        cache.set(key, paper, 86_400)
    return paper


@require_safe
def csv_metadata(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Describe the CSV of a version as CSV on the Web."""
    publication = _version(_report(ref), number)
    address = reverse("duediligence_public:version_file", args=[publication.report.ref, number, "csv"])
    described = files.as_csv_metadata(request.build_absolute_uri(address))
    return JsonResponse(described, content_type="application/csvm+json")


class ReportFeed(Feed):  # type: ignore[type-arg]  # django-stubs' generic has no run-time subscript
    """Announce new versions and withdrawals."""

    feed_type = SoundAtom
    title = gettext_lazy("Company reports")
    subtitle = gettext_lazy("New versions of due-diligence reports, the newest first.")

    def link(self) -> str:
        """Return the address of the list."""
        return reverse("duediligence_public:reports")

    def items(self) -> QuerySet[Publication]:
        """Return the newest versions."""
        return Publication.objects.select_related("report").defer("content").order_by("-pk")[:50]

    def item_title(self, item: Publication) -> str:
        """Return company, report and version."""
        return f"{item.report.company_name} · {item.report.ref} · {_('Version')} {item.version}"

    def item_description(self, item: Publication) -> str:
        """Return why there is this version."""
        return item.note or str(item.get_kind_display())

    def item_guid(self, item: Publication) -> str:
        """Return a name that stays, wherever the site moves."""
        return f"urn:safeconduct:report:{item.report.ref}:{item.version}"

    def item_updateddate(self, item: Publication) -> Any:
        """Return when the version was published."""
        return item.at

    def item_pubdate(self, item: Publication) -> Any:
        """Return when the version was published."""
        return item.at
