from __future__ import annotations

import os

import pytest

# Playwright keeps an event loop in the thread; the tests' own queries are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    """Nothing written by a test outlives it."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
