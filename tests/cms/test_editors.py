"""Only editors enter Wagtail's admin, through our own sign-in, and their right ends with their role."""

import gc
import io
import warnings
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model

from cms.models import RightsPage
from cms.seeding import EDITORS

pytestmark = pytest.mark.usefixtures("site")


def test_a_stranger_is_led_to_our_own_sign_in(client: Client) -> None:
    for path in ("/cms/", "/cms/pages/", "/cms/images/"):
        response = client.get(path)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/accounts/login/")


def test_wagtails_own_sign_in_is_not_a_way_around_the_second_factor(client: Client) -> None:
    assert client.get("/cms/login/").headers["Location"].startswith("/accounts/login/")
    assert client.post("/cms/login/", {"username": "x", "password": "y"}).status_code in (302, 405)
    assert client.get("/cms/password_reset/").headers["Location"].startswith("/accounts/password/reset/")


@pytest.mark.parametrize("name", ["farah", "rosa", "nadia", "quentin", "omar", "admin_user", "auditor", "partner_user"])
def test_whoever_is_not_an_editor_finds_nothing_there(
    client: Client, request: pytest.FixtureRequest, name: str
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get("/cms/").status_code == 404
    assert client.get("/cms/pages/").status_code == 404


def test_an_editor_edits_and_publishes(client: Client, editor: Any) -> None:
    client.force_login(editor)
    page = RightsPage.objects.get(slug="fees", locale__language_code="en")
    assert client.get("/cms/").status_code == 200
    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    assert page.permissions_for_user(editor).can_publish()


def test_an_editor_translates_pages_but_manages_neither_users_nor_documents(client: Client, editor: Any) -> None:
    client.force_login(editor)
    client.get("/cms/")
    editor = type(editor).objects.get(pk=editor.pk)
    assert editor.has_perm("simple_translation.submit_translation")
    assert not editor.has_perm("core.change_user")
    assert client.get("/cms/users/").status_code in (302, 403, 404)


def test_the_right_ends_with_the_role_in_the_middle_of_a_session(client: Client, editor: Any) -> None:
    client.force_login(editor)
    assert client.get("/cms/").status_code == 200
    editor.memberships.update(until=timezone.localdate() - timezone.timedelta(days=1))
    assert client.get("/cms/").status_code == 404
    assert not Group.objects.get(name=EDITORS).user_set.exists()


def make_image() -> Any:
    content = io.BytesIO()
    Image.new("RGB", (1600, 800), "teal").save(content, "PNG")
    return get_image_model().objects.create(title="A gate", file=ImageFile(io.BytesIO(content.getvalue()), "gate.png"))


def test_a_pictures_sizes_are_made_when_its_page_is_published(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = make_image()
    page = RightsPage.objects.get(slug="fees", locale__language_code="en")
    page.body.append(("picture", {"image": image, "shows": "An open gate", "caption": ""}))
    gc.freeze()  # of what a whole run has heaped up, nothing needs to be looked through
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Wagtail leaves its temporary file to the collector
        page.save_revision().publish()
        gc.collect()
    gc.unfreeze()
    assert image.renditions.count() == 1
    html = client.get(page.url).content.decode()
    assert 'alt="An open gate"' in html
    shown = client.get(image.renditions.get().url)
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "image/webp"


def test_an_uploaded_original_is_only_for_editors(client: Client, editor: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    address = "/media/" + make_image().file.name
    assert client.get(address).status_code == 302
    client.force_login(editor)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["..%2f..%2fsettings.py", ".hidden.png", "page.html", "x.svg", "no.png"])
def test_only_pictures_are_served_and_only_ours(client: Client, name: str) -> None:
    assert client.get(f"/media/images/{name}").status_code == 404
