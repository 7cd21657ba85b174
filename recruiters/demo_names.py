"""Load the parts of which the demo's fictional recruiters and people are named, from data/demo_names.toml."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

Pair = tuple[str, str]


@dataclass(frozen=True)
class Origin:
    """How recruiters of one country are called, licensed and led: in Latin letters, and as written at home."""

    country: str
    authority: str
    number: str
    destinations: tuple[str, ...]
    cities: tuple[str, ...]
    firsts: tuple[Pair, ...]
    seconds: tuple[Pair, ...]
    form: Pair
    given: tuple[Pair, ...]
    family: tuple[Pair, ...]
    count: int
    prefix_form: bool = False


def origins() -> list[Origin]:
    """Return every country's naming, in the file's order."""
    text = files("recruiters").joinpath("data/demo_names.toml").read_text(encoding="utf-8")
    return [_origin(entry) for entry in tomllib.loads(text)["origin"]]


def _origin(entry: dict[str, object]) -> Origin:
    fields = {name: _tuples(value) for name, value in entry.items()}
    return Origin(**fields)  # type: ignore[arg-type]  # the file is checked by a test


def _tuples(value: object) -> object:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


STREETS = (
    "Station Road",
    "Market Street",
    "Harbour Lane",
    "Temple Road",
    "River Street",
    "Garden Avenue",
    "Old Town Square",
)
