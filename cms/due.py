"""Publish the figures of a quarter as soon as it is over."""

from collections.abc import Sequence
from datetime import datetime

from django.core.management import call_command

from cms.statistics.releasing import release_finished
from core import due
from core.backups import after_restore
from core.deletions import Deletion


@due.job("statistics_release", every="day")
def run(at: datetime) -> str:
    """Publish the newest finished quarter and year that are not published yet; say which."""
    made = release_finished(at.date())
    return f"Published: {', '.join(made)}." if made else "Nothing new to publish."


@after_restore("cms")
def index_again(known: Sequence[Deletion]) -> str:  # noqa: ARG001
    """Make the site's search index anew: no backup holds it."""
    call_command("wagtail_update_index", verbosity=0)
    return "the site's search index was made anew"
