"""Gather what a case holds besides its steps: harms and what is owed, who was asked, who helps, whether she is safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from grievances.entitlements import ENTITLEMENTS
from grievances.forms.cases import FindingForm, HarmForm, SafetyForm
from grievances.models import CaseHarm, CaseReferral, RemediationCase, ReplyRequest, SafetyCheck
from grievances.models.referrals import Stage
from grievances.reasons import CONTACT_CHANNELS, ENTITLED, RETALIATION_FORMS, say
from grievances.wording import category_label


@dataclass(frozen=True)
class Refused:
    """What could not be done at one line of the page: said there, with what was typed."""

    part: str
    number: int
    words: str
    move: str
    typed: Mapping[str, Any]


def shown_at(refused: Refused | None, part: str, number: int) -> dict[str, Any]:
    """Return what a line shows of a refusal; nothing where it concerns another line."""
    if refused is None or (refused.part, refused.number) != (part, number):
        return {}
    return {"refused": refused.words, "refused_move": refused.move, "typed": refused.typed}


STAGE_TONES = {
    Stage.WAITING: "warn",
    Stage.SENT: "info",
    Stage.ACCEPTED: "good",
    Stage.STARTED: "good",
    Stage.COMPLETED: "good",
    Stage.RETURNED: "warn",
    Stage.DECLINED: "bad",
    Stage.REVOKED: "",
    Stage.REFUSED: "",
    Stage.STOPPED: "",
}
STAND_TONES = {"accepts": "good", "partly": "warn", "denies": "bad", "unable": "warn"}


def casefile(case: RemediationCase, refused: Refused | None = None) -> dict[str, Any]:
    """Return what the case's page shows besides its steps, in a fixed number of queries."""
    standing = case.harms.filter(struck_on=None).prefetch_related("findings__by", "steps")
    return {
        "harms": [_harm(harm) | shown_at(refused, "harm", harm.number) for harm in standing],
        "harm_form": HarmForm(),
        "finding_form": FindingForm(),
        "asked": [_asked(each) for each in case.reply_requests.select_related("party", "reply")],
        "helped": [_helped(each) for each in case.referrals.with_stage().select_related("partner")],
        "checks": [
            _check(each) | shown_at(refused, "check", each.due_on.toordinal())
            for each in case.grievance.safety_checks.select_related("by")
        ],
        "safety_form": SafetyForm(),
    }


def _harm(harm: CaseHarm) -> dict[str, Any]:
    findings = list(harm.findings.all())
    newest = findings[-1] if findings else None
    tones = {"substantiated": "bad", "not_substantiated": "", "inconclusive": "warn"}
    return {
        "row": harm,
        "what": category_label(harm.category),
        "owed": say(ENTITLED, harm.entitlement),
        "source": ENTITLEMENTS[harm.entitlement].source if harm.entitlement in ENTITLEMENTS else "",
        "steps": ", ".join(str(step.number) for step in harm.steps.all()),
        "finding": newest.get_result_display() if newest else "",
        "tone": tones[newest.result] if newest else "",
        "findings": findings,
    }


def _asked(request: ReplyRequest) -> dict[str, Any]:
    reply = request.reply if request.answered else None
    return {
        "row": request,
        "reply": reply,
        "stand": reply.get_stand_display() if reply else "",
        "tone": STAND_TONES[reply.stand] if reply else "",
        "late": reply is None and request.taken_back_on is None and request.due_on < timezone.localdate(),
    }


def _helped(referral: CaseReferral) -> dict[str, Any]:
    return {"row": referral, "stage": referral.stage.label, "tone": STAGE_TONES[referral.stage]}


def _check(check: SafetyCheck) -> dict[str, Any]:
    return {
        "row": check,
        "iso": check.due_on.isoformat(),
        "words": check.get_result_display() if check.result else "",
        "tone": {"retaliation": "bad", "safe": "good", "not_reached": "warn"}.get(check.result, ""),
        "form": say(RETALIATION_FORMS, check.form) if check.form else "",
        "channel": say(CONTACT_CHANNELS, check.channel) if check.channel else "",
        "due": check.done_on is None and check.due_on <= timezone.localdate(),
        "herself": check.done_on is not None and check.by_id is None,
    }
