"""Who answers for the site: written by its centre, read by all, everywhere the same."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.documents.model import Document
from jalons.files.logos import MOST_BYTES
from jalons.hosts import access, figures, operations
from jalons.hosts.examples import examples
from jalons.hosts.models import Host, Profile
from jalons.hosts.signing import with_host
from jalons.mail import operations as mail
from jalons.mail.models import Message
from jalons.privacy.operations import purge
from jalons.spaces.models import Space
from jalons.spaces.operations import withdraw_recognition
from jalons.territories.models import Territory
from tests.adoption.pictures import DRAWN, picture, raster, svg
from tests.factories import make_space, make_territory, make_user

pytestmark = pytest.mark.django_db
WRITTEN = {
    "name": "Centre d’Exemple",
    "about": "Nous aidons les communes.",
    "missions": "- Informer\n\nFormer",
    "contact_function": "Chargée d’inclusion numérique",
    "contact_email": "inclusion@exemple.fr",
    "publication_director": "La présidente d’Exemple",
    "address": "1 rue d’Exemple\n33000 Exemple",
}


@pytest.fixture(autouse=True)
def _asked_again():
    """Here, what a process remembers is read again from the database."""
    caches["memory"].delete(figures.KEY)
    yield
    caches["memory"].delete(figures.KEY)


@pytest.fixture
def owner():
    return make_user("Responsable")


@pytest.fixture
def centre(owner):
    region = make_territory("Région d’Exemple", kind=Territory.Kind.REGION, code="R99")
    space = make_space(territory=region, owner=owner, editor=make_user("Édite"))
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    return space


@pytest.fixture
def host(centre):
    return operations.name_host(centre, by=None)


@pytest.fixture
def page(owner, host):
    browser = Client()
    browser.force_login(owner)
    return browser


def publish(centre, owner, **values):
    operations.write_draft(centre, WRITTEN | values, by=owner)
    made = operations.publish_draft(centre, by=owner)
    figures.forget()
    return made


def read(name: str) -> str:
    return Client().get(reverse(name)).content.decode()


def test_what_is_written_is_read_by_all_only_once_published(page, centre):
    answer = page.post(reverse("hosts:edit"), WRITTEN)
    figures.forget()

    assert reverse("hosts:preview") == answer.url
    assert "Centre d’Exemple" in page.get(answer.url).content.decode()
    assert "Centre d’Exemple" not in read("hosts:show")

    page.post(reverse("hosts:publish"))
    figures.forget()

    who = read("hosts:show")
    assert all(words in who for words in ("Centre d’Exemple", "<li>Informer</li>"))
    legal = read("front:legal")
    assert "La présidente d’Exemple" in legal
    assert "1 rue d’Exemple<br>33000 Exemple" in legal
    foot = read("front:territories").partition("<footer")[2]
    assert "Chargée d’inclusion numérique" in foot
    assert "mailto:inclusion@exemple.fr" in foot
    verbs = {"host.named", "host.written", "host.published"}
    assert verbs <= set(Entry.objects.values_list("verb", flat=True))


def test_what_the_host_does_not_say_the_settings_do(settings, centre, host, owner):
    settings.LEGAL_IDENTITY = settings.LEGAL_IDENTITY | {
        "hosting": "Machines d’Exemple",
        "publisher": "Installé par Exemple",
    }

    assert "Installé par Exemple" in read("front:legal")

    publish(centre, owner)

    legal = read("front:legal")
    assert "Machines d’Exemple" in legal
    assert "Installé par Exemple" not in legal


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ({"contact_name": "Camille Exemple"}, "contact_name", "d’accord"),
        ({"contact_email": ""}, "contact_email", "vous écrire"),
        ({"contact_email": "", "contact_page": "javascript:x()"}, "contact_page", ""),
        ({"name": ""}, "name", ""),
    ],
)
def test_what_may_not_be_published_is_refused_beside_its_field(page, said, field, told):
    answer = page.post(reverse("hosts:edit"), WRITTEN | said)

    assert 200 == answer.status_code
    assert told in str(answer.context["form"].errors[field])
    assert not Profile.objects.exists()


def test_a_name_is_read_when_the_person_agreed(page):
    agreed = {"contact_name": "Camille Exemple", "contact_agreed": "on"}
    page.post(reverse("hosts:edit"), WRITTEN | agreed)
    page.post(reverse("hosts:publish"))
    figures.forget()

    assert "Chargée d’inclusion numérique, Camille Exemple" in read("hosts:show")


def test_the_database_refuses_a_name_without_agreement(centre, host, owner):
    draft = operations.write_draft(centre, WRITTEN, by=owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(pk=draft.pk).update(contact_name="Camille Exemple")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.svg", svg(f"<script>alert(1)</script>{DRAWN}"), "un programme"),
        ("a.svg", b"<html><body/></html>", "pas l’image"),
        ("a.html", b"<html><body/></html>", "pas l’image"),
        ("a.png", raster() + b"\0" * MOST_BYTES, "5\u202fMo"),
    ],
)
def test_a_logo_that_is_no_harmless_picture_is_refused(page, name, content, told):
    given = {"picture": picture(name, content), "logo_alt": "Région Exemple"}
    answer = page.post(reverse("hosts:edit"), WRITTEN | given)

    assert told in answer.content.decode()
    assert not Profile.objects.exists()


def test_a_logo_is_drawn_again_shown_to_all_kept_and_taken_away(page):
    given = {"picture": picture("a.svg"), "logo_alt": "Région Exemple"}
    page.post(reverse("hosts:edit"), WRITTEN | given)

    assert page.get(reverse("hosts:draft_logo")).content.startswith(b"\x89PNG")
    assert 404 == Client().get(reverse("hosts:logo")).status_code

    page.post(reverse("hosts:publish"))
    figures.forget()

    assert Client().get(reverse("hosts:logo")).content.startswith(b"\x89PNG")
    assert 'alt="Région Exemple"' in read("hosts:show")

    page.post(reverse("hosts:edit"), WRITTEN | {"logo_alt": "Région Exemple"})
    assert Profile.objects.drafts().get().has_logo
    page.post(reverse("hosts:edit"), WRITTEN | {"without_logo": "on"})
    assert not Profile.objects.drafts().get().has_logo


def test_html_written_in_it_is_shown_as_text(centre, host, owner):
    publish(centre, owner, about="<script>alert(1)</script>", name="<b>Centre</b>")

    for name in ("hosts:show", "front:legal", "front:territories"):
        assert "<b>Centre" not in read(name)
        assert "<script>alert" not in read(name)


def test_versions_stay_readable_are_brought_back_and_end_after_a_year(
    page, centre, owner
):
    first = publish(centre, owner)
    publish(centre, owner, name="Nouveau nom")
    shown = page.get(reverse("hosts:version", args=[first.pk]))

    assert "Centre d’Exemple" in shown.content.decode()

    page.post(reverse("hosts:bring_back", args=[first.pk]))

    assert "Centre d’Exemple" == Profile.objects.drafts().get().name
    assert "Nouveau nom" in read("hosts:show")

    first.refresh_from_db()
    long_ago = timezone.now() - timedelta(days=366)
    Profile.objects.filter(pk=first.pk).update(replaced_at=long_ago)
    purge(timezone.now(), dry_run=False)
    assert not Profile.objects.filter(pk=first.pk).exists()
    assert 1 == Profile.objects.read_by_all().count()


def test_only_owners_write_and_members_read_the_history(centre, host):
    editor = centre.members.get(name="Édite")

    with pytest.raises(PermissionDenied):
        access.get_hosting(editor)
    with pytest.raises(Http404):
        access.get_hosting(make_user("Étrangère"))

    browser = Client()
    browser.force_login(editor)
    assert 200 == browser.get(reverse("hosts:history")).status_code


def test_a_centre_no_longer_recognised_no_longer_speaks(centre, host, owner):
    publish(centre, owner)
    withdraw_recognition(centre, by=owner)
    figures.forget()

    assert "Centre d’Exemple" not in read("hosts:show")
    with pytest.raises(Http404):
        access.get_hosting(owner)


def test_only_a_recognised_centre_hosts_the_site(centre):
    team = make_space()

    with pytest.raises(operations.NotACentre):
        operations.name_host(team, by=None)

    operations.name_host(centre, by=None)
    assert centre == Host.objects.get().space


def test_an_administrator_chooses_the_host_and_opens_nothing(centre):
    admin = make_user("Administre")
    admin.is_staff = True
    admin.save()
    browser = Client()
    browser.force_login(admin)

    browser.post(reverse("hosts:choose"), {"space": centre.pk})

    assert centre == Host.objects.get().space
    assert 404 == browser.get(reverse("hosts:edit")).status_code


def test_the_command_tells_and_chooses_the_host(centre, capsys):
    call_command("host_space", "--json")
    assert {"pk": centre.pk, "name": centre.name} in json.loads(
        capsys.readouterr().out
    )["centres"]

    call_command("host_space", str(centre.pk))
    assert "répond de ce site" in capsys.readouterr().out

    with pytest.raises(CommandError):
        call_command("host_space", str(make_space().pk))
    with pytest.raises(CommandError):
        call_command("host_space", "0")


def test_a_mail_says_who_answers_for_the_site(centre, host, owner):
    letter = mail.Letter("Bonjour", "Un mot.\n", "<html><body><p>Un</p></body></html>")
    mail.queue_letter("essai", "a@exemple.fr", letter)
    assert "Un mot.\n" == Message.objects.get(recipient="a@exemple.fr").text

    publish(centre, owner, name="Centre <d’Exemple>")
    mail.queue_letter("essai", "b@exemple.fr", letter)

    sent = Message.objects.get(recipient="b@exemple.fr")
    assert sent.text.startswith("Un mot.\n\n-- \nCentre <d’Exemple>\n")
    assert "inclusion@exemple.fr" in sent.text
    assert "Centre &lt;d’Exemple&gt;" in sent.html
    assert sent.html.endswith("</p></body></html>")


def test_the_cover_of_a_document_says_who_answers_for_the_site(centre, host, owner):
    document = Document("Portrait", [], "fr", "Source", "2026", "Jalons")
    assert document == with_host(document)

    publish(centre, owner, logo=raster(), logo_alt="Région Exemple")

    cover = with_host(document).cover
    assert ["Centre d’Exemple"] == [one.holder for one in cover.publication]
    assert ["Région Exemple"] == [one.alt for one in cover.logos]


def test_pages_ask_the_database_once_for_many(
    centre, host, owner, django_assert_num_queries
):
    publish(centre, owner)

    with django_assert_num_queries(1):
        assert figures.identity() == figures.identity()


def test_missions_of_real_centres_are_examples_to_start_from(page):
    assert [5, 3] == [len(one.missions) for one in examples()]
    assert all(one.source for one in examples())

    shown = page.get(reverse("hosts:edit"), {"exemple": "hubikoop"})
    assert examples()[1].text == shown.context["form"]["missions"].value()
