"""What backups leave out of the grievance channel, and what a restored one forgets again before it is served."""

from collections.abc import Sequence

from django.utils import timezone

from core.backups import after_restore, leave_out
from core.deletions import Deletion
from grievances.services import deleting, keeping
from grievances.services.texting.lines import forget_numbers_again

# A draft lives a day, a session less; what waited to be sent was sent meanwhile, and must not be sent again.
leave_out(
    *(f"grievances.{name}" for name in ("Draft", "DraftFile", "DraftPart", "WorkerSession")),
    *(f"grievances.{name}" for name in ("SmsTalk", "SmsPart", "SmsOut")),
)


@after_restore("grievances")
def forget_again(known: Sequence[Deletion]) -> str:
    """Delete again what was deleted since the backup, then what became due since; forget numbers that are destroyed."""
    again = deleting.delete_again(known, actor=keeping.PURGE)
    numbers = forget_numbers_again({entry.mark for entry in known})
    return f"{again} grievances deleted again, {numbers} phone numbers; {keeping.purge(timezone.now())}"
