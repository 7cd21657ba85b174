"""What the demo's builders of inspections share."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from checklists.models import ChecklistVersion
from core.models import Account
from parties.demo import World
from recruiters.models import Recruiter


@dataclass
class Stage:
    """What the builders here share."""

    world: World
    rng: random.Random
    partners: dict[str, Account] = field(default_factory=dict)
    recruiters: list[Recruiter] = field(default_factory=list)
    closing: ChecklistVersion | None = None

    def moment(self, day: date, hour: int = 10) -> datetime:
        """Return an hour of a day."""
        return timezone.make_aware(datetime.combine(day, time(hour)))
