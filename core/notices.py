"""Tell users that something waits, without saying what: no name and no word leaves the gate."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.models import Notice, User


def notify(user: User, code: str, *, subject_ref: str) -> Notice:
    """Leave a notice for a user and, where there is an address, a mail without content after the commit."""
    notice = Notice.objects.create(user=user, code=code, subject_ref=subject_ref)
    if user.email:
        transaction.on_commit(lambda: _mail(user))
    return notice


def _mail(user: User) -> None:
    with translation.override(user.language):
        send_mail(
            _("You have something to read in Safeconduct"),
            _("Please sign in to read it. For safety, this message says no more."),
            None,
            [user.email],
        )


def mark_read(user: User) -> int:
    """Mark a user's notices as read; return how many were new."""
    return Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=timezone.now())
