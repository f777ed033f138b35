"""What a robot or a hand that means harm sends to the public forms is not kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jalons.files.models import StoredFile
from jalons.mail.models import Message
from jalons.resources.models import Proposal
from tests.resources import test_initiatives, test_proposing_places, test_resources

pytestmark = pytest.mark.django_db
FORMS = {
    "propose_place": test_proposing_places.SAID,
    "propose_resource": test_resources.SAID,
    "propose_initiative": test_initiatives.SAID,
}


def post(name: str, **said):
    return Client().post(reverse(f"resources:{name}"), FORMS[name] | said)


@pytest.mark.parametrize("name", FORMS)
def test_each_form_keeps_what_a_person_sends_and_nothing_of_a_robot(team, name):
    robot = post(name, site="https://spam.exemple", email="cible@exemple.fr")
    assert 200 == robot.status_code
    assert not Proposal.objects.exists()
    assert not Message.objects.exists()

    post(name)
    assert 1 == Proposal.objects.count()


@pytest.mark.parametrize("name", FORMS)
def test_millions_of_letters_or_thousands_of_fields_are_refused_unread(team, name):
    many = {f"champ-{n}": "x" for n in range(2_000)}

    assert 400 == post(name, title="x" * 3_000_000).status_code
    assert 400 == post(name, **many).status_code
    assert not Proposal.objects.exists()


def test_a_heavy_file_of_a_robot_is_not_kept_either(team):
    heavy = SimpleUploadedFile("fiche.pdf", b"%PDF-1.4" + b"x" * 6_000_000)

    post("propose_resource", file=heavy)
    post("propose_resource", file=SimpleUploadedFile("f.pdf", b"%PDF"), site="x")

    assert not StoredFile.objects.exists()
    assert not Proposal.objects.exists()
