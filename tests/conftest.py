"""Fixtures for every test: the database from a snapshot, the browser, the cast."""

import os

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's synchronous API runs an event loop of its own

pytest_plugins = ["tests.database", "tests.browser", "tests.cast"]
