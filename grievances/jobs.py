"""Register the periodic jobs of the grievance channel."""

from datetime import datetime

from core import due
from core.actors import SYSTEM
from grievances.services import deleting, freezing, instalments, keeping, regranting, repaying, replies, safety
from grievances.services.texting.outbox import deliver
from grievances.services.texting.reaching import send_news
from grievances.services.texting.sweeping import sweep


@due.job("escalate", every="hour")
def escalate(at: datetime) -> str:
    """Escalate overdue clocks."""
    return str(keeping.escalate(at))


@due.job("purge", every="hour")
def purge(at: datetime) -> str:
    """Let go of what nobody may keep any longer."""
    return str(keeping.purge(at))


@due.job("certificates", every="day")
def certificates(at: datetime) -> str:  # noqa: ARG001
    """See that the list outside of the database holds everything that was ever deleted."""
    return f"{deleting.note_certificates(every=True)} deletions put on the list again"


@due.job("keys", every="hour")
def keys(at: datetime) -> str:  # noqa: ARG001
    """Drop keys whose holder may no longer read; take out of the server's reach what people hold keys to."""
    pruned, (moved, taken) = regranting.prune(actor=SYSTEM), regranting.settle(actor=SYSTEM)
    return f"keys dropped from {pruned} grievances; {moved} moved into a strongbox, {taken} out of the server's reach"


@due.job("clawback", every="day")
def clawback(at: datetime) -> str:
    """Tell handlers whom to ask whether repaid money was taken back."""
    return f"{repaying.ask_about_clawback(at)} checks for claw-back due"


@due.job("instalments", every="day")
def late_parts(at: datetime) -> str:
    """Tell handlers which parts of a repayment are late."""
    return f"{instalments.warn_of_late_parts(at)} late parts of repayments"


@due.job("safety", every="day")
def safety_checks(at: datetime) -> str:
    """See that workers are asked whether they are punished for complaining."""
    return f"{safety.ask_if_safe(at)} checks for retaliation due"


@due.job("indicators", every="day")
def indicators(at: datetime) -> str:
    """Freeze what those who oversee are told of the quarters that are over."""
    return f"{freezing.freeze_quarters(at.date(), actor=SYSTEM)} quarters frozen for those who oversee"


@due.job("respondents", every="day")
def respondents(at: datetime) -> str:
    """Remind whoever is asked for its side that the answer is due."""
    return f"{replies.remind(at)} respondents reminded"


@due.job("texts", every="minute")
def texts(at: datetime) -> str:
    """Send what waits by text message, announce news whose hour has come, end talks that nobody goes on with."""
    swept, news = sweep(at), send_news(at)
    return f"{deliver(at)}; {news} phones told of news; {swept}"
