"""What inspections do by themselves, once a day."""

from datetime import datetime

from core.actors import Automatic
from core.due import job
from inspections.services.actions import remind


@job("inspections_overdue_actions", every="day")
def overdue_actions(at: datetime) -> str:
    """Tell inspectors of actions whose deadline passed."""
    return f"{remind(at=at, actor=Automatic('overdue'))} notices of overdue actions"
