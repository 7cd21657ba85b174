"""Fixtures for every test: the database from a snapshot, the browser, the cast."""

import os

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's synchronous API runs an event loop of its own

from hypothesis import settings

# Property tests are judged by what they find, not by how busy the machine is. Where a change is let in or not, the same
# examples are tried each time; everywhere else they are new on every run, and find what nobody thought of.
settings.register_profile("searching", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "searching")

pytest_plugins = ["tests.database", "tests.browser", "tests.cast"]
