"""Turn the answers about a visit into readings and let both rules judge them; nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.answers import Answer, Money, State, is_adverse
from checklists.models import ChecklistVersion
from checklists.questions import Item
from checklists.sheets import Standing, standings
from inspections.indicators import (
    ElevenResult,
    OperationalResult,
    Outcome,
    Person,
    Reading,
    Signal,
    eleven,
    operational,
)
from inspections.models import Interview, Visit
from inspections.rulesets import CHILD_ITEMS, SPEAKS_TO, eleven_rule, operational_rule


@dataclass(frozen=True)
class InterviewScreening:
    """What the rules say about one worker who was heard."""

    interview: Interview
    result: OperationalResult


@dataclass(frozen=True)
class VisitScreening:
    """What the rules say about a visit: the workplace, then each worker heard."""

    eleven: ElevenResult
    workplace: OperationalResult
    child: OperationalResult | None
    interviews: tuple[InterviewScreening, ...]
    readings: tuple[Reading, ...]

    @property
    def outcome(self) -> Outcome:
        """Return the gravest outcome of all."""
        return max(self._results(), key=lambda result: result.outcome.level).outcome

    @property
    def could_become(self) -> Outcome:
        """Return the gravest outcome that the unknown could lead to."""
        return max(self._results(), key=lambda result: result.could_become.level).could_become

    def _results(self) -> list[ElevenResult | OperationalResult]:
        child = [self.child] if self.child else []
        return [self.eleven, self.workplace, *child, *(each.result for each in self.interviews)]


def reading(item: Item, answer: Answer, source: str) -> Reading | None:
    """Return what an answer says to the rules; None where it says nothing or does not apply."""
    if not item.adverse or answer.state == State.NA:
        return None
    adverse = is_adverse(item, answer)
    signal = Signal.UNKNOWN if adverse is None else Signal.FIRED if adverse else Signal.CLEAR
    own = (item.code,) if item.code.startswith("D") and "." in item.code else SPEAKS_TO.get(item.code, ())
    return Reading(item.code, signal, _said(answer), item.indicators, own, source)


def _said(answer: Answer) -> str:
    if answer.state == State.NOT_CHECKED:
        return State.NOT_CHECKED.value
    value = answer.value
    return f"{value.amount} {value.currency}" if isinstance(value, Money) else str(value)


def readings_of(standing: Standing, source: str) -> tuple[Reading, ...]:
    """Return the readings of every answer, given or not, of one subject."""
    found = (reading(item, standing.answer(item.code), source) for item in standing.version.questionnaire.items())
    return tuple(each for each in found if each is not None)


def screen(visit: Visit, interviews: Iterable[Interview] | None = None) -> VisitScreening:
    """Judge a visit and each interview by both rules: a fixed number of queries."""
    heard = list(visit.interviews.select_related("version") if interviews is None else interviews)
    subjects: list[tuple[str, ChecklistVersion]] = [(visit.ref, visit.version)]
    subjects += [(interview.ref, interview.version) for interview in heard]
    found = standings(subjects)
    workplace = readings_of(found[visit.ref], visit.ref)
    personal = {interview.ref: readings_of(found[interview.ref], interview.ref) for interview in heard}
    rule = operational_rule()
    child_seen = any(each.item in CHILD_ITEMS and each.signal == Signal.FIRED for each in workplace)
    return VisitScreening(
        eleven=eleven(workplace + tuple(each for part in personal.values() for each in part), eleven_rule()),
        workplace=operational(workplace, rule, Person.ADULT),
        child=operational(workplace, rule, Person.CHILD) if child_seen else None,
        interviews=tuple(
            InterviewScreening(
                interview,
                operational(
                    personal[interview.ref] + workplace, rule, Person.CHILD if interview.is_child else Person.ADULT
                ),
            )
            for interview in heard
        ),
        readings=workplace,
    )
