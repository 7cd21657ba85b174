"""Read a standard's file into its dataclasses, strictly: every fault names the file, the entry and the field."""

from __future__ import annotations

import hashlib
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml

from core.standards.entries import Basis, Entry, Source, Standard

E = TypeVar("E", bound=Entry)
S = TypeVar("S", bound=Standard)


class BrokenStandardError(ValueError):
    """A standard's file that may not be used, with file, entry and field in its message."""

    def __init__(self, file: str, where: Sequence[str], message: str) -> None:
        super().__init__(f"{file}: {' > '.join(where) or 'file'}: {message}")


@dataclass(frozen=True)
class _Place:
    """Where the reader stands, and what an entry there inherits from the blocks around it."""

    file: str
    where: tuple[str, ...]
    sources: Mapping[str, Source]
    basis: Any = None
    source: Any = None

    def within(self, *names: str) -> _Place:
        return _Place(self.file, (*self.where, *names), self.sources, self.basis, self.source)

    def inheriting(self, raw: Mapping[str, Any]) -> _Place:
        basis, source = raw.get("basis", self.basis), raw.get("source", self.source)
        return _Place(self.file, self.where, self.sources, basis, source)

    def fault(self, message: str) -> BrokenStandardError:
        return BrokenStandardError(self.file, self.where, message)


def read_standard(kind: type[S], path: Path, *, name: str, edition: str) -> S:
    """Load one edition; raises BrokenStandardError for anything missing, unknown, doubled or of a wrong type."""
    file = f"{name}/{path.name}"
    content = path.read_bytes()
    raw = _parse(file, content)
    start = _Place(file, (), {})
    for given, expected in (("name", name), ("edition", edition)):
        if raw.get(given) != expected:
            raise start.within(given).fault(f"must be {expected!r}, is {raw.get(given)!r}")
    place = _Place(file, (), _read_sources(raw.get("sources"), start.within("sources"))).inheriting(raw)
    digest = hashlib.sha256(content).hexdigest()
    known = {"sources": tuple(place.sources.values()), "digest": digest}
    values = {key: value for key, value in raw.items() if key not in {"sources", "basis", "source"}}
    built = _fields(kind, values, place, known)
    standard = kind(**built)
    _refuse_doubles(standard, start)
    return standard


