"""The OpenAPI document is kept: no answer fails, none has another shape than said.

A few requests an address here; hundreds with HYPOTHESIS_PROFILE=thorough.
"""

from __future__ import annotations

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jalons.api.contract import contract
from jalons.library.models import Sheet
from jalons.observatory import operations
from tests.directory.places import make_place
from tests.indices.conftest import observe
from tests.observatory.example import make_example

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NARROWED = sorted(contract()["paths"])
IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
HOW_MANY = 100 if IS_THOROUGH else 2


@pytest.fixture
def published(db):
    """Something of each kind."""
    place = make_place()
    observe("poverty_rate", {place.commune_id: 12.5})
    example = make_example()
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)
    content = {"title": "Une fiche", "summary": "Un résumé"}
    Sheet.objects.create(
        code="fiche",
        kind=Sheet.Kind.LANDMARK,
        state=Sheet.State.PUBLISHED,
        edition_number=1,
        published_at=timezone.now(),
        content=content,
        **content,
    )


def _from_here():
    """The site, asked by this machine, which reads no compressed words."""
    site = get_wsgi_application()
    here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "identity"}
    return lambda environ, start_response: site(environ | here, start_response)


@pytest.fixture
def asked(published, settings):
    """The site as a program reaches it, in the transaction of the test."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"api": "9999/s/ip"}
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", _from_here())
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [*GenerationMode], ids=str)
def test_no_request_is_answered_otherwise_than_said(asked, mode):
    for found in asked.get_all_operations():
        operation = found.ok()
        if mode == GenerationMode.NEGATIVE and not operation.query.items:
            continue
        _tried(operation.as_strategy(generation_mode=mode))


def _tried(cases):
    @settings(
        max_examples=HOW_MANY,
        phases=[Phase.explicit, Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def attempt(case):
        case.validate_response(case.call(), checks=CHECKS)

    attempt()


def test_every_address_of_the_site_stands_in_the_document(client):
    told = client.get("/api/v1/openapi.json").json()

    assert told["openapi"].startswith("3.1")
    assert sorted(told["paths"]) == NARROWED
    for verbs in told["paths"].values():
        assert {"404", "422", "429"} <= set(verbs["get"]["responses"])


def test_the_page_tells_each_address_without_a_script(db):
    page = Client().get("/api/v1/", headers={"accept-language": "fr"})
    text = page.content.decode()

    for path in NARROWED:
        assert f"<code>{path}</code>" in text
    assert "Comment un programme lit-il ces données" in text
    assert "//cdn" not in text
