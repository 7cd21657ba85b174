"""Take in text messages from a gateway: signed, or with a token from a gateway on this very machine.

Signed: POST {"id", "from", "text"} as JSON with `X-Signature: t=seconds,v1=hex`, the HMAC-SHA-256 of "seconds.body"
under SMS_SECRET, not older than five minutes. A longer message may come in parts: "part": {"series", "number", "of"}.
With a token (a gateway that cannot sign, such as Kannel's post-url): SMS_TOKEN as the password of basic or bearer
authorization, only from the machine itself and never through a proxy; number and words in headers and body, never in
the address, which ends up in logs.
"""

import base64
import binascii
import hmac
import ipaddress
import json
import re
import time
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from grievances.services.texting.receiving import Incoming, Part, TooMany, receive
from grievances.smsgateways import signature
from grievances.smstext import BadNumber

WINDOW_SECONDS = 300
MOST_BYTES = 32 * 1024
_SIGNED = re.compile(r"^t=(\d{1,12}),v1=([0-9a-f]{64})$")
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")


class _Unreadable(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A request that holds no message."""


@csrf_exempt
@require_POST
def incoming(request: HttpRequest) -> HttpResponse:
    """Take in one message; the answer says only whether the gateway is to try again."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return _answer(413)
    body = request.body
    kannel = "X-Kannel-From" in request.headers
    if not (_is_signed(request, body) or _has_token(request)):
        return _answer(403)
    try:
        message = _from_kannel(request, body) if kannel else _from_json(body)
        receive(message)
    except (_Unreadable, BadNumber):
        # Kannel tries again whatever is not 200 or 202; what can never be read is not worth that.
        return _answer(202 if kannel else 422)
    except TooMany as many:
        response = _answer(503)
        response["Retry-After"] = str(many.seconds)
        return response
    except DatabaseError:
        return _answer(503)  # not taken: the gateway keeps it and tries again
    return _answer(202)


def _answer(status: int) -> HttpResponse:
    """Answer without a word: Kannel would send a body on to the phone."""
    response = HttpResponse(status=status, content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


def _is_signed(request: HttpRequest, body: bytes) -> bool:
    found = _SIGNED.match(request.headers.get("X-Signature", ""))
    if not found or not settings.SMS_SECRET:
        return False
    moment = int(found[1])
    fits = hmac.compare_digest(found[2], signature(settings.SMS_SECRET, moment, body))
    return fits and abs(time.time() - moment) <= WINDOW_SECONDS


def _has_token(request: HttpRequest) -> bool:
    if not settings.SMS_TOKEN or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        near = ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False
    return near and hmac.compare_digest(_given_token(request).encode(), settings.SMS_TOKEN.encode())


def _given_token(request: HttpRequest) -> str:
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return ""
    return ""


def _from_json(body: bytes) -> Incoming:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Unreadable from error
    if not isinstance(data, dict):
        raise _Unreadable
    name, sender, text = (data.get(field) for field in ("id", "from", "text"))
    if not (isinstance(name, str) and 0 < len(name) <= 200 and isinstance(sender, str) and isinstance(text, str)):
        raise _Unreadable
    return Incoming(name, sender[:40], text, _part(data.get("part")))


def _part(data: Any) -> Part | None:
    if data is None:
        return None
    if not isinstance(data, dict):
        raise _Unreadable
    values = [data.get(name) for name in ("series", "number", "of")]
    numbers = [value for value in values if isinstance(value, int) and 0 <= value < 2**16]
    if len(numbers) != len(values):
        raise _Unreadable
    return Part(*numbers)


def _from_kannel(request: HttpRequest, body: bytes) -> Incoming:
    """Read what Kannel's post-url sends: the words as the body, the rest in headers, the message's id as ?id=%I."""
    # Not request.GET: Django would read the address in the charset of the body, which is often UTF-16.
    asked = parse_qs(str(request.META.get("QUERY_STRING", "")))
    name = asked.get("id", [""])[0] or request.headers.get("X-Kannel-ID", "")
    if not name or len(name) > 200:
        raise _Unreadable
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    try:
        text = body.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = body.decode("utf-8", "replace")
    udh = request.headers.get("X-Kannel-UDH", "")
    return Incoming(name, request.headers["X-Kannel-From"][:40], text, part_of_header(udh))


def part_of_header(udh: str) -> Part | None:
    """Return which part a user data header in hexadecimal names (3GPP TS 23.040, 9.2.3.24.1 and .8), if it does."""
    try:
        raw = bytes.fromhex(udh)
    except ValueError:
        return None
    place = 1
    while place + 1 < len(raw):
        kind, size = raw[place], raw[place + 1]
        content = raw[place + 2 : place + 2 + size]
        if (kind, len(content)) == (0x00, 3):
            return Part(content[0], content[2], content[1])
        if (kind, len(content)) == (0x08, 4):
            return Part(content[0] * 256 + content[1], content[3], content[2])
        place += 2 + size
    return None
