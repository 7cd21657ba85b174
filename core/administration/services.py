"""Open accounts, add people, give and end roles. An administrator manages who signs in and reads nobody's words."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, keypairs
from core.actors import Actor
from core.models import Account, Membership, User
from core.roles import ROLES_OF_ACCOUNT, AccountKind, Role


@transaction.atomic
def open_account(*, name: str, kind: AccountKind, actor: Actor) -> Account:
    """Open an organisation's account."""
    access.require_role(actor, Role.ADMIN)
    account = Account.objects.create(name=name, kind=kind)
    audit.record("account.opened", actor=actor, subject=account.ref, kind=kind)
    return account


@transaction.atomic
def add_person(*, username: str, display_name: str, email: str, language: str, actor: Actor) -> User:
    """Add a person who cannot sign in until she has set a password of her own by the link of `first_password_link`."""
    access.require_role(actor, Role.ADMIN)
    user = User(username=username, display_name=display_name, email=email, language=language)
    user.set_unusable_password()
    user.save()
    audit.record("person.added", actor=actor, subject=user.audit_code)
    return user


def first_password_link(user: User) -> str:
    """Return the path, good for a few days and once, at which a person sets her own password."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, token = key.split("-", 1)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})


@transaction.atomic
def give_role(user: User, account: Account, role: Role, *, actor: Actor) -> Membership:
    """Give a role in an account from today; raises ValidationError where the account cannot hold it."""
    access.require_role(actor, Role.ADMIN)
    if role not in ROLES_OF_ACCOUNT[AccountKind(account.kind)]:
        raise ValidationError(_("An account of this kind cannot hold this role."))
    membership, created = Membership.objects.get_or_create(user=user, account=account, role=role, until=None)
    if created:
        audit.record("role.given", actor=actor, subject=user.audit_code, role=role, account=account.ref)
    return membership


@transaction.atomic
def end_role(membership: Membership, *, actor: Actor) -> Membership:
    """End a role at once; the row remains as history, and the person is signed out everywhere."""
    access.require_role(actor, Role.ADMIN)
    yesterday = timezone.localdate() - timedelta(days=1)
    membership.since = min(membership.since, yesterday)
    membership.until = yesterday
    membership.save(update_fields=["since", "until"])
    sign_out_everywhere(membership.user)
    if not keypairs.needs_pair(membership.user):
        keypairs.take_keys_away(membership.user, actor=actor)
    audit.record("role.ended", actor=actor, subject=membership.user.audit_code, role=membership.role)
    return membership


@transaction.atomic
def set_active(user: User, *, active: bool, actor: Actor) -> User:
    """Close or reopen a person's sign-in; closing ends her sessions at once."""
    access.require_role(actor, Role.ADMIN)
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        sign_out_everywhere(user)
        keypairs.take_keys_away(user, actor=actor)
    audit.record("person.reopened" if active else "person.closed", actor=actor, subject=user.audit_code)
    return user


def sign_out_everywhere(user: User) -> None:
    """End every session of a person."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
