"""Keep the age group and sex that a worker chose to say: codes for figures, never a condition of anything."""

from django.db import transaction
from django.utils import timezone

from core import audit
from core.access import require
from core.actors import Actor
from core.models import User
from grievances.models import Grievance, PersonFacts

CHILD = "under_18"


@transaction.atomic
def say_person(grievance: Grievance, *, age_band: str, sex: str, source: str, actor: Actor) -> PersonFacts | None:
    """Keep what she said, in place of what she said before; nothing said takes it away again.

    The audit trail says that it was noted and not what: it names who noted it, and codes would tell of whom.
    """
    if isinstance(actor, User) and source == PersonFacts.Source.HANDLER:
        require(actor, "handle", grievance)
    if not age_band and not sex:
        PersonFacts.objects.filter(grievance=grievance).delete()
        return None
    facts, _created = PersonFacts.objects.update_or_create(
        grievance=grievance,
        defaults={"age_band": age_band, "sex": sex, "source": source, "said_on": timezone.localdate()},
    )
    if age_band == CHILD and not grievance.under_18:
        grievance.under_18 = True  # triage and routing go by this
        grievance.save(update_fields=["under_18"])
    audit.record("grievance.person_noted", actor=actor, subject=grievance.ref)
    return facts
