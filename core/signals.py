"""What the ground floor tells the floors above: a frozen record, and never who listens."""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class PairNews:
    """A person's new key pair came to be, and whether it is trusted already."""

    user_id: int
    public: str
    trusted: bool


pair_made = Signal()
