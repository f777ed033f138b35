from __future__ import annotations

import re
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from joserfc.jwk import RSAKey

from jalons.accounts import identities
from jalons.accounts.models import Identity, User
from jalons.mail.models import Message
from jalons.privacy import erasure, persons
from jalons.spaces.belonging import Sign, signs_of
from tests.accounts import provider as providers
from tests.accounts.proving import sign_in
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
START, BACK = "account_proconnect", "account_proconnect_back"
CODE = "account_confirm_login_code"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@pytest.fixture(scope="module")
def running():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        with providers.running() as provider:
            yield provider


@pytest.fixture
def provider(running, settings):
    cache.clear()
    running.people = {
        "camille": {
            "email": "camille@exemple.fr",
            "given_name": "Camille",
            "usual_name": "Quatrebarbes",
        }
    }
    running.signs_answers, running.lies, running.forger = True, {}, None
    settings.PROCONNECT_URL = running.url
    settings.PROCONNECT_CLIENT_ID = providers.CLIENT
    settings.PROCONNECT_CLIENT_SECRET = "secret"
    return running


def leave(client: Client, **query: str) -> str:
    """Begin at our page; the address of the provider where it leads."""
    return client.get(reverse(START), query).url


def recognised(address: str, subject: str = "camille") -> dict[str, str]:
    """Be recognised by the provider; what it gives the browser to bring back."""
    sent = Request(address, data=urlencode({"sub": subject}).encode())
    try:
        build_opener(_Stay).open(sent)
    except HTTPError as answer:
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}
    raise AssertionError("the provider asked for something else")


def come_by_proconnect(client: Client, subject: str = "camille", **query: str):
    return client.get(reverse(BACK), recognised(leave(client, **query), subject))


def type_code(client: Client):
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
    return client.post(reverse(CODE), {"code": code})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def linked(provider) -> User:
    """Camille came by ProConnect once, and typed the code of the first time."""
    client = Client()
    come_by_proconnect(client)
    type_code(client)
    return User.objects.get()


def test_the_first_time_a_code_checks_the_address(provider, client):
    response = come_by_proconnect(client)

    assert reverse(CODE) == response.url.split("?")[0]
    assert ["camille@exemple.fr"] == mail.outbox[0].to
    assert not is_signed_in(client)
    assert not Identity.objects.exists()


def test_the_code_typed_opens_the_account_and_links_it(linked):
    assert "camille@exemple.fr" == linked.email
    assert "Camille Quatrebarbes" == linked.name
    assert "camille" == Identity.objects.get(user=linked).subject
    assert Message.objects.filter(reason="identity-linked").exists()


def test_afterwards_proconnect_signs_in_without_a_code(linked, client):
    response = come_by_proconnect(client, next=reverse("spaces:create"))

    assert reverse("spaces:create") == response.url
    assert str(linked.pk) == client.session["_auth_user_id"]


def test_answers_that_are_not_signed_are_read_as_those_of_other_providers(
    linked, provider, client
):
    provider.signs_answers = False

    come_by_proconnect(client)

    assert is_signed_in(client)


def test_saying_the_address_of_another_opens_nothing(linked, provider, client):
    """Attack: whoever runs a provider of identities says the address of a victim."""
    provider.people["pirate"] = {"email": linked.email}

    response = come_by_proconnect(client, "pirate")

    assert reverse(CODE) == response.url.split("?")[0]
    assert not is_signed_in(client)
    assert 1 == Identity.objects.count()


def test_a_code_for_another_address_links_nothing(provider, client):
    """Attack: an identity waits in a shared browser for whoever signs in next."""
    make_user("Dominique", "dominique@exemple.fr")
    come_by_proconnect(client)

    client.post(reverse("account_logout"), {"next": reverse("account_login")})
    client.post(reverse("account_login"), {"email": "dominique@exemple.fr"})
    type_code(client)

    assert str(User.objects.get().pk) == client.session["_auth_user_id"]
    assert not Identity.objects.exists()


def test_an_identity_that_waits_is_linked_by_its_own_address_alone(provider, client):
    dominique = make_user("Dominique", "dominique@exemple.fr")
    come_by_proconnect(client)
    request = RequestFactory().get("/")
    request.session = client.session

    identities.link_waiting(request, dominique, proved=dominique.email)

    assert not Identity.objects.exists()
    assert identities.WAITING not in request.session


def test_an_address_changed_there_moves_nobody_to_another_account(
    linked, provider, client
):
    victim = make_user("Dominique", "dominique@exemple.fr")
    provider.people["camille"]["email"] = victim.email

    come_by_proconnect(client)

    assert str(linked.pk) == client.session["_auth_user_id"]
    linked.refresh_from_db()
    assert "camille@exemple.fr" == linked.email


def test_an_address_said_there_makes_nobody_of_an_organisation(
    linked, provider, client
):
    provider.people["camille"]["email"] = "camille@mairie-victime.fr"

    come_by_proconnect(client)

    assert {Sign("domain", "exemple.fr")} == signs_of(linked)


