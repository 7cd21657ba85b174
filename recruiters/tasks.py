"""Jobs that run by themselves: what is due every day. Screening in chunks registers itself in services.screenings."""

from datetime import datetime

from core import due
from recruiters.services import screenings as screenings  # registers the chunked job
from recruiters.services.duerescreen import rescreen
from recruiters.services.expiring import tell_expiries
from recruiters.services.standing import turn_standings


@due.job("licence_standings", every="hour")
def licence_standings(at: datetime) -> str:
    """Write the register's columns anew where a licence ran out, a suspension ended or a decision took effect."""
    return f"{turn_standings(at)} recruiters changed status"


@due.job("licence_expiries", every="hour")
def licence_expiries(at: datetime) -> str:
    """Tell officers and holders that terms end: ninety and thirty days before and on the last day, each once."""
    return tell_expiries(at)


@due.job("rescreen", every="day")
def rescreen_register(at: datetime) -> str:
    """Screen the register's recruiters and the people behind them where a list or a name changed."""
    return rescreen(at)
