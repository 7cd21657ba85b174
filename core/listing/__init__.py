"""Show any list of records the same way: scoped to the reader, filtered, sorted, paged, exported.

@method_decorator(staff(Role.MINISTRY_OFFICER), name="dispatch")
class RecruiterList(ListingView[Recruiter]):
    model = Recruiter
    title = _("Recruiters")
    filterset_class = RecruiterFilter
    default_sort = "-registered"
    columns = (
        Column("ref", _("Reference"), sort="ref", link=lambda row: row.get_absolute_url()),
        Column("name", _("Name"), sort="party__name", value=lambda row: row.party.name),
        Column("state", _("Licence"), kind="status", value=lambda row: row.get_state_display(),
               tone=lambda row: "good" if row.state == "valid" else "warn"),
        Column("registered", _("Registered"), sort="registered_on", kind="date",
                   value=lambda row: row.registered_on),
    )
"""

from core.listing.columns import Cell, Column, Heading
from core.listing.counting import CappedCount
from core.listing.page import Action, Listing
from core.listing.view import ListingView

__all__ = ["Action", "CappedCount", "Cell", "Column", "Heading", "Listing", "ListingView"]
