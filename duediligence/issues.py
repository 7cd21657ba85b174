"""Say where each issue is and lead there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from duediligence.gathering import actions_of
from duediligence.models import Record
from duediligence.steps import Issue
from duediligence.wording import ISSUES, say


@dataclass(frozen=True)
class PlacedIssue:
    """An issue in words, what it concerns, and the page where it can be put right."""

    text: str
    where: str
    url: str


def placed_issues(record: Record, issues: Iterable[Issue]) -> list[PlacedIssue]:
    """Return issues in words with the address of the page that helps."""
    codes = {action.code for action in actions_of(record)}
    return [PlacedIssue(say(ISSUES, issue.code), _where(issue, codes), _url(record, issue, codes)) for issue in issues]


def _where(issue: Issue, codes: set[str]) -> str:
    if issue.subject:
        return issue.subject
    return _("Step %(number)s") % {"number": issue.step} if issue.step and not codes & {issue.subject} else ""


def _url(record: Record, issue: Issue, codes: set[str]) -> str:
    if issue.subject in codes:
        return reverse("duediligence:answer", args=[record.ref, issue.subject])
    if issue.subject.startswith("RSK-"):
        return reverse("duediligence:risk", args=[record.ref, issue.subject])
    if issue.subject.startswith("ACT-"):
        return reverse("duediligence:action", args=[record.ref, issue.subject])
    places = {
        "no_suppliers": reverse("duediligence:suppliers"),
        "no_recruiters": reverse("duediligence:engagements"),
        "no_risks": reverse("duediligence:risks", args=[record.ref]),
        "cases_without_answer": reverse("duediligence:cases"),
    }
    return places.get(issue.code, record.get_absolute_url())
