"""Tell users that something waits, without saying what: no name and no word leaves the gate."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Notice, User
from core.roles import Role


@dataclass(frozen=True)
class Place:
    """Where a role reads what a kind of reference names; the gate there still decides who may."""

    url_name: str
    roles: tuple[Role, ...]
    with_ref: bool


@dataclass(frozen=True)
class Line:
    """A notice as its reader sees it: a sentence, and an address where one is known."""

    notice: Notice
    words: str | Promise
    url: str | None


_places: dict[str, list[Place]] = {}
_words: dict[str, str | Promise] = {}


def register_place(prefix: str, url_name: str, *roles: Role, with_ref: bool = True) -> None:
    """Say where a reference with this prefix is read, by these roles or by all; called from an app's ready()."""
    _places.setdefault(prefix, []).append(Place(url_name, roles, with_ref))


def register_words(words: Mapping[str, str | Promise]) -> None:
    """Give each notice code, or each family of codes up to its first dot or underscore, a sentence without names."""
    _words.update(words)


def lines_for(user: User, *, at_most: int = 100) -> list[Line]:
    """Return a user's newest notices as sentences with links; what the links open, only their pages look up."""
    return [
        Line(notice, _sentence(notice.code), _url(user, notice))
        for notice in Notice.objects.filter(user=user)[:at_most]
    ]


def _sentence(code: str) -> str | Promise:
    family = code.replace(".", "_").partition("_")[0]
    return _words.get(code) or _words.get(family) or gettext_lazy("Something waits for you.")


def _url(user: User, notice: Notice) -> str | None:
    for place in _places.get(notice.subject_ref.partition("-")[0], []):
        if not place.roles or user.has_role(*place.roles):
            return reverse(place.url_name, args=[notice.subject_ref] if place.with_ref else None)
    return None


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
