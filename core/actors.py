"""Say who acts: a signed-in user, a worker without an account, or a job of our own."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from core.models import User


@dataclass(frozen=True)
class Automatic:
    """Something that acts without an account: a periodic job, an import, a worker."""

    name: str

    @property
    def audit_code(self) -> str:
        """Return the code that the audit trail keeps."""
        return f"auto:{self.name}"


WORKER = Automatic("worker")
SYSTEM = Automatic("system")

Actor: TypeAlias = "User | Automatic"
