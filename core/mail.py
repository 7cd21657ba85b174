"""Send mail to where EMAIL_URL says: file:///folder, console:, or smtp://user:password@host:port."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend


def backend_for(url: str, *, fail_silently: bool = False) -> BaseEmailBackend:
    """Return the mail backend for a URL; raises ImproperlyConfigured for a scheme it does not know."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        Path(parts.path).mkdir(parents=True, exist_ok=True)
        return FileBackend(file_path=parts.path, fail_silently=fail_silently)
    if parts.scheme == "console":
        return ConsoleBackend(fail_silently=fail_silently)
    if parts.scheme in ("smtp", "smtps"):
        return SmtpBackend(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if parts.scheme == "smtps" else 25),
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            use_ssl=parts.scheme == "smtps",
            fail_silently=fail_silently,
            timeout=20,
        )
    raise ImproperlyConfigured("EMAIL_URL must begin with file://, console: or smtp://.")


class UrlEmailBackend(BaseEmailBackend):
    """Pass messages on to the backend of EMAIL_URL."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently, **kwargs)
        self._backend = backend_for(settings.EMAIL_URL, fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send messages and return how many went out."""
        return self._backend.send_messages(email_messages) or 0
