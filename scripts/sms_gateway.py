"""Run Safeconduct behind Kannel: 500 grievances by text message and by web page, counted against the audit trail."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from scripts.sms_phones import Browser, Centre, Phone, speak

# Below log-level 2 Kannel writes numbers and words into its log: keep it at 3.
CONFIG = """
group = core
admin-port = {admin}
admin-password = {secret}
smsbox-port = {smsbox}
log-level = 3
log-file = "{folder}/bearerbox.log"
store-type = file
store-location = "{folder}/kannel.store"
box-allow-ip = "127.0.0.1"

group = smsc
smsc = fake
smsc-id = fake
port = {fake}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
sendsms-chars = "0123456789 +-"
log-file = "{folder}/smsbox.log"
log-level = 3
http-request-retry = 30
http-queue-delay = 2
max-pending-requests = 4

group = sendsms-user
username = safeconduct
password = {secret}
concatenation = true
max-messages = 8

group = sms-service
keyword = default
post-url = "http://gateway:{token}@127.0.0.1:{web}/sms/in/?id=%I"
send-sender = true
accept-x-kannel-headers = true
max-messages = 0
catch-all = true
"""


def free_ports(count: int) -> list[int]:
    """Return ports that nothing listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _each in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Machines:
    """Safeconduct and Kannel on this machine, started and stopped together; nothing else is touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.admin, self.smsbox, self.fake, self.sendsms, self.web = free_ports(5)
        self.secret, self.token = secrets.token_hex(12), secrets.token_hex(12)
        self.restarts = 0
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        values = {**vars(self), "folder": folder}
        (folder / "kannel.conf").write_text(CONFIG.format(**values))
        self.env = {
            **os.environ,
            "DEMO": "1",
            "DATA_DIR": str(folder),
            "PORT": str(self.web),
            "LOG_LEVEL": "WARNING",
            "SMS_URL": f"kannel://safeconduct:{self.secret}@127.0.0.1:{self.sendsms}/cgi-bin/sendsms?from=1234",
            "SMS_TOKEN": self.token,
        }

    def start(self, name: str, *command: str) -> None:
        """Start one program; what it says goes to a file of its name."""
        log = (self.folder / f"{name}.out").open("ab")
        self.running[name] = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        """Stop one program that was started here."""
        program = self.running.pop(name)
        program.send_signal(how)
        try:
            program.wait(20)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()

    def kannel(self) -> None:
        """Start the gateway: bearerbox, then smsbox."""
        self.start("bearerbox", "bearerbox", "-v", "4", str(self.folder / "kannel.conf"))
        reach(self.smsbox)
        self.start("smsbox", "smsbox", "-v", "4", str(self.folder / "kannel.conf"))
        reach(self.sendsms)

    def keep(self, name: str) -> None:
        """Start a box of the gateway again that died of itself, as run_kannel_box does in an installation."""
        if name in self.running and self.running[name].poll() is not None:
            self.restarts += 1
            self.start(name, name, "-v", "4", str(self.folder / "kannel.conf"))

    def manage(self, *arguments: str) -> str:
        """Run one command of Safeconduct and return what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], env=self.env, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def safeconduct(self) -> None:
        """Start Safeconduct on an empty database of its own."""
        ready = os.environ.get("READY_DATABASE")  # one that was migrated already saves the longest step
        if ready:
            shutil.copy(ready, self.folder / "safeconduct.sqlite3")
        else:
            self.manage("migrate", "--verbosity", "0")
        self.start(
            "web",
            *(sys.executable, "-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{self.web}"),
            *("-k", "gthread", "-w", "2", "--threads", "4", "--timeout", "120", "--keep-alive", "75"),
        )
        reach(self.web)

    def end(self) -> None:
        """Stop everything that was started here."""
        for name in list(self.running):
            self.stop(name)


def reach(port: int) -> None:
    """Wait until something listens on a port of this machine."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"Nothing listens on port {port}.")


# What a minute's timer does in an installation: here every few seconds, so that a run does not take hours.
CLOCK = """
import time
from django.utils import timezone
from core import due
while True:
    due.run_one("texts", timezone.now())
    time.sleep(5)
"""
CHECK = """
import json
from django.db.models import Count
from core.models import AuditEntry
from core import audit, keyring
from core.keyring import KeyRing
from grievances import budgets, receipts
from grievances.models import Draft, Grievance, PhoneLine, SmsOut, SmsPart, SmsTalk
from grievances.services import following
from grievances.services.doors import let_in
asked = json.load(open(PATH))
wrong = 0
for receipt, words in asked:
    budgets.purse.empty()
    entrance = let_in(receipts.read(receipt), source="check")
    if entrance is None:
        wrong += 1
        continue
    with keyring.holding(KeyRing(lambda pair=entrance.pair: [pair])):
        told = following.own_words(entrance.grievance).get("words", "")
    wrong += words not in told or entrance.grievance.codes != ("DOC", "FEE")
