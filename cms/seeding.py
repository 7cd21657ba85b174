"""Set up the public site: one tree of pages in each language, from the files in content/. Again: no change."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from cms import content
from cms.content import PlannedPage
from cms.models import (
    GuidanceIndex,
    GuidancePage,
    HomePage,
    InfoPage,
    NewsIndex,
    NewsPage,
    PublicPage,
    RightsIndex,
    RightsPage,
)

KINDS: dict[str, type[PublicPage]] = {
    "home": HomePage,
    "rights_index": RightsIndex,
    "right": RightsPage,
    "guidance_index": GuidanceIndex,
    "guidance": GuidancePage,
    "news_index": NewsIndex,
    "news": NewsPage,
    "info": InfoPage,
}
FRESH = "fresh-install"
EDITORS = "Public site editors"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
MEDIA_PERMISSIONS = ("add_image", "change_image", "choose_image")


@transaction.atomic
def build_site(*, with_demo: bool) -> str:
    """Make pages, translations, site and the editors' group; return a line that says what was done."""
    editors_group()
    if HomePage.objects.exists():
        return "The public site is already there; nothing was changed."
    _make_room()
    codes = [code for code, _name in settings.PUBLIC_LANGUAGES if code in content.languages()]
    planned = content.planned_pages(with_demo=with_demo)
    source: dict[str, Page] = {}
    for code in codes:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        words = content.words(code)
        source = _tree(planned, words, locale, source)
    _serve(source)
    return f"The public site was set up: {len(planned)} pages in {len(codes)} languages."


def _tree(
    planned: list[PlannedPage], words: Mapping[str, Mapping[str, Any]], locale: Locale, source: dict[str, Page]
) -> dict[str, Page]:
    """Make one language's pages, translations of the first language's, and return the first language's."""
    first_language = not source
    made: dict[str, Page] = {}
    root = Page.get_first_root_node()
    for plan in planned:
        page = KINDS[plan.kind](locale=locale, slug=_slug(plan, locale, first_language), **_carried(plan))
        _say(page, words[plan.key])
        if not first_language:
            page.translation_key = source[plan.key].translation_key
        parent = root if plan.kind == "home" else made[plan.under]
        parent.add_child(instance=page)
        page.save_revision().publish()
        made[plan.key] = page
    return source or made


def _slug(plan: PlannedPage, locale: Locale, first_language: bool) -> str:
    if plan.kind != "home":
        return plan.key
    return "home" if first_language else f"home-{locale.language_code}"


def _carried(plan: PlannedPage) -> dict[str, Any]:
    """Return the fields that are the same in every language."""
    carried: dict[str, Any] = {"show_in_menus": plan.in_menu}
    if plan.kind in ("right", "guidance"):
        carried["pictogram"] = plan.pictogram
    if plan.kind == "guidance":
        carried["audience"] = plan.audience
    if plan.kind == "news":
        carried["day"] = plan.day
        carried["is_demo"] = True
    return carried


def _say(page: PublicPage, words: Mapping[str, Any]) -> None:
    """Put a language's words into a page."""
    page.title = words["title"]
    page.draft_title = words["title"]
    page.summary = words["summary"]
    page.body = [(kind, _value(kind, value)) for block in words.get("body", ()) for kind, value in block.items()]
    if isinstance(page, HomePage):
        page.ways = [("way", way) for way in words.get("ways", ())]


def _value(kind: str, value: Any) -> Any:
    """Return a block's value; points and steps write their text plainly."""
    if kind in ("points", "steps"):
        return [{**point, "text": f"<p>{point['text']}</p>" if point["text"] else ""} for point in value]
    return value


def _make_room() -> None:
    """Rename the page that a fresh Wagtail brings, so that its address is free."""
    Page.objects.filter(depth=2, slug="home").update(slug=FRESH)


def _serve(pages: Mapping[str, Page]) -> None:
    """Serve the first language's home as the site's root; Wagtail finds the other languages beside it."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name, site.root_page = "Safeconduct", pages["home"]
    site.save()
    for fresh in Page.objects.filter(depth=2, slug=FRESH):
        fresh.delete()


def editors_group() -> Group:
    """Return the group whose members may edit and publish every public page; make it if need be."""
    group, made = Group.objects.get_or_create(name=EDITORS)
    if made:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
        root = Page.get_first_root_node()
        for codename in PAGE_PERMISSIONS:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)
        translate = Permission.objects.filter(codename="submit_translation").first()
        if translate is not None:
            group.permissions.add(translate)
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailimages", codename__in=MEDIA_PERMISSIONS
        ):
            GroupCollectionPermission.objects.create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
    return group
