"""Phones and browsers that file grievances: phones speak the protocol of Kannel's fake SMS centre."""

import re
import socket
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from http.cookiejar import CookieJar
from urllib.parse import unquote_to_bytes, urlencode
from urllib.request import HTTPCookieProcessor, HTTPHandler, ProxyHandler, Request, build_opener

WAIT = 240.0
PATIENCE = 90.0
_LINE = re.compile(rb"^\d+ \+?(\d+) (?:udh (\S+) )?(text|data|ucs-2) (.*)$", re.DOTALL)


@dataclass
class Phone:
    """One phone: what it has to say, and what came to it."""

    number: str
    words: str
    inbox: list[str] = field(default_factory=list)
    place: int = 0
    receipt: str = ""
    done: bool = False
    said: tuple[float, str] = (0.0, "")


class Centre:
    """The phones' side of the fake SMS centre: lines of sender, receiver, type and words over one connection."""

    def __init__(self, port: int, phones: dict[str, Phone]) -> None:
        self.port, self.phones, self.sent, self.came = port, phones, 0, 0
        self.again_said = 0
        self.last: Phone | None = None
        self.lock = threading.Lock()
        self.open = True
        self.connect()
        threading.Thread(target=self.listen, daemon=True).start()

    def connect(self) -> None:
        """Connect, again and again while the gateway is down."""
        end = time.monotonic() + 60
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=5)
                self.socket.settimeout(None)
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.3)

    def again(self, lost: socket.socket) -> None:
        """Connect anew in place of a lost connection, once however many noticed: the centre serves one at a time."""
        with self.lock:
            if self.socket is lost and self.open:
                lost.close()
                self.connect()

    def say(self, phone: Phone, text: str) -> None:
        """Send a text from a phone."""
        line = f"{phone.number} 1234 text {text}\n".encode()
        phone.said = (time.monotonic(), text)
        mine = self.socket
        try:
            mine.sendall(line)
        except OSError:
            self.again(mine)
            self.socket.sendall(line)
        self.sent += 1

    def listen(self) -> None:
        """Hand every message to its phone."""
        rest = b""
        while self.open:
            mine = self.socket
            try:
                data = mine.recv(65536)
            except OSError:
                data = b""
            if not data:
                self.again(mine)
                rest = b""
                continue
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self.take(line)

    def take(self, line: bytes) -> None:
        """Read one line: sender, receiver, kind, words; a line without them goes on with the message before it."""
        found = _LINE.match(line)
        if not found:
            if self.last is not None and self.last.inbox:
                self.last.inbox[-1] += "\n" + line.decode("utf-8", "replace")
            return
        receiver, udh, kind, words = found.groups()
        raw = words if kind == b"text" else unquote_to_bytes(words.replace(b"+", b" "))
        text = raw.decode("utf-16-be" if kind == b"ucs-2" else "utf-8", "replace")
        self.last = self.phones.get("+" + receiver.decode())
        if self.last is None:
            return
        self.came += 1
        if udh and self.last.inbox and unquote_to_bytes(udh.replace(b"+", b" "))[-1] > 1:
            self.last.inbox[-1] += text  # the next part of a longer message
        else:
            self.last.inbox.append(text)


# What a phone answers when it reads this, in the order of the talk.
TALK = (
    ("Espanol", "1"),
    ("What happened?", "13"),
    ("danger now", "2"),
    ("which country", "Qatar"),
    ("own words", "{words}"),
    ("We have that", "0"),
    ("May we text", "1"),
    ("What may we do", "12"),
    ("We have your report", "1"),
    ("last 4 digits", "{check}"),
    ("Good. Now delete", ""),
)


def speak(centre: Centre, phones: list[Phone]) -> None:
    """Let all phones talk at once, each answering what it reads, until every one has its receipt."""
    for phone in phones:
        centre.say(phone, "hello")
    end, moved = time.monotonic() + WAIT, time.monotonic()
    while not all(phone.done for phone in phones) and time.monotonic() < end:
        for phone in phones:
            if advance(centre, phone):
                moved = time.monotonic()
                end = moved + WAIT
        time.sleep(0.02)


def advance(centre: Centre, phone: Phone) -> bool:
    """Answer what came to a phone; say whether anything did. Who hears nothing for long asks again, as people do."""
    if phone.done:
        return False
    if time.monotonic() - phone.said[0] > PATIENCE:
        centre.again_said += 1
        centre.say(phone, "HELP" if phone.place else phone.said[1])
    text = "\n".join(phone.inbox)
    found = re.search(r"(?:\d{3}\s+){8}\d{3}", text)
    if found and not phone.receipt:
        phone.receipt = re.sub(r"\D", "", found[0])
    cue, answer = TALK[phone.place]
    if cue not in text or ("{check}" in answer and not phone.receipt):
        return False
    phone.inbox.clear()
    phone.place += 1
    if not answer:
        phone.done = True
        return True
    centre.say(phone, answer.format(words=phone.words, check=phone.receipt[-4:]))
    return True


class _From(HTTPHandler):
    """Come from one of this machine's own addresses, so that browsers have budgets of their own, as people have."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._connection = partial(HTTPConnection, source_address=(address, 0))

    def http_open(self, req: Request) -> HTTPResponse:
        """Open a connection from that address."""
        return self.do_open(self._connection, req)


class Browser:
    """A browser without JavaScript that walks the four pages."""

    def __init__(self, base: str, place: int = 0) -> None:
        self.base = base
        mine = _From(f"127.0.{place // 200}.{place % 200 + 2}")
        self.opener = build_opener(ProxyHandler({}), mine, HTTPCookieProcessor(CookieJar()))

    def page(self, path: str, data: list[tuple[str, str]] | None = None) -> str:
        """Return a page; what is posted is posted again while the server is busy."""
        body = urlencode(data).encode() if data is not None else None
        for _try in range(20):
            try:
                return str(self.opener.open(self.base + path, body, timeout=180).read().decode())
            except OSError:  # busy or slow: the same form again has the same effect
                time.sleep(1)
        raise RuntimeError("The web page did not answer.")

    def file(self, words: str) -> str:
        """File by the web page; return the receipt."""
        html = self.page("/en/report/new/")
        answers = (
            [("codes", "FEE"), ("codes", "DOC")],
            [("country", "QA"), ("people", "one"), ("filed_by", "affected")],
            [("words", words)],
            [("mode", "receipt"), ("consents", "investigate")],
        )
        for given in answers:
            html = self.page("/en/report/new/", hidden(html) + given)
        block = html.split('class="receipt"')[1].split("</div></div>")[0].split(">", 1)[1]
        receipt = re.sub(r"\D", "", re.sub(r"<[^>]+>", "", block))
        self.page("/en/report/receipt/", [*hidden(html), ("receipt", receipt)])
        return receipt


def hidden(html: str) -> list[tuple[str, str]]:
    """Return a page's hidden fields."""
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html.split("<main")[1])
