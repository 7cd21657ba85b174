"""Say what is wrong with a checklist before it is published, what changed, and which code stands for which. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checklists.questions import ADVERSE, CODE, FALLBACK, Item, Kind, Questionnaire


@dataclass(frozen=True)
class Problem:
    """Why a checklist cannot be published: where, and a code of what."""

    where: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Change:
    """One difference between two versions."""

    code: str
    kind: str  # added, removed, replaced, reworded, regraded, moved, relinked
    detail: str = ""


def problems(new: Questionnaire, earlier: Iterable[Questionnaire] = ()) -> tuple[Problem, ...]:
    """Return everything that forbids publishing; an item code that was used before keeps its meaning."""
    found: list[Problem] = []
    seen: set[str] = set()
    known: dict[str, Item] = {}
    for questionnaire in earlier:
        known.update({item.code: item for item in questionnaire.items()})
    if not new.sections:
        found.append(Problem(new.code, "no_sections"))
    sections = [section.code for section in new.sections]
    found += [Problem(code, "section_twice") for code in sorted({c for c in sections if sections.count(c) > 1})]
    for item in new.items():
        if item.code in seen:
            found.append(Problem(item.code, "code_twice"))
        seen.add(item.code)
        found += _item_problems(item)
        found += _meaning_problems(item, known)
    for item in new.items():
        found += [Problem(item.code, "replaces_present", c) for c in item.replaces if c in seen]
    return tuple(found)


def _item_problems(item: Item) -> list[Problem]:
    found = []
    if not CODE.match(item.code):
        found.append(Problem(item.code, "code_shape"))
    if not item.text.speaks(FALLBACK):
        found.append(Problem(item.code, "no_wording"))
    if not ADVERSE.match(item.adverse):
        found.append(Problem(item.code, "adverse_rule", item.adverse))
    elif item.adverse and not _fits(item):
        found.append(Problem(item.code, "adverse_kind", item.adverse))
    if (item.kind == Kind.SELECT_MANY) != bool(item.choices):
        found.append(Problem(item.code, "choices"))
    return found


def _fits(item: Item) -> bool:
    """Say whether the adverse rule can be put to this kind of answer."""
    if item.adverse in ("yes", "no"):
        return item.kind == Kind.YES_NO_NA
    return item.kind in (Kind.COUNT, Kind.MONEY)


def _meaning_problems(item: Item, known: Mapping[str, Item]) -> list[Problem]:
    before = known.get(item.code)
    found = [Problem(item.code, "replaces_unknown", code) for code in item.replaces if code not in known]
    if before and before.kind != item.kind:
        found.append(Problem(item.code, "kind_changed", before.kind))
    if before and before.adverse in ("yes", "no") and item.adverse in ("yes", "no") and before.adverse != item.adverse:
        found.append(Problem(item.code, "adverse_turned", before.adverse))
    return found


def changes(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Return what is different in a newer version, in its order; what left comes last."""
    before = {item.code: item for item in old.items()}
    after = {item.code: item for item in new.items()}
    replaced = {code for item in after.values() for code in item.replaces}
    found: list[Change] = []
    for code, item in after.items():
        if code not in before:
            found.append(Change(code, "added", ", ".join(item.replaces)))
            continue
        found += _item_changes(before[code], item)
        if old.section_of(code).code != new.section_of(code).code:
            found.append(Change(code, "moved", new.section_of(code).code))
    found += [Change(code, "replaced" if code in replaced else "removed") for code in before if code not in after]
    return tuple(found)


def _item_changes(old: Item, new: Item) -> list[Change]:
    found = [
        Change(new.code, "reworded", language)
        for language in sorted({language for language, _text in (*old.text.texts, *new.text.texts)})
        if dict(old.text.texts).get(language) != dict(new.text.texts).get(language)
    ]
    if (old.severity, old.adverse) != (new.severity, new.adverse):
        found.append(Change(new.code, "regraded", new.severity))
    if (old.indicators, old.legal) != (new.indicators, new.legal):
        found.append(Change(new.code, "relinked"))
    return found


def lineage(versions: Iterable[Questionnaire]) -> dict[str, str]:
    """Map every code ever used to the newest code that stands for it, so that a trend survives a new version."""
    follows: dict[str, str] = {}
    codes: list[str] = []
    for questionnaire in versions:
        for item in questionnaire.items():
            codes.append(item.code)
            follows.update({old: item.code for old in item.replaces if old != item.code})

    def newest(code: str) -> str:
        walked = {code}
        while code in follows and follows[code] not in walked:
            code = follows[code]
            walked.add(code)
        return code

    return {code: newest(code) for code in codes}
