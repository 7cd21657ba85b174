"""Let go of what the meters no longer need."""

from datetime import datetime

from core import due
from core.api.throttling import forget_old


@due.job("api_meters", every="day")
def forget_meters(at: datetime) -> str:
    """Delete the meters of earlier hours."""
    return f"{forget_old(at.timestamp())} meters forgotten"
