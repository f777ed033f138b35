"""Somebody without account tells what interests them; a centre answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.audit.models import Entry as Line
from jalons.mail.models import Message
from jalons.network.models import Exchange
from jalons.privacy.operations import purge
from jalons.reception import operations
from jalons.reception.models import Interest, InterestContact
from jalons.reception.secrets import token_of
from jalons.territories.models import Membership
from tests.factories import make_territory
from tests.reception.desk import confirmed, index, make_place, tell

pytestmark = pytest.mark.django_db
FORM = reverse("reception:tell")
GIVEN = {
    "place": "Trifouillis",
    "choices": ["schemes", "support"],
    "structure": "Mairie de Trifouillis",
    "function": "Secrétaire de mairie",
    "name": "Sacha",
    "email": "Sacha@Exemple.fr",
    "message": "Deux agents à former",
}


def page(client, name: str, *args) -> str:
    return client.get(reverse(f"reception:{name}", args=args)).content.decode()


def test_what_is_told_waits_for_its_address(client, centre):
    answer = client.post(FORM, GIVEN).content.decode()

    (interest,) = Interest.objects.all()
    (mail,) = Message.objects.all()
    assert ["schemes", "support"] == interest.choices
    assert (centre.space, centre.commune) == (interest.space, interest.territory)
    assert "sacha@exemple.fr" == interest.contact.email == mail.recipient
    assert token_of(interest) in mail.text
    assert "Deux agents" not in mail.text, "nothing typed goes to a stranger"
    assert f"{reverse('library:list')}?genre=scheme" in answer
    assert not Exchange.objects.exists()
    assert not Interest.objects.confirmed()


def test_once_confirmed_the_cockpit_promises_an_answer(client, centre):
    client.post(FORM, GIVEN)
    (interest,) = Interest.objects.all()
    link = reverse("reception:mine", args=[token_of(interest)])

    read = client.get(link)
    assert not Exchange.objects.exists(), "opening the page decides nothing"
    client.post(link)
    client.post(link)

    (row,) = Exchange.objects.all()
    today = timezone.localdate()
    assert "Deux agents à former" in read.content.decode()
    assert (centre.space, centre.epci) == (row.space, row.territory)
    assert ("form", today) == (row.kind, row.day)
    assert today + timedelta(days=operations.ANSWER_DAYS) == row.next_on
    assert "Secrétaire de mairie, Mairie de Trifouillis" == row.counterpart
    assert "Sacha" not in f"{row.summary}{row.counterpart}{row.next_step}"
    assert "compte vous répondre avant le" in client.get(link).content.decode()
    client.force_login(centre.officer)
    known = reverse("network:territory", args=[centre.space.pk, centre.epci.code])
    assert "repérer les dispositifs" in client.get(known).content.decode()


def test_a_centre_answers_and_the_promise_is_kept(client, centre):
    interest = confirmed(centre.commune, message="Bonjour")
    client.force_login(centre.officer)
    assert "sacha@exemple.fr" in page(client, "list", centre.space.pk)

    done = reverse("reception:answered", args=[centre.space.pk, interest.pk])
    client.post(done)
    client.post(done)

    interest.refresh_from_db()
    assert timezone.localdate() == interest.exchange.next_done_on
    assert centre.officer == interest.exchange.written_by
    assert 1 == Line.objects.filter(verb="interest.answered").count()
    assert "sacha@exemple.fr" not in page(client, "list", centre.space.pk)
    client.logout()
    said = "indique vous avoir répondu"
    assert said in page(client, "mine", token_of(interest))


def test_a_reader_sees_what_is_asked_and_never_who_asks(client, centre):
    confirmed(centre.commune, message="Bonjour")
    client.force_login(centre.reader)

    said = page(client, "list", centre.space.pk)
    csv = client.get(reverse("reception:export_csv", args=[centre.space.pk]))

    assert "Trifouillis" in said
    assert "sacha@exemple.fr" not in said
    assert 403 == csv.status_code


def test_a_file_holds_everything_and_no_formula(client, centre):
    confirmed(centre.commune, message='=HYPERLINK("https://a.exemple")')
    client.force_login(centre.officer)

    csv = client.get(reverse("reception:export_csv", args=[centre.space.pk]))

    text = b"".join(csv.streaming_content).decode()
    assert "sacha@exemple.fr" in text
    assert "'=HYPERLINK" in text


def test_whoever_told_it_erases_it(client, centre):
    interest = confirmed(centre.commune, message="Bonjour")
    link = reverse("reception:mine", args=[token_of(interest)])

    client.post(link, {"effacer": "1"})

    interest.refresh_from_db()
    row = interest.exchange
    assert not InterestContact.objects.exists()
    assert ("", "", "") == (interest.structure, interest.function, row.counterpart)
    assert "effacée par son auteur" in row.summary
    assert not Interest.objects.waiting()
    verbs = Entry.objects.order_by("-pk").values_list("verb", flat=True)
    assert "interest.erased" == verbs[0], "and nobody of the centre is said to"
    assert 410 == client.get(link).status_code
    assert 404 == client.get(link[:-2] + "x/").status_code


def test_what_was_never_confirmed_goes_entirely_when_erased(client, centre):
    interest = tell(centre.commune)

    client.post(reverse("reception:mine", args=[token_of(interest)]), {"effacer": "1"})

    assert not Interest.objects.exists()


def test_names_go_before_what_was_asked_for(centre):
    asked = tell(centre.commune, "autre@exemple.fr")
    kept = confirmed(centre.commune)
    now = timezone.now()

    purge(now + timedelta(days=9), dry_run=False)
    assert [kept] == list(Interest.objects.all()), asked
    purge(now + timedelta(days=370), dry_run=False)
    assert not InterestContact.objects.exists()
    assert [kept] == list(Interest.objects.all())
    purge(now + timedelta(days=3 * 365 + 2), dry_run=False)
    assert not Interest.objects.exists()
    assert Exchange.objects.exists(), "the centre keeps its own history"


def test_told_twice_it_is_kept_once_and_mailed_once_a_day(client, centre):
    for message in ("Une fois", "Deux fois"):
        client.post(FORM, GIVEN | {"message": message})

    (interest,) = Interest.objects.all()
    assert "Deux fois" == interest.contact.message
    assert 1 == Message.objects.count()
    operations.confirm_interest(interest)
    said = client.post(FORM, GIVEN | {"message": "Trois", "choices": ["learn"]})
    interest.refresh_from_db()
    assert "Deux fois" == interest.contact.message, "a stranger changes nothing"
    assert ["schemes", "support"] == interest.choices
    assert "ouvrez vos courriels" in said.content.decode().lower()
    assert 1 == Message.objects.count()
    assert 1 == Exchange.objects.count()


def test_a_name_that_several_bear_is_asked_again(client, centre):
    other = make_place(centre.space, "CC des Deux Vallées")

    asked = client.post(FORM, GIVEN | {"place": "cc des deux vallees"})
    assert "ou un nom proche" in asked.content.decode()
    assert not Interest.objects.exists()
    chosen = {"place": "cc des deux vallees", "which": other.code}
    client.post(FORM, GIVEN | chosen)

    assert other == Interest.objects.get().territory


def test_a_territory_without_a_centre_is_told_so(client, centre):
    far = make_territory("CC Lointaine")
    index(far)

    said = client.post(FORM, GIVEN | {"place": "CC Lointaine"}).content.decode()
    unknown = client.post(FORM, GIVEN | {"place": "Zzyzx"}).content.decode()

    assert "Aucun centre de ressources ne répond encore" in said
    assert "Aucune commune ni intercommunalité (EPCI) de ce nom" in unknown
    assert not Interest.objects.exists()
    assert not Message.objects.exists()


def test_a_centre_no_longer_recognised_reads_nothing_new(client, centre):
    interest = tell(centre.commune)
    type(centre.space).objects.filter(pk=centre.space.pk).update(recognised_at=None)

    link = reverse("reception:mine", args=[token_of(interest)])
    said = client.post(link, follow=True).content.decode()

    assert "Aucun centre de ressources ne répond encore" in said
    assert not Interest.objects.confirmed()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("structure", "<script>alert(1)</script>"),
        ("function", "Maire https://achetez.exemple"),
        ("message", "<img src=x onerror=alert(1)>"),
        ("name", "Sacha\r\nBcc: tous@exemple.fr"),
        ("email", "sacha@exemple.fr\nBcc: tous@exemple.fr"),
        ("email", "pas une adresse"),
        ("message", "a" * 2001),
        ("choices", []),
        ("choices", ["everything"]),
        ("place", "x" * 5000),
    ],
)
def test_bad_words_are_refused_with_the_reason(client, centre, field, text):
    answer = client.post(FORM, GIVEN | {field: text})

    assert 200 == answer.status_code
    assert "Rien n’est encore envoyé" in answer.content.decode()
    assert not Interest.objects.exists()
    assert not Message.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(client, centre):
    answer = client.post(FORM, GIVEN | {"site": "https://a.exemple"})

    assert 200 == answer.status_code
    assert not Interest.objects.exists()


def test_one_address_does_not_flood(client, centre, settings):
    limits = settings.ACCOUNT_RATE_LIMITS | {"tell_interest": "2/h/ip"}
    settings.ACCOUNT_RATE_LIMITS = limits

    seen = [client.post(FORM, GIVEN).status_code for _ in range(3)]

    assert [200, 200, 429] == seen


def test_a_long_list_is_read_in_few_queries(client, centre):
    for n in range(12):
        confirmed(centre.commune, f"n{n}@exemple.fr", support=n % 2 == 0)
    client.force_login(centre.officer)
    address = reverse("reception:list", args=[centre.space.pk])
    client.get(address)

    with CaptureQueriesContext(
        connection,
    ) as found:
        said = client.get(address).content.decode()

    assert len(found) <= 12
    assert 12 == said.count("mailto:n")
    filtered = client.get(f"{address}?choix=support").content.decode()
    assert 6 == filtered.count("mailto:n")


def test_a_commune_without_epci_is_not_followed(centre):
    alone = make_territory("Île Seule", kind="commune")
    Membership.objects.create(member=alone, group=centre.space.territory, since=2020)

    with pytest.raises(operations.NotFollowed):
        tell(alone)


def test_confirmed_meanwhile_it_is_erased_from_the_cockpit_too(centre):
    read_before = tell(centre.commune)
    operations.confirm_interest(Interest.objects.get(pk=read_before.pk))

    operations.erase_interest(read_before)

    assert "" == Interest.objects.get().exchange.counterpart
    assert not InterestContact.objects.exists()
