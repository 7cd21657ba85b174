"""Jobs that run by themselves: what is due every day. Shared screenings register themselves in services.sharing."""

from datetime import datetime

from core import due
from recruiters.services.appealtimes import tell_overdue
from recruiters.services.corrections import remind_due
from recruiters.services.duerescreen import rescreen
from recruiters.services.expiring import tell_expiries
from recruiters.services.filing import keep_index
from recruiters.services.publications import recheck_all
from recruiters.services.retiring import JOB as RETIRED  # noqa: F401 - registers its job
from recruiters.services.sharing import resume_abandoned  # registers the shared job
from recruiters.services.standing import turn_standings


@due.job("licence_standings", every="hour")
def licence_standings(at: datetime) -> str:
    """Write the register's columns anew where a licence ran out, a suspension ended or a decision took effect."""
    return f"{turn_standings(at)} recruiters changed status"


@due.job("licence_expiries", every="hour")
def licence_expiries(at: datetime) -> str:
    """Tell officers and holders that terms end: ninety and thirty days before and on the last day, each once."""
    return tell_expiries(at)


@due.job("rescreen", every="hour")
def rescreen_register(at: datetime) -> str:
    """Screen what a new list, name, licence or person touches: the register, and the rows screened before."""
    return rescreen(at)


@due.job("assessments_due", every="day")
def assessments_due(at: datetime) -> str:
    """Tell once that a corrective action is overdue or the next look at a recruiter due."""
    overdue, looks = remind_due(at)
    return f"{overdue} overdue actions and {looks} looks told"


@due.job("published_ratings", every="day")
def published_ratings(at: datetime) -> str:  # noqa: ARG001 - the day is today's, as for every rating
    """Withdraw published ratings that time alone has made untrue."""
    return f"{recheck_all()} published ratings withdrawn"


@due.job("name_index", every="day")
def name_index(at: datetime) -> str:  # noqa: ARG001 - the index is kept as it is, whatever the day
    """Tidy the search index of names, and make it anew where it is missing."""
    return keep_index()


@due.job("screenings_left", every="hour")
def screenings_left(at: datetime) -> str:  # noqa: ARG001 - what is held for too long is told by the clock
    """Queue workers again for screenings whose workers died."""
    return f"{resume_abandoned()} screenings taken up again"


@due.job("appeals_overdue", every="hour")
def appeals_overdue(at: datetime) -> str:
    """Tell officers, once, of each appeal that was not decided by its last day."""
    return f"{tell_overdue(at)} overdue appeals told"
