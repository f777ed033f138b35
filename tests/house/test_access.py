"""Every URL, every visitor: the page to show to whoever reviews the security."""

from __future__ import annotations

import pytest

from tests.house.access_document import FILE as DOCUMENT
from tests.house.access_document import access_document
from tests.house.matrix import COLUMNS, METHODS, ROWS, every_url
from tests.house.visits import answer_of, client_of, undone, visit

pytestmark = pytest.mark.django_db
POSTS = [row for row in ROWS if row.method == "POST"]
# Sent on purpose from elsewhere; each is opened by a secret, never by who is signed in.
FROM_ELSEWHERE = {
    "invitations:opt_out": "a mailbox asks for it in one click (RFC 8058)",
    "digests:stop": "a mailbox asks for it in one click (RFC 8058)",
    "gazette:stop": "a mailbox asks for it in one click (RFC 8058)",
    "pocket:join": "a phone sends its code, and no cookie",
    "pocket:receive": "a phone bears its own token, and no cookie",
    "api:write_measures": "a program bears its key, and no cookie",
    "api:write_responses": "a program bears its key, and no cookie",
    "api:write_places": "a program bears its key, and no cookie",
    "embedded:start": "the form stands in the page of another site",
    "embedded:resume": "the form stands in the page of another site",
    "embedded:territory": "the form stands in the page of another site",
    "embedded:answer": "the form stands in the page of another site",
    "embedded:review": "the form stands in the page of another site",
}
LEFT_OUT = sorted(
    {(row.url, method) for row in ROWS for method in METHODS}
    - {(row.url, row.method) for row in ROWS}
)


def test_every_url_stands_in_the_matrix_once_a_method():
    known = [(row.url, row.method) for row in ROWS]
    listed = {row.url for row in ROWS}

    assert set(every_url()) - listed == set(), "an URL without a row"
    assert listed - set(every_url()) == set(), "a row without an URL"
    assert len(known) == len(set(known))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_visitor_gets_the_answer_of_the_matrix(world, row):
    given = {}
    for column in COLUMNS:
        with undone():
            given[column] = answer_of(visit(world, row, column))

    assert given == row.cells


@pytest.mark.parametrize(("url", "method"), LEFT_OUT)
def test_a_method_without_a_row_is_refused_even_to_an_owner(world, url, method):
    client, address = client_of(world, "owner"), world.call(url).url(url)

    with undone():
        response = client.get(address) if method == "GET" else client.post(address)

    assert response.status_code == 405


@pytest.mark.parametrize(
    "row", [row for row in POSTS if row.url not in FROM_ELSEWHERE], ids=str
)
def test_a_form_sent_from_another_site_is_refused(world, row):
    client = client_of(world, "owner", enforce_csrf_checks=True)
    call = world.call(row.url)

    response = client.post(call.url(row.url, "owner"), call.post)

    assert response.status_code == 403


def test_the_document_of_access_is_up_to_date():
    assert DOCUMENT.read_text() == access_document()
