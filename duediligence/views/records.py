"""The task list of a record, and the answer to one practical action at a time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import evidence as evidence_files
from core.access import fetch
from core.standards.oecd import Action
from duediligence import services
from duediligence.forms.records import AnswerForm, EvidenceForm, RecordSettingsForm
from duediligence.gathering import actions_of, current_answers, current_evidence, known_cases, read_record
from duediligence.models import AnswerEvidence, Record
from duediligence.models.scope import CHANGE
from duediligence.overview import deadlines_of, standing_of
from duediligence.tasklist import task_list
from duediligence.views.pages import bound, carried_out, company_page, record_of, user_of

FIELDS = ("state", "text", "reason", "decision", "owner", "on")


@company_page
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the record as a task list: start anywhere, save, come back."""
    found, today = record_of(request, ref), timezone.localdate()
    standing = standing_of(found)
    return render(
        request,
        "duediligence/record.html",
        {
            "record": found,
            "tasks": task_list(read_record(found, today, user_of(request)), standing),
            "standing": standing,
            "deadlines": deadlines_of(found, standing, today),
            "may_change": found.permits(user_of(request), CHANGE),
        },
    )


@company_page
def settings(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the report's language and whether it lists suppliers."""
    found = record_of(request, ref)
    form = bound(
        request,
        RecordSettingsForm,
        initial={"language": found.language, "publish_suppliers": found.publish_suppliers},
    )

    def save() -> str:
        return services.change_record(
            found,
            language=form.cleaned_data["language"],
            publish_suppliers=form.cleaned_data["publish_suppliers"],
            actor=user_of(request),
        ).ref

    if carried_out(request, form, "record.change", save, said=_("Saved.")):
        return redirect(found)
    return render(request, "duediligence/form.html", {"form": form, "title": _("Report settings"), "record": found})


def action_of(record: Record, code: str) -> Action:
    """Return a practical action of the record's edition; raises Http404."""
    action = next((action for action in actions_of(record) if action.code == code), None)
    if action is None:
        raise Http404
    return action


@company_page
def answer(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """Answer one practical action; what is typed is saved even where something is still missing."""
    found = record_of(request, ref)
    action = action_of(found, code)
    newest = current_answers(found).get(code)
    form = bound(request, AnswerForm, initial={name: getattr(newest, name) for name in FIELDS} if newest else None)

    def save() -> str:
        data = {name: form.cleaned_data[name] for name in FIELDS}
        return str(services.answer_action(found, code, actor=user_of(request), **data).number)

    if carried_out(request, form, f"answer.{found.ref}.{code}", save, said=_("Your answer is saved.")):
        return _onwards(request, found, code)
    return render(request, "duediligence/answer.html", _answer_context(request, found, action, form))


def _answer_context(request: HttpRequest, record: Record, action: Action, form: AnswerForm) -> dict[str, object]:
    codes = [known.code for known in actions_of(record)]
    place = codes.index(action.code)
    return {
        "record": record,
        "action": action,
        "form": form,
        "evidence": current_evidence(record).get(action.code, []),
        "versions": record.answers.filter(action=action.code).select_related("given_by").order_by("-number")[:20],
        "previous": codes[place - 1] if place else "",
        "next": codes[place + 1] if place + 1 < len(codes) else "",
        "may_change": record.permits(user_of(request), CHANGE),
        "cases": known_cases(record.cases.visible_to(user_of(request))) if action.step == 6 else (),
    }


def _onwards(request: HttpRequest, record: Record, code: str) -> HttpResponse:
    """Lead to the next action, to evidence, or back to the list, as the pressed button says."""
    if "then_evidence" in request.POST:
        return redirect("duediligence:evidence_add", record.ref, code)
    if "then_next" in request.POST:
        codes = [known.code for known in actions_of(record)]
        place = codes.index(code) + 1
        if place < len(codes):
            return redirect("duediligence:answer", record.ref, codes[place])
    return redirect(record)


@company_page
def evidence_add(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """Attach a file to an answer."""
    found = record_of(request, ref)
    action = action_of(found, code)
    form = bound(request, EvidenceForm)

    def save() -> str:
        data = form.cleaned_data
        added = services.add_evidence(
            found, code, data["file"], title=data["title"], dated=data["dated"], checked_by=data["checked_by"],
            actor=user_of(request),
        )  # fmt: skip
        return added.file.ref

    if carried_out(request, form, "answer.evidence", save, said=_("The file is kept, sealed.")):
        return redirect("duediligence:answer", found.ref, code)
    context = {"form": form, "title": _("Add evidence"), "record": found, "action": action, "button": _("Add the file")}
    return render(request, "duediligence/form.html", context)


@company_page
def evidence_read(request: HttpRequest, ref: str, file_ref: str) -> HttpResponse:
    """Hand out a file of one's own record, as an attachment; that it was read is written down."""
    found = record_of(request, ref)
    added = fetch(user_of(request), found.evidence.select_related("file"), file__ref=file_ref)
    return evidence_files.respond(added.file, actor=user_of(request), clean=request.GET.get("original") != "1")


@company_page
@require_POST
def evidence_remove(request: HttpRequest, ref: str, file_ref: str) -> HttpResponse:
    """Take a file off an answer."""
    found = record_of(request, ref)
    rows = AnswerEvidence.objects.filter(record=found).select_related("file", "record__company__party")
    added = fetch(user_of(request), rows, CHANGE, file__ref=file_ref)
    services.remove_evidence(added, actor=user_of(request))
    messages.success(request, _("The file is no longer evidence for this answer."))
    return redirect("duediligence:answer", found.ref, added.action)
