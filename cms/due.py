"""Publish the figures of a quarter as soon as it is over."""

from datetime import datetime

from cms.statistics.releasing import release_finished
from core import due


@due.job("statistics_release", every="day")
def run(at: datetime) -> str:
    """Publish the newest finished quarter and year that are not published yet; say which."""
    made = release_finished(at.date())
    return f"Published: {', '.join(made)}." if made else "Nothing new to publish."
