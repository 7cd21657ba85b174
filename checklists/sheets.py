"""Read the answers that stand today about a subject; words only through the vault, with a reason."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from checklists.answers import Answer, not_checked, read
from checklists.models import ChecklistVersion, Sheet, StoredAnswer
from checklists.questions import Section
from core import vault
from core.actors import Actor


@dataclass(frozen=True)
class Words:
    """What was written about a section: comments and text answers by item code, and one note that fits no question."""

    comments: Mapping[str, str]
    texts: Mapping[str, str]
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written."""
        return not (any(self.comments.values()) or any(self.texts.values()) or self.note)

    def dump(self) -> str:
        """Return the text that is sealed."""
        return json.dumps({"comments": dict(self.comments), "texts": dict(self.texts), "note": self.note})

    @classmethod
    def load(cls, text: str) -> "Words":
        """Return the words of an opened text."""
        data = json.loads(text)
        return cls(data["comments"], data["texts"], data["note"])


NO_WORDS = Words({}, {}, "")


@dataclass(frozen=True)
class Standing:
    """The answers that stand for one subject, and when each section was last saved."""

    version: ChecklistVersion
    answers: Mapping[str, Answer]
    numbers: Mapping[str, int]
    saved_at: Mapping[str, datetime]
    sheets: Mapping[str, Sheet]

    def answer(self, code: str) -> Answer:
        """Return the answer that stands for an item; not checked where nobody answered."""
        return self.answers.get(code, Answer(code))


def standing(subject: str, version: ChecklistVersion) -> Standing:
    """Return the answers that stand about a subject: two queries, however often a section was saved."""
    return standings([(subject, version)])[subject]


def standings(subjects: Iterable[tuple[str, ChecklistVersion]]) -> dict[str, Standing]:
    """Return the standing answers of several subjects in two queries."""
    versions = dict(subjects)
    sheets = list(Sheet.objects.filter(subject__in=list(versions), version__in=list(versions.values())).current())
    by_pk = {sheet.pk: sheet for sheet in sheets}
    answers: dict[str, dict[str, Answer]] = {subject: {} for subject in versions}
    for stored in StoredAnswer.objects.filter(sheet__in=list(by_pk)).order_by("pk"):
        subject = by_pk[stored.sheet_id].subject
        try:
            item = versions[subject].questionnaire.item(stored.code)
        except KeyError:
            continue
        answers[subject][stored.code] = read(item, stored.data)
    return {
        subject: Standing(
            version=version,
            answers=answers[subject],
            numbers={sheet.section: sheet.number for sheet in sheets if sheet.subject == subject},
            saved_at={sheet.section: sheet.saved_at for sheet in sheets if sheet.subject == subject},
            sheets={sheet.section: sheet for sheet in sheets if sheet.subject == subject},
        )
        for subject, version in versions.items()
    }


def words_of(sheet: Sheet | None, *, actor: Actor, reason: str) -> Words:
    """Open what was written on a sheet; the vault writes down who did and why."""
    if sheet is None or sheet.words is None:
        return NO_WORDS
    return Words.load(vault.open_text(sheet.words, actor=actor, reason=reason, subject=sheet.subject))


def all_words(standing_: Standing, *, actor: Actor, reason: str) -> dict[str, Words]:
    """Open the words of every section of a subject, by section code."""
    return {code: words_of(sheet, actor=actor, reason=reason) for code, sheet in standing_.sheets.items()}


def full(section: Section, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return an answer for every item of a section."""
    return {item.code: answers.get(item.code, not_checked(item)) for item in section.items}
