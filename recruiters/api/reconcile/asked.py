"""Read a batch of reconciliation queries; every fault is named by query and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.api import Fault, Refusal
from core.api.calls import decoded
from recruiters.api.reconcile.manifest import BATCH
from recruiters.api.reconcile.vocabulary import RECRUITER, types
from recruiters.countries import country_code

LIMIT, MOST = 10, 50
LONGEST = 500


@dataclass(frozen=True)
class Question:
    """One query: what is looked for, of which kinds (all when none is named), and what else is known of it."""

    text: str
    limit: int = LIMIT
    kinds: frozenset[str] = frozenset()
    country: str = ""
    licence_number: str = ""
    registration_number: str = ""
    names: tuple[str, ...] = ()


def read_batch(raw: str) -> dict[str, Question]:
    """Return the questions of a batch by their keys; raises Refusal (400, 413)."""
    batch = decoded(raw, "queries")
    if not isinstance(batch, dict):
        raise Refusal(400, _("“queries” is an object that names each query."), field="queries")
    if len(batch) > BATCH:
        words = _("At most %(most)d queries at a time; the manifest says so in batchSize.")
        raise Refusal(413, words % {"most": BATCH}, field="queries")
    faults: list[Fault] = []
    questions = {name: _question(f"queries.{name}", query, faults) for name, query in batch.items()}
    if faults:
        raise Refusal(400, faults[0].detail, faults=faults)
    return questions


def _question(where: str, query: Any, faults: list[Fault]) -> Question:
    if not isinstance(query, Mapping):
        faults.append(Fault(where, _("A query is an object.")))
        return Question("")
    text = query.get("query", "")
    if not isinstance(text, str | int | float) or isinstance(text, bool):
        faults.append(Fault(f"{where}.query", _("This is a text.")))
        text = ""
    properties = _properties(where, query.get("properties"), faults)
    return Question(
        text=" ".join(str(text)[:LONGEST].split()),
        limit=_limit(where, query.get("limit"), faults),
        kinds=_kinds(where, query.get("type"), faults),
        country=country_code(properties.get("country", ("",))[0]),
        licence_number=properties.get("licence_number", ("",))[0],
        registration_number=properties.get("registration_number", ("",))[0],
        names=properties.get("name", ())[:3] + properties.get("other_names", ())[:3],
    )


def _limit(where: str, given: Any, faults: list[Fault]) -> int:
    if given is None:
        return LIMIT
    if isinstance(given, bool) or not isinstance(given, int | float) or given != given or not 1 <= given < 1e9:
        faults.append(Fault(f"{where}.limit", _("This is a whole number from 1 on.")))
        return LIMIT
    return min(int(given), MOST)


def _kinds(where: str, given: Any, faults: list[Fault]) -> frozenset[str]:
    if given in (None, "", []):
        return frozenset()
    given = given if isinstance(given, list) else [given]
    named = {one.get("id") if isinstance(one, Mapping) else one for one in given if not isinstance(one, list)}
    offered = {one["id"] for one in types()}
    chosen = {one for one in named if isinstance(one, str) and one in offered}
    if len(chosen) != len(given):
        faults.append(Fault(f"{where}.type", _("There is no such type in this service."), "unknown_type"))
        return frozenset()
    return frozenset() if RECRUITER in chosen else frozenset(chosen)


def _properties(where: str, given: Any, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    if not isinstance(given, list):
        faults.append(Fault(f"{where}.properties", _("This is a list.")))
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for place, one in enumerate(given[:50]):
        if not isinstance(one, Mapping) or not isinstance(one.get("pid"), str):
            faults.append(Fault(f"{where}.properties.{place}", _("A property has a “pid” and a “v”.")))
            continue
        texts = _texts(one.get("v"))
        if texts:
            found[one["pid"]] = found.get(one["pid"], ()) + texts
    return found


def _texts(value: Any) -> tuple[str, ...]:
    """Return a property's values as texts: a scalar, a list, or a cell that was reconciled before."""
    values = value if isinstance(value, list) else [value]
    plain = [one.get("name") or one.get("id") if isinstance(one, Mapping) else one for one in values[:20]]
    texts = (" ".join(str(one)[:LONGEST].split()) for one in plain if isinstance(one, str | int | float))
    return tuple(text for text in texts if text)
