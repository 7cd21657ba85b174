"""Find who of the register a new entry may be, before somebody is entered twice."""

from recruiters.engine import Query, current_engine
from recruiters.models import Recruiter

SHOWN = 5


def likely_registered(name: str, country: str = "", registration_number: str = "") -> list[Recruiter]:
    """Return the recruiters of the register that this name or number likely means, likeliest first."""
    query = Query(name, "organisation", country, registration_number=registration_number)
    hits = current_engine().similar(query, dataset="register", limit=SHOWN)
    wanted = [hit.target.recruiter_id for hit in hits if hit.target.recruiter_id is not None]
    known = Recruiter.objects.filter(merged_into__isnull=True).select_related("party").in_bulk(wanted)
    return [known[pk] for pk in wanted if pk in known]
