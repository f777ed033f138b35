from __future__ import annotations

import json
import logging
import os
import subprocess
import sys

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import reverse

from jalons.accounts.models import Link
from jalons.privacy.logs import JsonFormatter, TextFormatter, scrub
from jalons.tokens.models import Token

FORMATTERS = (JsonFormatter(), TextFormatter())


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("a.b", logging.ERROR, __file__, 1, message, args, None)
    made.__dict__.update(extra)
    return made


@pytest.mark.parametrize(
    "private",
    [
        "camille.martin@mairie-exemple.fr",
        "06 12 34 56 78",
        "+33612345678",
        "1234-5678",
        "12345678",
        "192.0.2.17",
        "2001:db8:0:0:1:2:3:4",
    ],
)
def test_what_tells_of_a_person_is_not_written(private):
    line = record("refused /page/?%s for %s", private, private)

    assert all(private not in each.format(line) for each in FORMATTERS)


def test_what_a_page_was_asked_is_not_written():
    assert "ABCDEF" not in scrub("refused /rejoindre/?code=ABCDEF&name=Camille")


@pytest.mark.parametrize(
    "drawn",
    [Link.new_secret, Token.new_secret, SessionStore()._get_new_session_key],
    ids=["link", "key of a program", "session"],
)
def test_no_secret_is_written(db, drawn):
    for _each in range(50):
        secret = drawn()
        assert secret not in scrub(f"/r/{secret}/ {secret} key={secret}")


def test_what_helps_to_mend_is_written():
    line = record("The sign-in code could not be sent, 3 times, in jalons.accounts")

    assert json.loads(FORMATTERS[0].format(line))["message"] == line.getMessage()


def test_an_exception_is_told_by_its_kind_and_lines_never_its_words():
    try:
        try:
            raise KeyError("Camille Martin")
        except KeyError as error:
            raise IntegrityError("Key (name)=(Camille Martin) exists") from error
    except IntegrityError:
        line = record("refused", exc_info=sys.exc_info())

    for each in FORMATTERS:
        written = each.format(line)
        assert "Camille" not in written
        assert "IntegrityError" in written
        assert "KeyError" in written
        assert "test_logs.py" in written


def test_a_page_is_told_by_its_name_not_its_address(caplog, client: Client, db):
    address = reverse("workshops:join", kwargs={"code": "ABCDEF"})

    client.get(address)
    client.get("/nulle-part/camille@exemple.fr/")

    written = [FORMATTERS[0].format(each) for each in caplog.records]
    assert len(written) == 2
    assert "workshops:join" in written[0]
    assert all("ABCDEF" not in line and "camille" not in line for line in written)


def test_a_request_that_failed_says_its_page_and_status():
    request = RequestFactory().get("/secret-address/")
    line = record("Internal: %s", request.path, request=request, status_code=500)

    found = json.loads(FORMATTERS[0].format(line))

    assert (found["message"], found["method"]) == (500, "GET")
    assert "secret-address" not in json.dumps(found)


def test_the_site_writes_its_logs_so(settings):
    made = settings.LOGGING["formatters"]

    assert {each["()"].rpartition(".")[2] for each in made.values()} == {
        "JsonFormatter",
        "TextFormatter",
    }
    assert settings.LOGGING["handlers"]["console"]["formatter"] in made


SERVED = """
import logging.config, uvicorn.config
logging.config.dictConfig(uvicorn.config.LOGGING_CONFIG)
import django; django.setup()
logging.getLogger("uvicorn.access").info("GET /r/secret/ 200")
logging.getLogger("uvicorn.error").error("refused camille@exemple.fr")
"""


def test_the_web_server_writes_as_the_site_does_and_no_address_of_a_page(tmp_path):
    ours = {
        "JALONS_VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", SERVED],
        env=os.environ | ours,
        capture_output=True,
        text=True,
    )

    (line,) = done.stderr.splitlines()
    assert line.endswith("ERROR uvicorn.error refused […]")
    assert done.stdout == ""