class _Loader(yaml.SafeLoader):
    """YAML without surprises: a key given twice is a fault, not a silent overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = str(key_node.value)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is given twice", key_node.start_mark)
            seen.add(key)
        return cast("dict[Any, Any]", super().construct_mapping(node, deep=deep))


def _parse(file: str, content: bytes) -> dict[str, Any]:
    try:
        raw = yaml.load(content, Loader=_Loader)  # noqa: S506 - a SafeLoader that also refuses doubled keys
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenStandardError(file, (), f"cannot be read: {error}") from error
    if not isinstance(raw, dict):
        raise BrokenStandardError(file, (), "must be a mapping of fields")
    return raw


def _read_sources(raw: Any, place: _Place) -> dict[str, Source]:
    if not isinstance(raw, dict) or not raw:
        raise place.fault("must name at least one source")
    return {
        str(key): Source(**_fields(Source, value, place.within(str(key)), {"key": str(key)}))
        for key, value in raw.items()
    }


def _fields(kind: type, raw: Any, place: _Place, known: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise place.fault(f"must be a mapping of fields, is {raw!r}")
    declared = _declared(kind)
    unknown = [str(key) for key in raw if key not in declared or key in known]
    if unknown:
        raise place.within(unknown[0]).fault("is not a field here")
    built: dict[str, Any] = dict(known)
    for name, (hint, field) in declared.items():
        if name in known:
            continue
        if name in raw:
            built[name] = _value(hint, raw[name], place.within(name))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise place.within(name).fault("is missing")
    return built


@cache
def _declared(kind: type) -> dict[str, tuple[Any, Field[Any]]]:
    hints = get_type_hints(kind)
    return {field.name: (hints[field.name], field) for field in fields(kind) if field.init}


def _value(hint: Any, raw: Any, place: _Place) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        inner = [each for each in get_args(hint) if each is not type(None)]
        return None if raw is None else _value(inner[0], raw, place)
    if origin is Literal:
        return _one_of(raw, get_args(hint), place)
    if origin is tuple:
        return _list(get_args(hint)[0], raw, place)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(_one_of(raw, [member.value for member in hint], place))
    if isinstance(hint, type) and issubclass(hint, Entry):
        return _entry(hint, raw, place)
    if is_dataclass(hint):
        return cast("type", hint)(**_fields(cast("type", hint), raw, place, {}))
    return _plain(hint, raw, place)


def _plain(hint: type, raw: Any, place: _Place) -> Any:
    if type(raw) is not hint:
        raise place.fault(f"must be {_NAMES[hint]}, is {raw!r}")
    if isinstance(raw, str) and raw != raw.strip():
        raise place.fault("has space at its edges")
    return raw


_NAMES: dict[type, str] = {str: "text", int: "a whole number", bool: "true or false", date: "a date", float: "a number"}


def _one_of(raw: Any, allowed: Sequence[Any], place: _Place) -> Any:
    if raw not in allowed:
        raise place.fault(f"must be one of {', '.join(map(str, allowed))}; is {raw!r}")
    return raw


def _list(kind: Any, raw: Any, place: _Place) -> tuple[Any, ...]:
    if isinstance(kind, type) and issubclass(kind, Entry):
        return _entries(kind, raw, place)
    if not isinstance(raw, list):
        raise place.fault(f"must be a list, is {raw!r}")
    return tuple(_value(kind, each, place.within(str(number))) for number, each in enumerate(raw, start=1))


def _entries(kind: type[E], raw: Any, place: _Place) -> tuple[E, ...]:
    """Read a list of entries: a list, a mapping from code to label, or a block with `entries` and what they inherit."""
    if isinstance(raw, dict) and "entries" in raw:
        extra = [str(key) for key in raw if key not in {"entries", "basis", "source"}]
        if extra:
            raise place.within(extra[0]).fault("is not a field here")
        return _entries(kind, raw["entries"], place.inheriting(raw))
    if isinstance(raw, dict):
        raw = [{"code": code} | (each if isinstance(each, dict) else {"label": each}) for code, each in raw.items()]
    if not isinstance(raw, list) or not raw:
        raise place.fault("must be a list of entries")
    return tuple(_entry(kind, each, place, number) for number, each in enumerate(raw, start=1))


def _entry(kind: type[E], raw: Any, place: _Place, number: int = 0) -> E:
    if not isinstance(raw, dict):
        raise place.within(f"#{number}").fault(f"must be a mapping of fields, is {raw!r}")
    here = place.within(str(raw.get("code", f"#{number}"))).inheriting(raw)
    if here.basis is None:
        raise here.within("basis").fault("is missing: say how this is known")
    known = {
        "basis": _value(Basis, here.basis, here.within("basis")),
        "sources": _cited(here.source, here.within("source")),
    }
    values = {key: value for key, value in raw.items() if key not in {"basis", "source"}}
    entry = kind(**_fields(kind, values, here, known))
    for name in ("code", "label"):
        if not getattr(entry, name):
            raise here.within(name).fault("is empty")
    return entry


def _cited(raw: Any, place: _Place) -> tuple[Source, ...]:
    keys = [raw] if isinstance(raw, str) else raw
    if not isinstance(keys, list) or not keys:
        raise place.fault("is missing: cite at least one source")
    for key in keys:
        if key not in place.sources:
            raise place.fault(f"{key!r} is not among the file's sources")
    return tuple(place.sources[key] for key in keys)


def _refuse_doubles(standard: Standard, place: _Place) -> None:
    seen: set[tuple[str, str]] = set()
    for path, entry in standard.walk():
        if (path, entry.code) in seen:
            raise place.within(path, entry.code, "code").fault("is used twice")
        seen.add((path, entry.code))
