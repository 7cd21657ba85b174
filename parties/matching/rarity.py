"""How rare a name token is in a register."""

from __future__ import annotations

from collections.abc import Iterable


class Rarity:
    """Hold how often each token occurs."""

    @classmethod
    def learn(cls, names: Iterable[str]) -> Rarity:
        """Count the tokens of a register's names."""
        return cls()
