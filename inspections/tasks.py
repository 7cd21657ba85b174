"""Lay a visit out as tasks with their progress, for its page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from checklists.answers import Progress, progress
from checklists.questions import FALLBACK
from checklists.sheets import standing
from core.models import User
from inspections.models import Visit
from inspections.models.visits import State
from inspections.services.screening import highest, undecided
from inspections.words import OUTCOME_TONES, OUTCOMES


@dataclass(frozen=True)
class Task:
    """One line of the list: where it leads, how far it is."""

    title: str | Promise
    url: str
    status: str | Promise = ""
    tone: str = ""
    hint: str | Promise = ""


@dataclass(frozen=True)
class Board:
    """A visit's tasks, and how much of its checklist is answered."""

    sections: tuple[Task, ...]
    work: tuple[Task, ...]
    answered: int
    total: int

    @property
    def percent(self) -> int:
        """Return how much of the checklist is answered, 0 to 100."""
        return self.answered * 100 // self.total if self.total else 0


def tasks_of(visit: Visit, user: User) -> Board:
    """Return a visit's tasks for a reader: who may not answer sees how far it is, without a way in."""
    language = get_language() or FALLBACK
    found = standing(visit.ref, visit.version)
    may_open = visit.permits(user, "words")
    sections, answered, total = [], 0, 0
    for section in visit.version.questionnaire.sections:
        done = progress(section.items, found.answers)
        answered, total = answered + done.answered, total + done.total
        sections.append(
            Task(
                section.title.read(language),
                reverse("inspections:section", args=[visit.ref, section.code]) if may_open else "",
                _so_far(done),
                _tone(done),
                _adverse(done),
            )
        )
    return Board(tuple(sections), _work(visit, user) if visit.standing != State.PLANNED else (), answered, total)


def _so_far(done: Progress) -> str:
    if not done.is_started:
        return gettext("Not started")
    if done.is_complete:
        return gettext("All answered")
    return gettext("%(answered)s of %(total)s") % {"answered": done.answered, "total": done.total}


def _tone(done: Progress) -> str:
    if done.gravest is not None and done.gravest.rank >= 3:
        return "bad"
    return "good" if done.is_complete else ("info" if done.is_started else "")


def _adverse(done: Progress) -> str:
    if not done.adverse:
        return ""
    text = ngettext("%(number)s adverse answer", "%(number)s adverse answers", done.adverse)
    return text % {"number": done.adverse}


def _work(visit: Visit, user: User) -> tuple[Task, ...]:
    """Return what there is to do beside the checklist."""
    ref = visit.ref
    outcome = highest(visit)
    asks = undecided(visit)
    findings = visit.findings.standing().count()
    referrals = visit.referrals.count() if visit.permits(user, "words") else 0
    counted = {
        "interviews": visit.interviews.count(),
        "files": visit.exhibits.count(),
        "letters": visit.letters.count(),
    }
    heard = _count(counted["interviews"])
    tasks = [
        Task(_("Interviews with workers"), reverse("inspections:interviews", args=[ref]), heard),
        Task(_("Photos and files"), reverse("inspections:exhibits", args=[ref]), _count(counted["files"])),
        Task(_("Findings and actions"), reverse("inspections:findings", args=[ref]), _count(findings)),
        Task(
            _("Indicators of forced labour"),
            reverse("inspections:indicators", args=[ref]),
            OUTCOMES[outcome] if outcome else gettext("Not started"),
            OUTCOME_TONES[outcome] if outcome else "",
            gettext("The answers ask for a referral. Refer, or decide otherwise with a reason.") if asks else "",
        ),
        Task(_("Refer a worker to help"), reverse("inspections:visit_referrals", args=[ref]), _count(referrals)),
        Task(
            _("Closing meeting"),
            reverse("inspections:close", args=[ref]),
            visit.standing.label if visit.standing != State.UNDER_WAY else gettext("To do"),
            "good" if visit.standing == State.CLOSED else "",
        ),
        Task(_("Report"), reverse("inspections:report", args=[ref])),
        Task(_("Letter to the employer"), reverse("inspections:letter_draft", args=[ref]), _count(counted["letters"])),
    ]  # fmt: skip
    inside = visit.permits(user, "words")
    return tuple(
        task if inside or task.title == _("Report") else Task(task.title, "", task.status, task.tone) for task in tasks
    )


def _count(number: int) -> str:
    return str(number) if number else gettext("None yet")