lodged = AuditEntry.objects.filter(verb="grievance.lodged")
by = {}
for facts in lodged.values_list("facts", flat=True):
    by[facts["channel"]] = by.get(facts["channel"], 0) + 1
print(json.dumps({
    "asked": len(asked), "wrong": wrong, "grievances": Grievance.objects.count(),
    "by_channel": dict(Grievance.objects.values_list("channel").annotate(n=Count("pk"))), "audit_by_channel": by,
    "kept": Grievance.objects.filter(receipt_kept=True).count(),
    "audit_kept": AuditEntry.objects.filter(verb="grievance.receipt_kept").count(),
    "lines": PhoneLine.objects.count(), "reach": AuditEntry.objects.filter(verb="grievance.sms_reach").count(),
    "talks": SmsTalk.objects.count(), "waiting": SmsOut.objects.count(), "parts": SmsPart.objects.count(),
    "drafts": Draft.objects.count(), "chain": audit.verify()[1] is None,
}))
"""


def main(by_text: int, by_web: int) -> int:
    """Run it all; return 1 if a single count differs."""
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(1))  # so that what was started is stopped as well
    with tempfile.TemporaryDirectory(prefix="safeconduct-sms-") as name:
        machines = Machines(Path(name))
        try:
            return run(machines, by_text, by_web)
        finally:
            machines.end()
            for log in ("bearerbox.out", "smsbox.out", "web.out"):
                path = Path(name, log)
                if os.environ.get("KEEP_LOGS") and path.exists():
                    Path(os.environ["KEEP_LOGS"], log).write_bytes(path.read_bytes())


def run(machines: Machines, by_text: int, by_web: int) -> int:
    """Start everything, let phones and browsers file, kill the gateway in between, compare."""
    machines.safeconduct()
    Browser(f"http://127.0.0.1:{machines.web}").page("/en/report/new/")  # whatever loads, loads now
    machines.kannel()
    machines.start("clock", sys.executable, "manage.py", "shell", "-v", "0", "-c", CLOCK)
    numbers = [f"+97455{place:06d}" for place in range(by_text)]
    phones = {number: Phone(number, f"passport kept {number[6:]} कतार") for number in numbers}
    centre = Centre(machines.fake, phones)
    asked: list[tuple[str, str]] = []
    begun = time.monotonic()

    def browse(first: int, step: int) -> None:
        for place in range(first, by_web, step):
            words = f"web words {place}"
            asked.append((Browser(f"http://127.0.0.1:{machines.web}", place).file(words), words))

    over = threading.Event()

    def outage() -> None:
        time.sleep(max(5.0, min(30.0, 0.2 * by_text)))
        for box in ("smsbox", "bearerbox"):
            machines.stop(box, signal.SIGTERM)
        time.sleep(3)
        machines.kannel()
        while not over.wait(2):
            machines.keep("smsbox")

    helpers = [threading.Thread(target=browse, args=(n, 3)) for n in range(3)] + [threading.Thread(target=outage)]
    for helper in helpers:
        helper.start()
    speak(centre, list(phones.values()))
    over.set()
    for helper in helpers:
        helper.join()
    seconds = time.monotonic() - begun
    centre.open = False
    machines.manage("run_due")
    asked += [(phone.receipt, phone.words) for phone in phones.values() if phone.done]
    path = machines.folder / "asked.json"
    path.write_text(json.dumps(asked))
    found = json.loads(
        machines.manage("shell", "-v", "0", "-c", CHECK.replace("PATH", repr(str(path)))).splitlines()[-1]
    )
    done = sum(phone.done for phone in phones.values())
    right = (
        done == by_text
        and len(asked) == by_text + by_web == found["grievances"] == found["kept"] == found["audit_kept"]
        and found["by_channel"] == found["audit_by_channel"]
        and found["by_channel"].get("sms", 0) == by_text == found["reach"]
        and not found["wrong"]
        and found["chain"]
    )
    report = {
        **found,
        "phones_done": done,
        "asked_again": centre.again_said,
        "boxes_restarted": machines.restarts,
        "texts_in": centre.sent,
        "texts_out": centre.came,
        "seconds": round(seconds, 1),
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    sys.stdout.write("All whole; all counts agree.\n" if right else "NOT ALL IS WELL.\n")
    return 0 if right else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), int(sys.argv[2])))
