"""Weigh, read and photograph every page of the worker's side, in every state and language asked for.

    python scripts/worker_pages.py weigh                          # bytes on the wire and requests, all languages
    python scripts/worker_pages.py look --languages en,ar,my,ne   # axe and 320 pixels in a real browser
    python scripts/worker_pages.py look --shots /tmp/shots        # photographs too, 360 pixels wide

Works in one process on a new SQLite database. Ends with 1 where a first load weighs more than 14 KB or needs more than
three requests, where axe finds anything, or where a page is wider than the screen.
"""

import argparse
import gzip
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
MOST_BYTES, MOST_REQUESTS = 14 * 1024, 3
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ASKED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<link rel="icon" href="(?!data:)([^"]+)"|src="([^"]+)"')
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
Pages = Iterator[tuple[str, str, bytes]]


def begin(folder: Path, prepared: Path | None) -> None:
    """Make this process the product on a new database in a folder, or on a copy of one that was prepared before."""
    for name in ("PYTEST_VERSION", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"DEMO": "1", "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= {"TASKS": "inline", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    if prepared is not None:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.CRITICAL)
    call_command("compile_catalogues", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


class Walk:
    """One worker who walks through every page and state in one language; each answer is handed out by its name."""

    def __init__(self, language: str) -> None:
        from django.test import Client

        self.language, self.phone = language, Client(SERVER_NAME="localhost")
        self.base, self.page = f"/{language}/report/", ""

    def get(self, name: str, where: str) -> tuple[str, str, bytes]:
        """Open a page."""
        return self._took(name, where, self.phone.get(where))

    def post(self, name: str, where: str, **fields: Any) -> tuple[str, str, bytes]:
        """Send the page's form with some fields filled in."""
        main = self.page.split("<main")[1]
        carried: dict[str, Any] = {}
        for key, value in HIDDEN.findall(main):
            carried.setdefault(key, []).append(value)
        found = re.search(r'name="form_key" value="([^"]+)"', main)
        carried |= {"form_key": found[1]} if found else {}
        response = self.phone.post(where, {**carried, **fields})
        if response.status_code in (302, 303):
            response = self.phone.get(response.headers["Location"])
        return self._took(name, where, response)

    def _took(self, name: str, where: str, response: Any) -> tuple[str, str, bytes]:
        self.page = response.content.decode()
        return name, where, response.content

    def telling(self) -> Pages:
        """Walk from the first page to the receipt."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from grievances.budgets import purse

        new = self.base + "new/"
        purse.empty()
        yield self.get("start", self.base)
        yield self.get("safety", self.base + "safety/")
        yield self.get("calendar", f"/{self.language}/calendar/")
        yield self.get("what", new)
        yield self.post("what: nothing ticked", new)
        yield self.post("where", new, codes=["FEE", "DOC"], danger_now="on")
        yield self.post("words", new, country="QA", employer="Northwind", recruiter="Golden Bridge", people="one")
        bad = SimpleUploadedFile("a.jpg", b"<html>")
        yield self.post("words: file refused", new, words="They hold my passport.", papers=[bad])
        yield self.post("where: gone back", new, words="They hold my passport.", back="1")
        yield self.post("words: typed", new, country="QA")
        note = SimpleUploadedFile("a.txt", b"a note")
        yield self.post("contact", new, words="They hold my passport.", papers=[note])
        yield self.post("contact: number missing", new, mode="sms", value="")
        yield self.post("receipt", new, mode="receipt", consents=["investigate"])
        block = self.page.split('class="receipt"')[1].split("</div></div>")[0]
        self.receipt = re.sub(r"\D", "", re.sub(r"<[^>]+>", "", block.split(">", 1)[1]))
        wrong = f"{(int(self.receipt[0]) + 1) % 10}{self.receipt[1:]}"
        yield self.post("receipt: wrong digit", self.base + "receipt/", receipt=wrong)
        yield self.post("receipt: skipped", self.base + "receipt/", skip="1")
        yield self.post("sent", self.base + "receipt/", leave="1")
        old = {"token": "x", "guard": "x"}
        yield self.get("what", new)
        yield self.post("what: stale form", new, codes=["FEE"], **old)

    def returning(self) -> Pages:
        """Come back with the receipt, and see every state of one's page."""
        from grievances import services
        from grievances.budgets import purse
        from grievances.keys import new_token
        from grievances.models import Grievance

        entry, case = self.base + "follow-up/", self.base + "follow-up/case/"
        purse.empty()
        yield self.get("come back", entry)
        yield self.post("come back: mistyped", entry, receipt="123")
        yield self.post("come back: unknown", entry, receipt=new_token().receipt.digits)
        for _try in range(14):
            self.post("", entry, receipt=new_token().receipt.digits)
        yield self.post("come back: throttled", entry, receipt=new_token().receipt.digits)
        purse.empty()
        self.get("", entry)
        yield self.post("her page", entry, receipt=self.receipt)
        grievance, officer = Grievance.objects.latest("pk"), _officer()
        services.send_message(grievance, "We read it. Are you safe?", actor=officer)
        yield self.get("her page: with a message", case)
        yield self.post("her page: after writing", case, words="Yes, I am safe.")
        number = str(grievance.messages.order_by("pk")[0].pk)
        yield self.post(
            "her page: message hidden, words kept", self.base + "follow-up/hide/", message=number, words="half"
        )
        yield self.post("her own words", self.base + "follow-up/words/")
        yield self.get("contact and consent", self.base + "follow-up/contact/")
        yield self.post("contact and consent: faulty", self.base + "follow-up/contact/", mode="sms", value="")
        yield self.get("withdraw", self.base + "follow-up/withdraw/")
        yield self.post("withdrawn", self.base + "follow-up/withdraw/")
        self.phone.cookies.pop("return", None)
        yield self.post("her page: session over", case, words="half a sentence")

    def pages(self) -> Pages:
        """Walk all of it."""
        yield from self.telling()
        yield from self.returning()


def _officer() -> Any:
    """Return a case officer of the walk's own."""
    from django.utils import timezone

    from core.models import Account, Membership, User
    from core.roles import AccountKind, Role

    user, new = User.objects.get_or_create(username="walk")
    if new:
        account, _new = Account.objects.get_or_create(name="Ministry", kind=AccountKind.MINISTRY)
        Membership.objects.create(user=user, account=account, role=Role.CASE_OFFICER, since=timezone.localdate())
    return user


def weigh(languages: list[str]) -> int:
    """Print bytes and requests of a first load of each page; return how many are too heavy."""
    from django.contrib.staticfiles import finders

    sizes: dict[str, int] = {}

    def size_of(link: str) -> int:
        if link not in sizes:
            path = finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", link.removeprefix("/static/")))
            sizes[link] = len(gzip.compress(Path(str(path)).read_bytes(), 6)) if path else 0
        return sizes[link]

    table: dict[str, dict[str, tuple[int, int]]] = {}
    for language in languages:
        for name, _where, content in Walk(language).pages():
            links = {next(filter(None, found)) for found in ASKED.findall(content.decode())}
            total = len(gzip.compress(content, 6)) + sum(size_of(link) for link in links)
            table.setdefault(name, {})[language] = (total, 1 + len(links))
    print(f"{'':38}" + "".join(f"{language:>8}" for language in languages))
    heavy = 0
    for name, row in table.items():
        print(f"{name:38}" + "".join(f"{row[language][0] / 1024:6.1f}/{row[language][1]}" for language in languages))
        heavy += sum(size > MOST_BYTES or asked > MOST_REQUESTS for size, asked in row.values())
    top = max(size for row in table.values() for size, _asked in row.values())
    print(
        f"{len(table)} pages and states in {len(languages)} languages; heaviest {top / 1024:.1f} KB; {heavy} too heavy"
    )
    return heavy


def look(languages: list[str], shots: Path | None) -> int:
    """Let axe read each page at 320 pixels, and photograph it; return how many faults there were."""
    from axe_playwright_python.sync_playwright import Axe
    from django.contrib.staticfiles import finders
    from playwright.sync_api import sync_playwright

    faults = seen = 0
    chromium = next((path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists()), None)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 320, "height": 640})
        shown = {"html": b""}

        def answer(route: Any) -> None:
            path = route.request.url.split("/", 3)[3]
            if path.startswith("static/"):
                file = finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", path.removeprefix("static/")))
                route.fulfill(path=str(file)) if file else route.abort()
            else:
                route.fulfill(body=shown["html"], content_type="text/html; charset=utf-8")

        page.route("**/*", answer)
        for language in languages:
            for place, (name, where, content) in enumerate(Walk(language).pages()):
                shown["html"] = content
                page.goto("http://localhost" + where)
                page.wait_for_load_state("load")
                seen += 1
                for fault in Axe().run(page, options=AXE).response["violations"]:
                    faults += 1
                    print(f"{language} {name}: {fault['id']} {[node['html'][:120] for node in fault['nodes']][:3]}")
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > 320:
                    faults += 1
                    print(f"{language} {name}: {wide} pixels wide")
                if shots:
                    slug = re.sub(r"\W+", "-", name)
                    page.screenshot(path=shots / f"{language}-{place:02d}-{slug}.png", full_page=True)
        browser.close()
    print(f"{seen} pages and states in {len(languages)} languages at 320 pixels: {faults} faults")
    return faults


def main() -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["weigh", "look"])
    parser.add_argument("--languages", default="", help="codes with commas; all where none is given")
    parser.add_argument("--shots", type=Path, help="a folder for photographs")
    parser.add_argument("--prepared", type=Path, help="a data folder to begin with a copy of")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="worker-pages-") as name:
        begin(Path(name), chosen.prepared)
        from core.spoken import spoken

        languages = chosen.languages.split(",") if chosen.languages else list(spoken())
        if chosen.shots:
            chosen.shots.mkdir(parents=True, exist_ok=True)
        return int(bool(weigh(languages) if chosen.what == "weigh" else look(languages, chosen.shots)))


if __name__ == "__main__":
    sys.exit(main())
