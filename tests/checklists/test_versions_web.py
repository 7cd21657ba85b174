"""Publishing and reading checklist versions."""

import hashlib
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from checklists.models import ChecklistVersion
from checklists.services import NotPublishable, publish, publish_shipped
from checklists.sources import LABOUR, labour_inspection
from core.actors import SYSTEM
from core.models import AuditEntry


def test_publishing_twice_is_publishing_once(db: None) -> None:
    first = publish(labour_inspection(), actor=SYSTEM)
    assert publish(labour_inspection(), actor=SYSTEM) == first
    assert AuditEntry.objects.filter(verb="checklist.published").count() == 1


def test_only_the_ministry_publishes(rosa: Any, farah: Any) -> None:
    with pytest.raises(PermissionDenied):
        publish(labour_inspection(), actor=rosa)
    assert publish(labour_inspection(), actor=farah).published_by == farah


def test_a_turned_meaning_is_refused_with_its_place(db: None) -> None:
    first = labour_inspection()
    publish(first, actor=SYSTEM)
    section = first.sections[0]
    turned = replace(section, items=(*section.items[:1], replace(section.items[1], adverse="yes"), *section.items[2:]))
    with pytest.raises(NotPublishable) as refusal:
        publish(replace(first, sections=(turned, *first.sections[1:])), actor=SYSTEM)
    assert [(problem.where, problem.code) for problem in refusal.value.problems] == [("REC-02", "adverse_turned")]
    assert ChecklistVersion.objects.count() == 1


def test_the_command_publishes_what_ships_and_can_run_again(db: None) -> None:
    for _time in range(2):
        out = StringIO()
        call_command("publish_checklists", "--limit", "ACC-08=6", stdout=out)
        assert "labour-inspection.1: 83 questions" in out.getvalue()
    assert ChecklistVersion.objects.filter(code=LABOUR).count() == 1


def test_the_file_that_is_handed_out_has_the_versions_digest(client: Any, rosa: Any) -> None:
    version = publish(labour_inspection(), actor=SYSTEM)
    client.force_login(rosa)
    response = client.get(f"/workspace/checklists/{LABOUR}/1.json")
    assert hashlib.sha256(response.content).hexdigest() == version.digest


@pytest.mark.parametrize("words", ["en", "ar", "ne"])
def test_the_page_shows_every_question_in_the_chosen_wording(client: Any, rosa: Any, words: str) -> None:
    version = publish(labour_inspection(), actor=SYSTEM)
    client.force_login(rosa)
    page = client.get(f"/workspace/checklists/{LABOUR}/1/?words={words}").content.decode()
    assert version.questionnaire.item("ACC-08").text.read(words) in page
    assert "no national limit set" in page


def test_the_changes_page_names_what_a_new_version_changed(client: Any, rosa: Any) -> None:
    publish(labour_inspection(), actor=SYSTEM)
    publish(labour_inspection({"ACC-08": 6}), actor=SYSTEM)
    client.force_login(rosa)
    page = client.get(f"/workspace/checklists/{LABOUR}/2/changes/").content.decode()
    assert "ACC-08" in page
    assert "judged differently" in page
    assert "first version" in client.get(f"/workspace/checklists/{LABOUR}/1/changes/").content.decode()


@pytest.mark.parametrize("who", ["quentin", "omar", "partner_user", "stranger"])
def test_strangers_find_no_checklists(db: None, client: Any, request: Any, who: str) -> None:
    publish_shipped(actor=SYSTEM)
    client.force_login(request.getfixturevalue(who))
    assert client.get("/workspace/checklists/").status_code == 404
    assert client.get(f"/workspace/checklists/{LABOUR}/1/").status_code == 404


def test_the_list_names_all_four(client: Any, rosa: Any) -> None:
    publish_shipped(actor=SYSTEM)
    client.force_login(rosa)
    page = client.get("/workspace/checklists/").content.decode()
    assert page.count("/1/") >= 4
