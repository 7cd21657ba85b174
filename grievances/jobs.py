"""Register the periodic jobs of the grievance channel."""

from datetime import datetime

from core import due
from grievances.services import keeping


@due.job("escalate", every="hour")
def escalate(at: datetime) -> str:
    """Escalate overdue clocks."""
    return str(keeping.escalate(at))


@due.job("purge", every="hour")
def purge(at: datetime) -> str:
    """Let go of what nobody may keep any longer."""
    return str(keeping.purge(at))
