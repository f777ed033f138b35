"""The OpenAPI document is kept: no answer fails, none has another shape than said.

A few requests an address here; hundreds with HYPOTHESIS_PROFILE=thorough.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

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
from jalons.directory.models import PlaceList
from jalons.evaluation.models import Evaluation
from jalons.library.models import Sheet
from jalons.observatory import operations
from tests.api.writing import make_program
from tests.directory.places import make_place
from tests.evaluation.plans import make_evaluation
from tests.factories import make_campaign, make_space, make_user
from tests.indices.conftest import observe
from tests.observatory.example import make_example
from tests.roadmaps.plans import make_roadmap

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NARROWED = sorted(contract()["paths"])
IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
HOW_MANY = int(os.environ.get("JALONS_API_CASES", "100" if IS_THOROUGH else "2"))
REPORT = os.environ.get("JALONS_API_REPORT", "")


@pytest.fixture
def published(db):
    """Something of each kind."""
    place = make_place()
    observe("poverty_rate", {place.commune_id: 12.5})
    writes(make_user(), place)
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


def writes(owner, place):
    """What a key writes in: one thing of each kind, of the number 1 where it can."""
    space = make_space(owner=owner)
    PlaceList.objects.filter(pk=place.place_list_id).update(space=space)
    make_evaluation(make_roadmap(space, by=owner), "O1", "R4", by=owner)
    make_campaign(space=space)


def _from_here(**headers: str):
    """The site, asked by this machine, which reads no compressed words."""
    site = get_wsgi_application()
    here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "identity", **headers}
    return lambda environ, start_response: site(environ | here, start_response)


@pytest.fixture
def asked(published, settings):
    """The site as a program reaches it, in the transaction of the test."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "api": "9999/s/ip",
        "api_token": "9999/s/key",
    }
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    space = Evaluation.objects.get().roadmap.space
    program = make_program(space, space.memberships.get().user)
    key = {"HTTP_AUTHORIZATION": f"Bearer {program.secret}"}
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", _from_here(**key))
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [*GenerationMode], ids=str)
def test_no_request_is_answered_otherwise_than_said(asked, mode):
    for found in asked.get_all_operations():
        operation = found.ok()
        if mode == GenerationMode.NEGATIVE and not (
            operation.query.items or operation.body.items
        ):
            continue
        _tried(operation.label, operation.as_strategy(generation_mode=mode))


def _tried(label, cases):
    told = {"operation": label, "cases": 0, "errors": 1}

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
        told["cases"] += 1
        case.validate_response(case.call(), checks=CHECKS)

    try:
        attempt()
        told["errors"] = 0
    finally:
        if REPORT:
            with Path(REPORT).open("a") as kept:
                kept.write(f"{json.dumps(told)}\n")


def test_every_address_of_the_site_stands_in_the_document(client):
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert sorted(document["paths"]) == NARROWED
    for verbs in document["paths"].values():
        for told in verbs.values():
            expected = {"404", "422", "429"} | (
                {"401"} if "security" in told else set()
            )
            assert expected <= set(told["responses"])


def test_the_page_tells_each_address_without_a_script(db):
    page = Client().get("/api/v1/", headers={"accept-language": "fr"})
    text = page.content.decode()

    for path in NARROWED:
        assert f"<code>{path}</code>" in text
    assert "Comment un programme lit-il ces données" in text
    assert "//cdn" not in text
