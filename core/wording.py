"""Say in words what the ground floor keeps as codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.roles import AccountKind, Role

ROLES: dict[Role, str | Promise] = {
    Role.MINISTRY_OFFICER: _("ministry officer"),
    Role.INSPECTOR: _("inspector"),
    Role.CASE_OFFICER: _("case officer"),
    Role.COMPANY_MEMBER: _("company member"),
    Role.RECRUITER_MEMBER: _("recruiter member"),
    Role.REFERRAL_PARTNER: _("referral partner"),
    Role.AUDITOR: _("auditor"),
    Role.EDITOR: _("editor of the public site"),
    Role.ADMIN: _("administrator"),
}
# Names of languages that Django does not know, so that they are translated for staff.
LANGUAGE_NAMES = (gettext_noop("Filipino"), gettext_noop("Sinhala"))
ACCOUNT_KINDS: dict[AccountKind, str | Promise] = {
    AccountKind.MINISTRY: _("ministry"),
    AccountKind.INSPECTORATE: _("labour inspectorate"),
    AccountKind.COMPANY: _("company"),
    AccountKind.RECRUITER: _("recruiter"),
    AccountKind.PARTNER: _("organisation that helps workers"),
    AccountKind.OPERATOR: _("operator of this platform"),
}
