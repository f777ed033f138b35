"""The files of an installation name what exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from jalons.files.middleware import FORM_BYTES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
INSTALL = (ROOT / "docs/install.md").read_text()
COMMANDS = "\n".join(path.read_text() for path in sorted(DEPLOY.iterdir())) + INSTALL


def test_every_setting_of_the_page_is_read_by_the_site():
    named = set(re.findall(r"^(JALONS_\w+|DATABASE_URL)=", INSTALL, re.MULTILINE))
    read = (ROOT / "config/settings.py").read_text()

    assert len(named) > 15
    assert {
        name for name in named - {"DATABASE_URL"} if f'"{name}"' not in read
    } == set()


def test_every_command_called_exists():
    called = set(re.findall(r"(?:bin/|`)jalons ([a-z][a-z-]*)", COMMANDS))

    assert {"serve", "backup", "doctor"} <= called
    assert {name.replace("-", "_") for name in called} <= set(get_commands())


def test_every_file_of_the_folder_is_on_the_page():
    missing = {p.name for p in DEPLOY.iterdir() if f"deploy/{p.name}" not in INSTALL}

    assert missing == set()


def test_a_file_too_large_is_refused_by_the_site_which_says_so():
    (most,) = re.findall(r"max_size (\d+)MB", (DEPLOY / "Caddyfile").read_text())

    assert int(most) * 1_000_000 > settings.MAX_UPLOAD_BYTES + FORM_BYTES


def test_the_container_runs_as_somebody_without_rights():
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]

    assert users
    assert all(re.fullmatch(r"[1-9]\d+:[1-9]\d+", user) for user in users)
    assert not any("SECRET" in line or "KEY=" in line for line in lines)


def test_the_loops_of_the_image_are_built_where_the_compiler_stays():
    text = (DEPLOY / "Containerfile").read_text()
    _before, first, last = re.split(r"^FROM ", text, flags=re.MULTILINE)

    assert "gcc" in first
    assert "loops" in first
    assert "gcc" not in last
    assert "--from=built" in last


@pytest.mark.parametrize("right", ["NoNewPrivileges=yes", "ProtectSystem=strict"])
def test_the_service_may_do_little(right):
    assert right in (DEPLOY / "jalons.service").read_text().splitlines()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "said"),
    [("https://jalons.exemple.fr", "True True 31536000"), ("", "False False 0")],
)
def test_a_site_read_encrypted_behind_a_proxy_keeps_its_cookies_so(
    tmp_path, address, said
):
    read = (
        "from config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    )
    env = {**os.environ, "JALONS_VAR_DIR": str(tmp_path), "HOST": "127.0.0.1"}
    env |= {"JALONS_SITE_URL": address} if address else {}

    done = subprocess.run(
        [sys.executable, "-c", read], cwd=ROOT, env=env, capture_output=True, text=True
    )

    assert done.stdout.strip() == said


def test_the_proxy_says_that_the_site_is_away_with_the_page_of_the_site():
    proxy = (DEPLOY / "Caddyfile").read_text()

    folder, page = (
        re.search(rf"{one} (\S+)", proxy)[1] for one in (r"root \*", r"rewrite \*")
    )
    assert (ROOT / folder.removeprefix("/srv/jalons/app/") / page[1:]).is_file()
    assert "max-age=31536000; includeSubDomains" in proxy
