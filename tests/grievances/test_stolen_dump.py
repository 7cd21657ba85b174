"""A stolen dump of database and files (case 40): alone it opens nothing; with one person's secret, only her own."""

import io

import pytest
from django.conf import settings
from django.test import Client

from core import serverkey
from core.models import User
from core.roles import Role
from core.storage import sealed_storage
from grievances import services
from grievances.models import Grievance
from grievances.receipts import read
from tests.factories import make_user
from tests.grievances.builders import judgement
from tests.grievances.vaultreader import Stranger
from tests.grievances.walking import come_back, hidden, shown_receipt, walk
from tests.keys import PASSWORD, present

pytestmark = pytest.mark.django_db
PARTS = ("words", "place", "employer", "caution", "file", "answer", "reply", "note", "step")


@pytest.fixture
def run(nadia, django_capture_on_commit_callbacks):
    """Return the receipts of a whole run: Nadia alone opens the finch's grievance, Asha alone the crane's."""
    asha = make_user("asha", Role.CASE_OFFICER, display_name="Asha")
    receipts = {}
    for bird, handler, other in (("finch", nadia, asha), ("crane", asha, nadia)):
        receipts[bird] = _file(bird)
        grievance = Grievance.objects.latest("pk")
        with present(other):
            services.recuse(grievance, reason="knows_party", actor=other)
        _handle(bird, grievance, handler, receipts[bird])
    return receipts


def _file(bird: str) -> str:
    phone, note = Client(), io.BytesIO(f"{bird}file in a text".encode())
    note.name = f"{bird}name.txt"
    page = walk(
        phone,
        "en",
        where={"place": f"{bird}place", "employer": f"{bird}employer", "recruiter": ""},
        words={"words": f"{bird}words"},
        files=[note],
        contact={"mode": "phone", "value": "+97798123456", "name": f"{bird}person", "caution": f"{bird}caution"},
    )
    return shown_receipt(page.content.decode())


def _handle(bird: str, grievance: Grievance, handler: User, receipt: str) -> None:
    phone = Client()
    come_back(phone, receipt, "en")
    page = phone.get("/en/report/follow-up/case/").content.decode()
    phone.post("/en/report/follow-up/case/", {**hidden(page), "words": f"{bird}answer"})
    services.send_message(grievance, f"{bird}reply", actor=handler)
    case = services.triage(grievance, judgement(priority="urgent", note=f"{bird}note"), actor=handler)
    assert case is not None
    plan = services.StepPlan(
        form="restitution", item="passport_returned", owner="employer", due_on=grievance.received_on,
        note=f"{bird}step",
    )  # fmt: skip
    services.add_remedy_step(case, plan, actor=handler)


def stranger(*, key: bool) -> Stranger:
    return Stranger(sealed_storage().folder, settings.VAULT_KEY if key else "a guess")


def test_case_40_the_dump_alone_and_the_dump_with_the_server_s_key_open_nothing(run) -> None:
    assert stranger(key=False).reads() == ""
    assert stranger(key=True).reads() == ""
    assert stranger(key=True).named(b"vault-wrap-v1") == serverkey.wrapping_key()


def test_case_40_one_handler_s_password_opens_only_that_handler_s_grievances(run) -> None:
    thief = stranger(key=True)
    thief.steals_password("nadia", PASSWORD)
    text = thief.reads()
    assert [part for part in PARTS if f"finch{part}" not in text] == []
    assert "crane" not in text
    assert len(thief.boxes()) == 1


def test_case_40_a_password_without_the_server_s_key_opens_nothing(run) -> None:
    thief = stranger(key=False)
    thief.steals_password("nadia", PASSWORD)
    assert thief.privates == []
    thief = stranger(key=True)
    thief.steals_password("asha", PASSWORD + "x")
    assert thief.privates == []


def test_case_40_a_receipt_opens_only_its_own_grievance(run) -> None:
    thief = stranger(key=True)
    thief.steals_receipt(run["crane"])
    text = thief.reads()
    assert [part for part in PARTS if f"crane{part}" not in text] == []
    assert "finch" not in text
    other = stranger(key=True)
    digits = read(run["crane"]).digits
    other.steals_receipt(f"{(int(digits[0]) + 1) % 10}{digits[1:]}")
    assert other.privates == []


def test_case_40_an_administrator_who_sets_a_handler_s_password_opens_nothing(run, admin_user) -> None:
    nadia = User.objects.get(username="nadia")
    nadia.set_password("set by the administrator 1")
    nadia.save()
    client = Client()
    client.post("/accounts/login/", {"login": "nadia", "password": "set by the administrator 1"})
    finch = Grievance.objects.order_by("pk")[0]
    client.post(f"/workspace/grievances/{finch.ref}/open/", {"reason": "triage"})
    assert "finchwords" not in client.get(f"/workspace/grievances/{finch.ref}/").content.decode()
    _file("heron")
    heron = Grievance.objects.latest("pk")
    client.post(f"/workspace/grievances/{heron.ref}/open/", {"reason": "triage"})
    assert "heronwords" not in client.get(f"/workspace/grievances/{heron.ref}/").content.decode()
    thief = stranger(key=True)
    thief.steals_password("nadia", "set by the administrator 1")
    assert len(thief.privates) == 1
    assert thief.reads() == ""
