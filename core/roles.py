"""Name the roles that a person may have in an organisation's account, and the kinds of account."""

from enum import StrEnum


class Role(StrEnum):
    """What a person does here; one person may hold several roles in several accounts."""

    MINISTRY_OFFICER = "ministry_officer"
    INSPECTOR = "inspector"
    CASE_OFFICER = "case_officer"
    COMPANY_MEMBER = "company_member"
    RECRUITER_MEMBER = "recruiter_member"
    REFERRAL_PARTNER = "referral_partner"
    AUDITOR = "auditor"
    EDITOR = "editor"
    ADMIN = "admin"


class AccountKind(StrEnum):
    """What an organisation that signs in is."""

    MINISTRY = "ministry"
    INSPECTORATE = "inspectorate"
    COMPANY = "company"
    RECRUITER = "recruiter"
    PARTNER = "partner"
    OPERATOR = "operator"


ROLES_OF_ACCOUNT: dict[AccountKind, frozenset[Role]] = {
    AccountKind.MINISTRY: frozenset({Role.MINISTRY_OFFICER, Role.CASE_OFFICER, Role.AUDITOR, Role.EDITOR}),
    AccountKind.INSPECTORATE: frozenset({Role.INSPECTOR, Role.AUDITOR}),
    AccountKind.COMPANY: frozenset({Role.COMPANY_MEMBER}),
    AccountKind.RECRUITER: frozenset({Role.RECRUITER_MEMBER}),
    AccountKind.PARTNER: frozenset({Role.REFERRAL_PARTNER}),
    AccountKind.OPERATOR: frozenset({Role.ADMIN, Role.EDITOR, Role.AUDITOR}),
}
