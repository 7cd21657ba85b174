"""Who is counted for the public: whoever said yes, by her newest answer, arriving and when her case ends."""

import pytest
from django.utils import timezone

from cms.statistics import counting
from cms.statistics.periods import Period
from grievances import services
from grievances.remedy import Outcome
from grievances.services import following
from tests.grievances.builders import make_case, make_grievance

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("answers", "counted"), [((True,), 1), ((False,), 0), ((True, False), 0), ((False, True), 1), ((), 0)]
)
def test_her_newest_answer_holds_for_arrivals_and_outcomes_alike(answers, counted, nadia) -> None:
    grievance = make_grievance(("WAG",), consents={})
    case = make_case(nadia, grievance, priority="normal")
    for given in answers:
        following.change_contact(grievance, "receipt", {}, {"statistics_anonymised": given}, language="ne")
    following.withdraw(grievance)
    services.close(case, Outcome.WITHDRAWN, actor=nadia)
    today = timezone.localdate()
    period = Period(today.year, (today.month + 2) // 3)
    assert counting.cube(period).everybody == counted
    assert sum(counting.outcomes(period).values()) == counted