def test_the_organisation_is_asked_for_where_it_may_be_and_followed(
    linked, provider, client, settings
):
    assert "siret" not in leave(Client())
    settings.PROCONNECT_SIRET = True
    assert "siret" in leave(Client())
    for siret in ("20001234500012", "21870085300015"):
        provider.people["camille"]["siret"] = siret
        come_by_proconnect(Client())
        assert siret[:9] == Identity.objects.get().siren

    provider.people["camille"]["siret"] = "<script>"
    come_by_proconnect(client)
    assert Identity.objects.get().siren == ""


def test_an_identity_opens_one_account(linked, provider, client):
    provider.people["camille"]["email"] = "autre@exemple.fr"

    come_by_proconnect(client)

    assert 1 == User.objects.count() == Identity.objects.count()


def test_somebody_without_an_address_is_told_so(provider, client):
    provider.people["camille"] = {}

    response = come_by_proconnect(client)

    assert reverse("account_login") == response.url
    assert not mail.outbox


def test_an_answer_that_was_not_asked_for_is_refused(linked, provider, client):
    """Attack: the victim is made to open the answer given to somebody else."""
    theirs = recognised(leave(Client()))

    client.get(reverse(BACK), theirs)
    leave(client)
    client.get(reverse(BACK), theirs)

    assert not is_signed_in(client)


def test_an_answer_serves_once(linked, provider, client):
    answer = recognised(leave(client))
    client.get(reverse(BACK), answer)
    was_signed_in = is_signed_in(client)
    client.post(reverse("account_logout"))

    client.get(reverse(BACK), answer)
    leave(client)
    client.get(reverse(BACK), answer)

    assert was_signed_in
    assert not is_signed_in(client)


def test_a_code_heard_elsewhere_is_of_no_use(linked, provider, client):
    """Attack: a code stolen on its way is put in the attacker's own browser (PKCE)."""
    stolen = recognised(leave(Client()))["code"]
    of_the_victim = provider.challenges["last"]
    asked = parse_qs(urlsplit(leave(client)).query)

    client.get(reverse(BACK), {"state": asked["state"][0], "code": stolen})

    assert of_the_victim
    assert of_the_victim != asked["code_challenge"][0]
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "lie",
    [
        {"sub": "somebody-else"},
        {"aud": "another-site"},
        {"iss": "https://pirate.example"},
        {"exp": 1},
    ],
    ids=str,
)
def test_an_answer_about_another_or_for_another_is_refused(
    linked, provider, client, lie
):
    provider.lies = lie

    response = come_by_proconnect(client)

    assert reverse("account_login") == response.url
    assert not is_signed_in(client)


def test_an_answer_signed_by_another_is_refused(linked, provider, client):
    provider.forger = RSAKey.generate_key(2048)

    response = come_by_proconnect(client)

    assert reverse("account_login") == response.url
    assert not is_signed_in(client)


def test_a_token_made_for_another_request_is_refused(linked, provider, client):
    answer = recognised(leave(client))
    session = client.session
    session["proconnect"] = session["proconnect"] | {"nonce": "another"}
    session.save()

    client.get(reverse(BACK), answer)

    assert not is_signed_in(client)


def test_a_closed_account_stays_closed(linked, provider, client):
    User.objects.update(is_active=False)

    response = come_by_proconnect(client)

    assert reverse("account_inactive") == response.url
    assert not is_signed_in(client)


def test_giving_up_there_leads_back_to_the_first_page(provider, client):
    address = leave(client)
    state = parse_qs(urlsplit(address).query)["state"][0]

    response = client.get(reverse(BACK), {"error": "access_denied", "state": state})

    assert reverse("account_login") == response.url


def test_a_provider_that_does_not_answer_is_said(provider, client, settings):
    settings.PROCONNECT_URL = "http://127.0.0.1:9"

    response = client.get(reverse(START), follow=True)

    assert "ProConnect ne répond pas" in response.text


def test_signing_out_leads_to_signing_out_there(linked, provider, client):
    come_by_proconnect(client)

    page = client.post(reverse("account_logout"))

    address = urlsplit(page.context["address"])
    said = parse_qs(address.query)
    assert page.context["address"].startswith(provider.url)
    assert {"id_token_hint", "state", "post_logout_redirect_uri"} == set(said)
    assert not is_signed_in(client)


def test_whoever_came_by_a_code_signs_out_here_alone(linked, client):
    client.force_login(linked)

    assert reverse("front:home") == client.post(reverse("account_logout")).url


def test_a_link_is_removed_by_its_owner_alone(linked, provider, client):
    (identity,) = Identity.objects.all()
    path = reverse("account_proconnect_unlink", args=[identity.pk])
    sign_in(client, make_user("Dominique"))
    refused = client.post(path)
    sign_in(client, linked)

    client.post(path)

    assert 404 == refused.status_code
    assert not Identity.objects.exists()


def test_erasing_a_person_erases_their_identity(linked):
    erasure.erase(persons.find(linked.email))

    assert not Identity.objects.exists()


def test_without_its_settings_proconnect_is_neither_shown_nor_asked(client):
    page = client.get(reverse("account_login"))

    assert "ProConnect" not in page.text
    assert 404 == client.get(reverse(START)).status_code


def test_with_them_the_first_page_offers_it(provider, client):
    page = client.get(reverse("account_login"))

    assert reverse(START) in page.text
