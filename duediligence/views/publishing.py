"""Check, approve, publish, correct, withdraw."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from duediligence import services
from duediligence.composing import compose_from, prepared_for
from duediligence.forms.publishing import ApprovalForm, FirstPublishForm, PublishForm, WithdrawForm
from duediligence.gathering import judge, read_record
from duediligence.issues import placed_issues
from duediligence.models import Prepared, Record, Report
from duediligence.models.scope import CHANGE
from duediligence.overview import standing_of
from duediligence.reportpage import sections_for
from duediligence.services.cases import members_of
from duediligence.views.pages import bound, carried_out, company_page, record_of, user_of

APPROVAL = ("approver_name", "approver_title", "body", "body_name", "approved_on")


@company_page
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Show everything that would be published, with what blocks it and what becomes a public gap."""
    record, today = record_of(request, ref), timezone.localdate()
    form = bound(request, FirstPublishForm)

    def save() -> str:
        return str(services.prepare(record, actor=user_of(request)).number)

    if carried_out(
        request, form, "record.prepare", save, said=_("This content is ready for approval. Nothing is published yet.")
    ):
        return redirect("duediligence:approval", record.ref)
    read = read_record(record, today, user_of(request))
    found, content = judge(read), compose_from(read)
    context = {
        "record": record,
        "form": form,
        "errors": placed_issues(record, found.errors),
        "gaps": placed_issues(record, found.warnings),
        "sections": sections_for(content, record.language),
        "standing": standing_of(record),
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/check.html", context)


def _newest(record: Record) -> Prepared | None:
    return record.prepared.select_related("by", "record__company__party").order_by("-number").first()


@company_page
def approval(request: HttpRequest, ref: str) -> HttpResponse:
    """Record who approved the prepared content."""
    record = record_of(request, ref)
    standing = standing_of(record)
    prepared = _newest(record)
    if prepared is None or standing.published:
        return redirect("duediligence:check", record.ref)
    if standing.approved:
        return redirect("duediligence:publish", record.ref)
    form = bound(request, ApprovalForm)

    def save() -> str:
        given = {name: form.cleaned_data[name] for name in APPROVAL}
        upload = form.cleaned_data["file"]
        return str(services.approve(prepared, upload=upload, actor=user_of(request), **given).pk)

    if carried_out(request, form, "record.approve", save, said=_("The approval is recorded.")):
        return redirect("duediligence:publish", record.ref)
    sight = prepared_for(user_of(request), prepared, timezone.localdate())
    context = {
        "record": record,
        "prepared": prepared,
        "form": form,
        "changed": sight.changed,
        "digest": sight.digest,
        "own": prepared.by_id == user_of(request).pk,
        "alone": len(members_of(record.company)) < 2,
        "sections": sections_for(sight.content, record.language),
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/approval.html", context)


@company_page
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """Publish the approved content as the next version."""
    record = record_of(request, ref)
    standing = standing_of(record)
    prepared = _newest(record)
    if prepared is None or standing.published or not standing.approved:
        return redirect("duediligence:approval", record.ref)
    form = bound(request, PublishForm if standing.newest else FirstPublishForm)

    def save() -> str:
        kind, note = form.cleaned_data.get("kind", ""), form.cleaned_data.get("note", "")
        return services.publish(prepared, kind=kind, note=note, actor=user_of(request)).report.ref

    if carried_out(request, form, "report.publish", save, said=_("The report is public.")):
        return redirect("duediligence:versions", record.ref)
    sight = prepared_for(user_of(request), prepared, timezone.localdate())
    context = {
        "record": record,
        "prepared": prepared,
        "form": form,
        "standing": standing,
        "version": standing.newest.version + 1 if standing.newest else 1,
        "changed": sight.changed,
        "digest": sight.digest,
        "gaps": len(sight.content["gaps"]),
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/publish.html", context)


@company_page
def versions(request: HttpRequest, ref: str) -> HttpResponse:
    """List the published versions."""
    record = record_of(request, ref)
    report = Report.objects.filter(record=record).first()
    context = {
        "record": record,
        "report": report,
        "versions": report.versions.select_related("by").order_by("-version") if report else (),
        "withdrawals": report.withdrawals.all() if report else (),
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/versions.html", context)


@company_page
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the report back, in the open."""
    record = record_of(request, ref)
    report = get_object_or_404(Report, record=record, withdrawn=False)
    form = bound(request, WithdrawForm)

    def save() -> str:
        data = form.cleaned_data
        services.withdraw(report, reason=data["reason"], note=data["note"], hide=data["hide"], actor=user_of(request))
        return report.ref

    if carried_out(request, form, "report.withdraw", save, said=_("The report is withdrawn; its page says so.")):
        return redirect("duediligence:versions", record.ref)
    context = {
        "form": form,
        "title": _("Withdraw the report"),
        "lede": _("Its page stays, and says when and why. A mistake is better corrected by a new version."),
        "button": _("Withdraw"),
        "danger": True,
        "record": record,
    }
    return render(request, "duediligence/form.html", context)
