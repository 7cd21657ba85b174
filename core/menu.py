"""Collect the public menu: upper floors name their entries, the header shows them in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class MenuEntry:
    """One line of the public menu."""

    label: str
    url: str
    order: int = 50
    in_footer: bool = False


Provider = Callable[[str], Iterable[MenuEntry]]

_providers: dict[str, Provider] = {}


def register_menu(name: str, provider: Provider) -> None:
    """Add a provider of entries, called with a language code; the same name replaces the earlier one."""
    _providers[name] = provider


def menu_entries(language: str, *, in_footer: bool = False) -> list[MenuEntry]:
    """Return every provider's entries for a language, those of the header or those of the footer, in order."""
    offered = (entry for provider in _providers.values() for entry in provider(language))
    found = [entry for entry in offered if entry.in_footer is in_footer]
    return sorted(found, key=lambda entry: entry.order)
