"""Be a phone in the demo: what is typed comes in as a text message, what would be sent is printed."""

import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from grievances.services.texting.receiving import Incoming, TooMany, receive
from grievances.smstext import BadNumber


class Command(BaseCommand):
    """Talk with the text message channel without a gateway; for the demo only."""

    help = "Be a phone in the demo: one line typed is one text message; needs SMS_URL=console: (the demo's own)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the phone's number."""
        parser.add_argument("number", nargs="?", default="+97455501234")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand each line over until the end of the input."""
        if not settings.DEMO or not settings.SMS_URL.startswith("console:"):
            raise CommandError("This is a phone for the demo: it needs the demo setting and SMS_URL=console:.")
        for line in sys.stdin:
            try:
                receive(Incoming(secrets.token_hex(8), options["number"], line.rstrip("\n")))
            except BadNumber:
                raise CommandError("Write the number with + and the country code.") from None
            except TooMany as many:
                self.stdout.write(f"Too many messages: wait {many.seconds} seconds.")
