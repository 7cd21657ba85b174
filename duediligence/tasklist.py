"""Lay a record out as a task list: six steps, their practical actions, and what belongs beside them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from duediligence.gathering import Reading, actions_of, guidance, judge
from duediligence.models import Record
from duediligence.overview import Standing
from duediligence.steps import Check, Issue
from duediligence.wording import ISSUES, PROGRESS_LABELS, PROGRESS_TONES, STATE_LABELS, STATE_TONES, say

Text = str | Promise


@dataclass(frozen=True)
class Task:
    """One line of the list: what to do, where, and how far it is; an empty address cannot be begun yet."""

    label: Text
    url: str
    status: Text
    tone: str = ""
    hint: Text = ""
    number: str = ""


@dataclass(frozen=True)
class TaskGroup:
    """One step with its tasks."""

    number: int
    label: Text
    status: Text
    tone: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class TaskList:
    """The whole list with its sum."""

    groups: tuple[TaskGroup, ...]
    check: Check
    publish: tuple[Task, ...]


def task_list(read: Reading, standing: Standing) -> TaskList:
    """Return the record's tasks as they stand."""
    record, check, answers = read.record, judge(read), read.answers
    issues: dict[str, list[Issue]] = {}
    for issue in check.issues:
        issues.setdefault(issue.subject, []).append(issue)
    groups = []
    for step in guidance(record).steps:
        progress = next(one for one in check.steps if one.number == step.number)
        tasks = [
            _answer_task(record, action.code, gettext(action.label), answers, issues)
            for action in actions_of(record)
            if action.step == step.number
        ]
        tasks += _beside(read, step.number, check)
        groups.append(
            TaskGroup(
                step.number,
                gettext(step.label),
                say(PROGRESS_LABELS, progress.progress.value),
                PROGRESS_TONES[progress.progress.value],
                tuple(tasks),
            )
        )
    return TaskList(tuple(groups), check, _publishing(record, check, standing))


def _answer_task(record: Record, code: str, label: str, answers: dict, issues: dict[str, list[Issue]]) -> Task:  # type: ignore[type-arg]
    answer = answers.get(code)
    errors = [issue for issue in issues.get(code, []) if issue.is_error and issue.code != "unanswered"]
    url = reverse("duediligence:answer", args=[record.ref, code])
    if answer is None:
        return Task(label, url, _("Not started"), number=code)
    hint = " ".join(say(ISSUES, issue.code) for issue in errors)
    return Task(label, url, STATE_LABELS[answer.state], STATE_TONES[answer.state], hint, code)


def _beside(read: Reading, step: int, check: Check) -> list[Task]:
    """Return what belongs beside the practical actions of a step."""
    record = read.record
    if step == 2:
        return [
            Task(_("Suppliers and their sites"), reverse("duediligence:suppliers"), _count(len(read.suppliers))),
            Task(_("Recruiters who bring workers"), reverse("duediligence:engagements"), _count(read.engagements)),
            Task(_("Risks to people"), reverse("duediligence:risks", args=[record.ref]), _count(len(read.risks))),
        ]
    if step == 3:
        number = len(read.planned)
        overdue = sum(issue.code == "action_overdue" for issue in check.issues)
        url = reverse("duediligence:actions", args=[record.ref])
        hint = ngettext("%(n)s action is overdue.", "%(n)s actions are overdue.", overdue) % {"n": overdue}
        return [
            Task(_("Actions against risks"), url, _count(number), "warn" if overdue else "", hint if overdue else "")
        ]
    if step == 6:
        number = len(read.cases)
        waiting = any(issue.code == "cases_without_answer" for issue in check.issues)
        hint = say(ISSUES, "cases_without_answer") if waiting else ""
        url = reverse("duediligence:cases")
        return [Task(_("Workers' cases"), url, _count(number), "warn" if waiting else "", hint)]
    return []


def _count(number: int) -> str:
    return ngettext("%(n)s entry", "%(n)s entries", number) % {"n": number}


def _publishing(record: Record, check: Check, standing: Standing) -> tuple[Task, ...]:
    """Return the three steps to publication; each opens when the one before is done."""
    errors = len(check.errors)
    ready = bool(standing.prepared) and not standing.published
    to_fix = ngettext("%(n)s thing to put right", "%(n)s things to put right", errors) % {"n": errors}
    first = Task(
        _("Check your answers"),
        reverse("duediligence:check", args=[record.ref]),
        _("Ready for approval") if ready else to_fix if errors else _("Ready to check"),
        "good" if ready else "warn" if errors else "info",
    )
    second = Task(
        _("Record the approval"),
        reverse("duediligence:approval", args=[record.ref]) if ready else "",
        _("Recorded") if standing.approved and ready else _("Waiting for approval") if ready else _("Cannot start yet"),
        "good" if standing.approved and ready else "info" if ready else "",
    )
    third = Task(
        _("Publish"),
        reverse("duediligence:publish", args=[record.ref]) if ready and standing.approved else "",
        _("Ready to publish") if ready and standing.approved else _("Cannot start yet"),
        "info" if ready and standing.approved else "",
    )
    tasks = [first, second, third]
    if standing.report:
        version = standing.newest.version if standing.newest else 0
        tasks.append(
            Task(
                _("Published versions"),
                reverse("duediligence:versions", args=[record.ref]),
                gettext("Withdrawn")
                if standing.report.withdrawn
                else gettext("Version %(n)s is public") % {"n": version},
                "bad" if standing.report.withdrawn else "good",
            )
        )
    return tuple(tasks)
