"""Lay a hit out side by side: what the list to be screened says, what the other side says, and how the two compare."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruiters.models import ScreeningHit
from recruiters.models.words import StatusCode
from recruiters.registerrows import number_key
from recruiters.vocabulary import country_label, topic_label

SCHEMES = {
    "licence": gettext_lazy("Licence number"),
    "registration": gettext_lazy("Company registration number"),
    "tax": gettext_lazy("Tax number"),
    "id": gettext_lazy("Identity number"),
    "passport": gettext_lazy("Passport"),
    "lei": gettext_lazy("Legal entity identifier"),
    "imo": gettext_lazy("Ship or company number (IMO)"),
    "vat": gettext_lazy("Value-added tax number"),
    "swift": gettext_lazy("Bank code"),
    "duns": gettext_lazy("D-U-N-S number"),
    "uei": gettext_lazy("Unique entity identifier"),
}
FIELD_WORDS = {
    "names": gettext_lazy("Names"),
    "kind": gettext_lazy("Person or organisation"),
    "countries": gettext_lazy("Countries"),
    "identifiers": gettext_lazy("Numbers and papers"),
    "topics": gettext_lazy("Listed for"),
    "birth_dates": gettext_lazy("Born or founded"),
    "measures": gettext_lazy("Measures"),
    "standing": gettext_lazy("Licence"),
    "id": gettext_lazy("Number of the record"),
    "absorbs": gettext_lazy("Other records merged into it"),
}
KINDS = {"person": gettext_lazy("person"), "organisation": gettext_lazy("organisation")}
MARKS = {"agrees": gettext_lazy("agrees"), "differs": gettext_lazy("differs"), "absent": gettext_lazy("not compared")}
MARK_TONES = {"agrees": "good", "differs": "bad", "absent": ""}


@dataclass(frozen=True)
class FactLine:
    """One fact on both sides; ``mark`` says how the comparison took it."""

    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    mark: str = ""

    @property
    def mark_label(self) -> str:
        """Return the mark in words."""
        return str(MARKS[self.mark]) if self.mark else ""

    @property
    def mark_tone(self) -> str:
        """Return the colour that repeats the mark."""
        return MARK_TONES.get(self.mark, "")


@dataclass(frozen=True)
class MeasureLine:
    """One measure on a record; an ended one is history."""

    text: str
    days: str
    in_force: bool


def scheme_label(scheme: str) -> str:
    """Return what kind of number it is, and whose."""
    kind, _colon, country = scheme.partition(":")
    label = str(SCHEMES.get(kind, kind))
    return f"{label} ({country_label(country) or country})" if country else label


def day_label(text: str) -> str:
    """Return a day stored as text as readers write it; what is not a whole date stays as it is."""
    try:
        return date_format(date.fromisoformat(text[:10]), "DATE_FORMAT") if text else ""
    except ValueError:
        return text


def measure_lines(measures: Iterable[Mapping[str, Any]], today: date) -> list[MeasureLine]:
    """Return measures with their days, those in force first."""
    lines = []
    for measure in measures:
        starts, ends = str(measure.get("starts") or ""), str(measure.get("ends") or "")
        in_force = not ends or ends[:10] >= today.isoformat()
        days = _("since %(day)s") % {"day": day_label(starts)} if starts else ""
        if ends:
            end = _("until %(day)s") if in_force else _("ended on %(day)s")
            days = ", ".join(filter(None, (days, end % {"day": day_label(ends)})))
        parts = filter(None, (measure.get("authority"), measure.get("programme")))
        lines.append(MeasureLine(", ".join(parts) or _("A measure"), days, in_force))
    return sorted(lines, key=lambda line: not line.in_force)


def fact_lines(hit: ScreeningHit, facts: Mapping[str, Any]) -> list[FactLine]:
    """Return the facts on both sides, the compared ones first."""
    row, said = hit.row, {feature["name"] for feature in hit.features}
    country = "agrees" if "country_agrees" in said else "differs" if "country_differs" in said else "absent"
    lines = [
        FactLine(_("Name"), (row.name,), (hit.target_name,)),
        FactLine(_("Compared as"), (hit.query_name,), (hit.candidate_name,)),
        FactLine(
            _("Person or organisation"),
            (str(KINDS.get(row.kind, row.kind)),),
            (str(KINDS.get(facts.get("kind", ""), "")),),
            "differs" if "kind_differs" in said else "agrees" if facts else "",
        ),
        FactLine(
            _("Country"),
            _some(country_label(row.country)),
            tuple(map(country_label, facts.get("countries") or ())),
            country,
        ),
        *_number_lines(hit, facts.get("identifiers") or ()),
    ]
    others = tuple(name for name in facts.get("names") or () if name != hit.candidate_name)
    optional = [
        FactLine(_("Other names"), (), others),
        FactLine(
            _("Born or founded"),
            _some(day_label(row.born)),
            tuple(map(day_label, facts.get("birth_dates") or ())),
            "agrees" if "birth_agrees" in said else "differs" if "birth_differs" in said else "",
        ),
        FactLine(_("Listed for"), (), tuple(map(topic_label, facts.get("topics") or ()))),
    ]
    if facts.get("standing"):
        optional.append(FactLine(_("Licence on that day"), (), (value_words("standing", facts["standing"]),)))
    return lines + [line for line in optional if line.left or line.right]


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _number_lines(hit: ScreeningHit, identifiers: Sequence[Sequence[str]]) -> list[FactLine]:
    """Return a line for each scheme that either side has a number of."""
    asked = {"licence": hit.row.licence_number, "registration": hit.row.registration_number}
    held: dict[str, list[str]] = {}
    for scheme, value in identifiers:
        held.setdefault(scheme, []).append(value)
    lines = []
    for kind, number in asked.items():
        schemes = [scheme for scheme in held if scheme.partition(":")[0] == kind]
        values = tuple(value for scheme in schemes for value in held.pop(scheme))
        if not number and not values:
            if kind == "licence":
                lines.append(FactLine(str(SCHEMES[kind]), (), (), "absent"))
            continue
        same = number and any(number_key(number) == number_key(value) for value in values)
        mark = "agrees" if same else "differs" if number and values else "absent"
        lines.append(FactLine(str(SCHEMES[kind]), _some(number), values, mark))
    lines += [FactLine(scheme_label(scheme), (), tuple(values)) for scheme, values in held.items()]
    return lines


def value_words(field: str, value: str) -> str:
    """Return one value of a record's field in words."""
    if field == "topics":
        return topic_label(value)
    if field == "countries":
        return country_label(value) or value
    if field == "kind":
        return str(KINDS.get(value, value))
    if field == "standing":
        return str(StatusCode(value).label) if value in StatusCode.values else value
    if field == "identifiers":
        scheme, _blank, number = value.partition(" ")
        return f"{scheme_label(scheme)}: {number}"
    return value


def change_sentences(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what changed about a record, one sentence for each field."""
    sentences = []
    for change in changes:
        field = change["field"]
        label = str(FIELD_WORDS.get(field, field))
        parts = {
            "went": ", ".join(f"“{value_words(field, each)}”" for each in change.get("went") or ()),
            "came": ", ".join(f"“{value_words(field, each)}”" for each in change.get("came") or ()),
        }
        if parts["went"] and parts["came"]:
            text = _("%(field)s: now %(came)s, before %(went)s.")
        elif parts["came"]:
            text = _("%(field)s: %(came)s was added.")
        else:
            text = _("%(field)s: %(went)s was taken away.")
        sentences.append(text % {"field": label, **parts})
    return sentences


def field_names(fields: Iterable[str]) -> str:
    """Return the names of a record's fields in words."""
    return ", ".join(str(FIELD_WORDS.get(field, field)) for field in fields)
