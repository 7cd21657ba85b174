"""Compare one recruiter and those behind it with the watchlists as they are now; every row is kept, clear ones too."""

from django.db import transaction
from django.utils import timezone

from core import access
from core.actors import Actor
from core.models import User
from core.roles import Role
from parties.models import Relationship
from recruiters.models import Recruiter, Screening
from recruiters.services.behind import subjects
from recruiters.services.rescreening import OPEN, Person, compare_waiting, conclude, take_people, tell_officers


@transaction.atomic
def screen_behind(recruiter: Recruiter, *, actor: User) -> Screening:
    """Compare a recruiter and those behind it because an officer asks for it."""
    access.require(actor, "decide", recruiter)
    return compare_behind(recruiter, actor=actor)


@transaction.atomic
def compare_behind(recruiter: Recruiter, *, actor: Actor) -> Screening:
    """Compare a recruiter and its owners, directors, officers and sub-agents; the caller has asked who may."""
    screening = Screening.objects.create(
        title=f"{recruiter.name} {timezone.localdate().isoformat()}"[:200],
        kind=Screening.Kind.REGISTER,
        state=Screening.State.RUNNING,
        owner=actor if isinstance(actor, User) and actor.has_role(Role.MINISTRY_OFFICER) else None,
    )
    behind = Relationship.objects.current().filter(target=recruiter.party_id)
    people = subjects(Recruiter.objects.filter(pk=recruiter.pk), behind)
    take_people(screening, (Person(ref, query) for ref, query in people))
    while compare_waiting(screening):
        pass
    conclude(screening, actor=actor)
    tell_officers(screening.hits.filter(state__in=OPEN), "rescreen_new_hits")
    return screening
