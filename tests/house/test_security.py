"""Proofs that docs/security.md names, and that each of those proofs exists."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError, fromstring

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from jalons.files.tables import read_table
from tests.factories import make_user
from tests.files.workbooks import make_xlsx
from tests.house.matrix import ROWS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/security.md").read_text()
PRIVATE = {row.url for row in ROWS if not row.is_public}
# Where no right is asked for, and why.
WITHOUT_RIGHTS = {
    "jalons.api.views": "an address that does not exist is private to nobody",
    "jalons.observatory.pages": "shows what the views that wrap it have opened",
}
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d", line)
]
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text()
    for folder in ("jalons", "config")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
# The addresses of these come from settings or from reviewed definitions; the last asks
# those of the library, which people wrote.
ASKS_THE_NETWORK = {
    "jalons/accounts/proconnect.py",
    "jalons/indicators/fetching.py",
    "jalons/directory/geocoding.py",
    "jalons/funding/aides_territoires.py",
    "jalons/resources/links.py",
}


# Pictures that we draw, tags of our own, and Markdown once it is cleaned.
DRAWN_OR_CLEANED = {
    "jalons/documents/stored.py",
    "jalons/drawing/svg.py",
    "jalons/front/guides.py",
    "jalons/front/templatetags/components.py",
    "jalons/gazette/markdown.py",
    "jalons/questionnaires/widgets.py",
    "jalons/spaces/fields.py",
    "jalons/synthesis/content.py",
    "jalons/synthesis/documents.py",
    "jalons/workshops/drawn_once.py",
}


def modules_with(pattern: str) -> set[str]:
    return {name for name, text in SOURCES.items() if re.search(pattern, text)}


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]} {line[2][:60]}")
def test_each_proof_of_the_page_exists(line):
    number, _held, proof = line

    assert re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{1,2}", number)
    if found := re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", proof):
        assert f"def {found[2]}(" in (ROOT / found[1]).read_text()
    else:
        name, value = re.fullmatch(r"setting `(\w+)` = `(.+)`", proof).groups()
        assert value in said_of(getattr(settings, name))


def said_of(value: object) -> set[str]:
    """A setting as the page writes it; a policy, directive by directive."""
    if isinstance(value, dict) and "DIRECTIVES" in value:
        return {f"{k} {' '.join(v)}" for k, v in value["DIRECTIVES"].items()}
    return {repr(value)}


def test_the_page_holds_a_level_not_a_sample():
    assert len({line[0] for line in LINES}) > 50


def test_the_modules_that_ask_the_network_are_known():
    asking = modules_with(
        r"\b(urlopen|build_opener|HTTPS?Connection|create_connection)\b"
    )

    assert asking == ASKS_THE_NETWORK
    assert not modules_with(r"^\s*(import|from) (requests|httpx|aiohttp)\b")


def test_nothing_is_unpickled_nor_evaluated():
    assert not modules_with(
        r"\bpickle\.|\bmarshal\.|(?<![.\w])(eval|exec)\(|yaml\.load\("
    )


def test_what_must_not_be_guessed_is_drawn_by_the_generator_of_the_system():
    """The usual one is foreseen: it draws what is invented for the demonstration."""
    drawing = modules_with(r"(?m)^(import random|from random import)\b")

    assert {name for name in drawing if not name.startswith("jalons/demo/")} == {
        "jalons/invitations/operations.py"
    }
    assert "random.SystemRandom()" in SOURCES["jalons/invitations/operations.py"]
    assert {"jalons/accounts/models.py", "jalons/tokens/models.py"} <= modules_with(
        r"secrets\.token_urlsafe\("
    )


def test_what_people_write_is_escaped_on_every_page():
    """Only a mail in plain text says otherwise, and what is drawn or cleaned by us."""
    templates = {
        str(path.relative_to(ROOT / "templates")): path.read_text()
        for path in (ROOT / "templates").rglob("*.*")
    }
    unescaped = [
        name
        for name, text in templates.items()
        if re.search(r"\|\s*safe\b|autoescape off", text)
    ]

    assert all(name.endswith(".txt") for name in unescaped)
    assert modules_with(r"\bmark_safe\(|\bSafeString\(") == DRAWN_OR_CLEANED


def test_no_secret_lies_in_the_repository():
    given = modules_with(
        r"(?i)(secret_key|password|token|api_key)\s*=\s*[\"'][\w-]{16,}"
    )

    assert not given


def test_every_requirement_comes_with_its_print():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        pinned = re.findall(r"^[\w.\[\]-]+==\S+ \\\n\s+--hash=sha256:", text, re.M)
        assert len(pinned) == len(re.findall(r"^[\w.\[\]-]+==", text, re.M)) > 0


@pytest.mark.urls("tests.house.broken")
def test_a_page_asks_to_sign_in_unless_it_says_otherwise(db, client):
    """The page of that address says nothing of who may open it."""
    answer = client.get("/casse/")

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_what_is_not_for_all_goes_through_the_rights_of_an_app():
    asking = {view.__module__ for name, view in every_view() if name in PRIVATE}

    assert len(asking) > 80
    assert {
        name
        for name in asking
        if name.startswith("jalons.")
        if not re.search(r"\baccess\b", source_of(name))
    } == WITHOUT_RIGHTS.keys()


def source_of(module: str) -> str:
    return SOURCES[f"{module.replace('.', '/')}.py"]


def every_view() -> Iterator[tuple[str, Callable[..., object]]]:
    return _views(get_resolver(), "")


def _views(
    resolver: URLResolver, namespace: str
) -> Iterator[tuple[str, Callable[..., object]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _views(one, one.namespace or namespace)
        else:
            yield (
                f"{namespace}:{one.name}" if namespace else str(one.name),
                one.callback,
            )


@pytest.mark.django_db
def test_signing_in_changes_the_session(client):
    client.post(reverse("account_login"), {"email": "a@exemple.fr"})
    before = client.session.session_key
    code = re.search(r"\d{4}-\d{4}", mail.outbox[0].body)[0]

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "_auth_user_id" in client.session
    assert client.session.session_key != before


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["front:home", "account_login", "front:legal"])
def test_every_answer_carries_its_protections(client, name):
    response = client.get(reverse(name))

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'self'", "object-src 'none'", "base-uri 'none'"} <= {
        each.strip() for each in policy.split(";")
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


BOMB = "<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)


def test_a_workbook_that_multiplies_its_entities_is_not_unfolded():
    """Its reader knows no entities; what reads its formulas refuses to multiply."""
    file = io.BytesIO()
    whole = zipfile.ZipFile(make_xlsx([["a"], ["1"]]))
    with whole, zipfile.ZipFile(file, "w") as forged:
        for name in whole.namelist():
            text = whole.read(name)
            if name == "xl/workbook.xml":
                head, _sep, body = text.partition(b"?>")
                text = head + b"?>" + BOMB.encode() + body
            forged.writestr(name, text)

    rows = list(read_table(file, name="bombe.xlsx").rows)

    assert len(rows) == 1
    with pytest.raises(ParseError):
        fromstring(f"{BOMB}<x>&a9;</x>")


@pytest.mark.django_db
def test_who_finds_a_weakness_knows_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = "securite@exemple.fr"

    said = client.get("/.well-known/security.txt")

    assert "Contact: mailto:securite@exemple.fr" in said.text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", said.text, re.M)
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.urls("tests.house.broken")
def test_a_page_that_breaks_shows_a_sentence_and_not_its_insides(db):
    client = Client(raise_request_exception=False)
    client.force_login(make_user())

    answer = client.get("/casse/")

    assert answer.status_code == 500
    told = answer.content.decode()
    assert "<h1" in told
    assert "the insides of the site" not in told
    assert "Traceback" not in told
