"""Say what a respondent may be told when he is asked for his side, and how easily it would name the worker. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

WITHOUT_NAME = "share_without_name_with_employer"
WITH_NAME = "share_with_name_with_employer"
INVESTIGATE = "investigate"
# Below this many people somebody who knows them can guess; the same number as for sensitive public figures.
FEW = 20
# Grievances that people talk about least: told to a respondent, they point at whoever was there.
# Days after a report in which a question about it points at whoever left, called or was seen to write: our own measure.
SOON = 14
POINTED = frozenset({"SEX", "VIO", "HAR", "DEA", "CHL", "TIP", "RET"})


class Part(StrEnum):
    """What may be told besides the categories; each needs the worker's own yes."""

    COUNTRY = "country"
    SITE = "site"
    PERIOD = "period"
    PEOPLE = "people"
    REMEDY = "remedy"
    NAME = "name"


@dataclass(frozen=True)
class Wish:
    """What a handler would tell a respondent, and whether the worker said yes to exactly that."""

    categories: tuple[str, ...]
    parts: frozenset[Part]
    to_employer: bool
    she_agreed: bool


@dataclass(frozen=True)
class Circumstances:
    """What a guess would start from."""

    consents: Mapping[str, bool]
    known_categories: frozenset[str]
    workforce: int | None
    others_complained: int
    danger_now: bool = False
    days_since: int | None = None
    """Days since she reported."""


@dataclass(frozen=True)
class Disclosure:
    """Why this may not be told; and if it may, what makes it risky."""

    refusals: tuple[str, ...]
    risks: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Say whether it may be told at all."""
        return not self.refusals


def judge(wish: Wish, seen: Circumstances) -> Disclosure:
    """Return whether a respondent may be told this, and every way in which it could name the worker."""
    return Disclosure(tuple(_refusals(wish, seen)), tuple(_risks(wish, seen)))


def stands(consents: Mapping[str, bool], *, to_employer: bool) -> bool:
    """Say whether what the worker agreed to still lets a respondent be asked."""
    if consents.get(INVESTIGATE) is False:
        return False
    return not to_employer or bool(consents.get(WITHOUT_NAME) or consents.get(WITH_NAME))


def _refusals(wish: Wish, seen: Circumstances) -> list[str]:
    found = []
    if not wish.categories:
        found.append("nothing_to_ask")
    if not set(wish.categories) <= seen.known_categories:
        found.append("not_of_this_case")
    if seen.consents.get(INVESTIGATE) is False:
        found.append("not_looked_into")
    if wish.to_employer and not (seen.consents.get(WITHOUT_NAME) or seen.consents.get(WITH_NAME)):
        found.append("employer_not_told")
    # Her yes to her name is a yes to her employer alone: no other respondent ever learns it.
    if Part.NAME in wish.parts and not (wish.to_employer and seen.consents.get(WITH_NAME)):
        found.append("name_not_told")
    if not wish.she_agreed:
        found.append("not_asked_her")
    return found


def _risks(wish: Wish, seen: Circumstances) -> list[str]:
    found = []
    if seen.danger_now:
        found.append("danger_now")
    if Part.NAME in wish.parts:
        found.append("name_told")
    if seen.workforce is None:
        found.append("workforce_unknown")
    elif seen.workforce < FEW:
        found.append("few_workers")
    if seen.days_since is not None and seen.days_since < SOON:
        found.append("so_soon")
    if seen.others_complained == 0:
        found.append("nobody_else")
    if {Part.SITE, Part.PERIOD} <= wish.parts:
        found.append("place_and_time")
    if POINTED & set(wish.categories):
        found.append("pointed_category")
    return found
