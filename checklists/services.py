"""Publish checklist versions and save sections of answers; nothing else writes here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from checklists.answers import Answer, State, is_adverse, not_checked, read, store
from checklists.models import ChecklistVersion, Sheet, StoredAnswer
from checklists.questions import FALLBACK, Kind, Questionnaire, canonical, digest
from checklists.sheets import Words, full, standing
from checklists.sources import LABOUR, SHIPPED, labour_inspection
from checklists.versions import Problem, problems
from core import audit, vault
from core.access import require_role
from core.actors import Actor, Automatic
from core.models import User
from core.roles import Role

WRITTEN = "written"


class NotPublishable(ValueError):  # noqa: N818 - reads as a sentence where it is caught
    """A checklist with problems; `.problems` names each."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.where}: {problem.code}" for problem in found))
        self.problems = found


@transaction.atomic
def publish(questionnaire: Questionnaire, *, actor: Actor) -> ChecklistVersion:
    """Publish a questionnaire as the next version of its checklist; equal content returns the version that stands.

    Raises NotPublishable where a code is used twice, loses its wording or changes its meaning.
    """
    require_role(actor, Role.MINISTRY_OFFICER)
    found = ChecklistVersion.objects.filter(digest=digest(questionnaire)).first()
    if found:
        return found
    earlier = list(ChecklistVersion.objects.filter(code=questionnaire.code).order_by("number"))
    wrong = problems(questionnaire, [version.questionnaire for version in earlier])
    if wrong:
        raise NotPublishable(wrong)
    version = ChecklistVersion.objects.create(
        code=questionnaire.code,
        number=earlier[-1].number + 1 if earlier else 1,
        edition=questionnaire.edition,
        title=questionnaire.title.read(FALLBACK),
        digest=digest(questionnaire),
        content=canonical(questionnaire),
        item_count=sum(1 for _item in questionnaire.items()),
        published_by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        "checklist.published", actor=actor, subject=version.ref, digest=version.digest, items=version.item_count
    )
    return version


def publish_shipped(*, actor: Actor, limits: dict[str, int] | None = None) -> list[ChecklistVersion]:
    """Publish every checklist that ships with the product; `limits` are national limits by item code."""
    built = [labour_inspection(limits) if code == LABOUR else build() for code, build in SHIPPED.items()]
    return [publish(questionnaire, actor=actor) for questionnaire in built]


@dataclass(frozen=True)
class Saved:
    """What a save led to: the sheet, and the items that somebody else had answered differently meanwhile."""

    sheet: Sheet
    overruled: tuple[str, ...] = ()


@transaction.atomic
def save_section(
    *,
    subject: str,
    version: ChecklistVersion,
    section: str,
    answers: Mapping[str, Answer],
    words: Words,
    base: int | None,
    actor: Actor,
    at: datetime | None = None,
) -> Saved:
    """Save one section's answers about a subject as a new sheet; the caller has asked whether the actor may.

    `base` is the number of the sheet that the actor had before him (0 for none): what he left as it was there gives way
    to what a colleague saved meanwhile; where both changed the same item, the actor's answer stands and is named.
    """
    part = version.questionnaire.section(section)
    before = standing(subject, version)
    newest = before.numbers.get(section, 0)
    mine = full(part, answers)
    overruled: tuple[str, ...] = ()
    if base is not None and base < newest:
        mine, overruled = _merge(subject, section, base, version, mine, full(part, before.answers))
    sealed = None if words.is_empty else vault.seal(words.dump(), purpose="checklists.words")
    sheet = Sheet.objects.create(
        subject=subject,
        version=version,
        section=section,
        number=newest + 1,
        saved_at=at or timezone.now(),
        saved_by=None if isinstance(actor, Automatic) else actor,
        words=sealed,
    )
    StoredAnswer.objects.bulk_create(
        StoredAnswer(sheet=sheet, code=item.code, data=_data(item.kind, mine[item.code]),
                     adverse=is_adverse(item, mine[item.code]))
        for item in part.items
    )  # fmt: skip
    answered = sum(1 for answer in mine.values() if answer.state != State.NOT_CHECKED)
    audit.record(
        "checklist.section_saved", actor=actor, subject=subject, section=section, number=sheet.number, answered=answered
    )
    return Saved(sheet, overruled)


def _data(kind: Kind, answer: Answer) -> Any:
    """Return what is stored in the clear: of a text, only that it was written."""
    if kind == Kind.TEXT and answer.state == State.ANSWERED:
        return WRITTEN
    return store(answer)


def _merge(
    subject: str, section: str, base: int, version: ChecklistVersion, mine: dict[str, Answer], theirs: dict[str, Answer]
) -> tuple[dict[str, Answer], tuple[str, ...]]:
    """Return my answers with a colleague's where I changed nothing, and the codes where both changed."""
    seen = {
        stored.code: stored.data
        for stored in StoredAnswer.objects.filter(sheet__subject=subject, sheet__section=section, sheet__number=base)
    }
    merged: dict[str, Answer] = {}
    overruled: list[str] = []
    for item in version.questionnaire.section(section).items:
        was = read(item, seen.get(item.code)) if item.code in seen else not_checked(item)
        my, other = mine[item.code], theirs[item.code]
        if item.kind == Kind.TEXT or my == was:
            merged[item.code] = other if my == was else my
            continue
        merged[item.code] = my
        if other not in (was, my):
            overruled.append(item.code)
    return merged, tuple(overruled)
