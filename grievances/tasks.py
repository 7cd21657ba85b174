"""Work that does not keep a request waiting."""

from django.utils import timezone
from django_tasks import task

from grievances.services.texting.outbox import deliver


@task()
def send_texts(line_pk: int) -> None:
    """Send what waits for one phone."""
    deliver(timezone.now(), line_pk=line_pk)
