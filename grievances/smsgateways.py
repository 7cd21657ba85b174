"""Hand a text message to the gateway of SMS_URL; the words go in the body, never in an address that is logged."""

import base64
import hashlib
import hmac
import json
import sys
import time
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from grievances.smstext import bits_of

SECONDS = 10


class GatewayDown(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A message that was not taken; `final` says that no later try can help. Never holds number or words."""

    def __init__(self, *, final: bool = False) -> None:
        super().__init__("The gateway did not take the message.")
        self.final = final


class Gateway(Protocol):
    """Whatever carries text messages."""

    def send(self, number: str, text: str, reference: str) -> None:
        """Hand a message over; raises GatewayDown."""


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return the signature of a body at a moment: HMAC-SHA-256 over the seconds, a dot and the body."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


class Console:
    """Print messages, for the demo only."""

    def send(self, number: str, text: str, reference: str) -> None:
        """Print a message."""
        del reference
        sys.stdout.write(f"[text message to {number}]\n{text}\n\n")
        sys.stdout.flush()


class Webhook:
    """Post messages as signed JSON to an address over TLS."""

    def __init__(self, url: str) -> None:
        self._url = url

    def send(self, number: str, text: str, reference: str) -> None:
        """Post {id, to, text} with X-Signature: t=seconds,v1=HMAC."""
        body = json.dumps({"id": reference, "to": number, "text": text}).encode()
        moment = int(time.time())
        mark = f"t={moment},v1={signature(settings.SMS_SECRET, moment, body)}"
        _post(self._url, body, {"Content-Type": "application/json", "X-Signature": mark})


class Kannel:
    """Post messages to the smsbox of Kannel: kannel://user:password@host:13013/cgi-bin/sendsms?from=1234."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = parse_qs(parts.query).get("from", [""])[0]
        scheme = "https" if parts.scheme == "kannels" else "http"
        self._url = f"{scheme}://{parts.hostname}:{parts.port or 13013}{parts.path or '/cgi-bin/sendsms'}"

    def send(self, number: str, text: str, reference: str) -> None:
        """Post the words as the body; who and to whom stand in headers, so that nothing is in a logged address."""
        del reference
        wide = bits_of(text) == 16
        headers = {
            "Content-Type": f"text/plain; charset={'UTF-16BE' if wide else 'UTF-8'}",
            "X-Kannel-Username": self._user,
            "X-Kannel-Password": self._password,
            "X-Kannel-To": number,
            "X-Kannel-Coding": "2" if wide else "0",
        }
        if self._sender:
            headers["X-Kannel-From"] = self._sender
        _post(self._url, text.encode("utf-16-be" if wide else "utf-8"), headers)


class _NoRedirect(HTTPRedirectHandler):
    """Never carry words to another address than the one that was set."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Refuse."""
        return


def _post(url: str, body: bytes, headers: dict[str, str]) -> None:
    parts = urlsplit(url)
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers = {**headers, "Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"}
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    opener = build_opener(_NoRedirect) if parts.scheme == "https" else build_opener(_NoRedirect, ProxyHandler({}))
    try:
        with opener.open(Request(url, body, headers, method="POST"), timeout=SECONDS) as answer:  # noqa: S310 - set by the operator
            answer.read(4096)
    except HTTPError as refused:
        code = refused.code
        refused.close()
        raise GatewayDown(final=code in {400, 413, 422}) from None
    except (URLError, OSError, ValueError):
        raise GatewayDown from None


def gateway_for(url: str) -> Gateway:
    """Return the gateway of a URL; raises ImproperlyConfigured for one that would send words unprotected or nowhere."""
    parts = urlsplit(url)
    if parts.scheme == "console" and settings.DEMO:
        return Console()
    if parts.scheme in {"kannel", "kannels"}:
        return Kannel(url)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme == "https" or (parts.scheme == "http" and local):
        if not settings.SMS_SECRET:
            raise ImproperlyConfigured("SMS_SECRET is not set: messages to the gateway could not be signed.")
        return Webhook(url)
    raise ImproperlyConfigured(
        "SMS_URL must begin with https://, kannel:// or kannels:// (http:// on this machine, console: in the demo)."
    )
