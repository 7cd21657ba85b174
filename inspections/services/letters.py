"""Issue the employer's letter; nothing that points at a complaint or a person gets into one."""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor
from core.notices import notify
from inspections.errors import NotNow
from inspections.letters import compose, leaks_in
from inspections.models import CorrectiveAction, Letter, LetterAction, Visit
from inspections.models.actions import Step
from inspections.services.actions import people_of, step
from inspections.services.planning import as_user


@transaction.atomic
def issue_letter(
    visit: Visit, *, language: str, actor: Actor, issued_on: date | None = None, at: datetime | None = None
) -> Letter:
    """Issue the employer's letter as it stands now and serve its open actions. Raises NotNow while anything leaks."""
    require(actor, "issue", visit)
    day = issued_on or timezone.localdate()
    with translation.override(language):
        content = compose(visit, day)
    if not content["findings"] and not content["complete"]:
        raise NotNow(_("There is nothing to write about yet."))
    if leaks_in(content, visit):
        raise NotNow(_("Something in this letter would point at a complaint or at a person. Please reword it first."))
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    letter = Letter.objects.create(
        visit=visit,
        party=visit.party,
        language=language,
        content=content,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        issued_on=day,
        issued_by=as_user(actor),
    )
    named = [action["ref"] for finding in content["findings"] for action in finding["actions"]]
    for action in CorrectiveAction.objects.filter(ref__in=named).select_related("finding__visit"):
        LetterAction.objects.create(letter=letter, action=action)
        if action.stands == Step.OPEN:
            step(action, Step.SERVED, actor=actor, at=at)
    audit.record("letter.issued", actor=actor, subject=visit.ref, letter=letter.ref, digest=letter.digest)
    for person in people_of(visit.party):
        notify(person, "letter_issued", subject_ref=letter.ref)
    return letter
