"""Ask the scanner again about files that it has not seen."""

from datetime import datetime

from core import due, scanning
from core.evidence import recheck_waiting


@due.job("recheck_files", every="hour")
def recheck(at: datetime) -> str:  # noqa: ARG001 - a job is told the time
    """Look again at every file that waits for the scanner."""
    if not scanning.is_set_up():
        return "no scanner is set up"
    answered, left = recheck_waiting()
    return f"{answered} files checked, {left} wait for their reader"
