"""Only an audit made by people changes what every page says of its accessibility."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.hosts.operations import name_host
from jalons.spaces.models import Space
from jalons.spaces.operations import withdraw_recognition
from jalons.statements import figures, operations
from jalons.statements.criteria import Referential, rgaa, rgesn
from jalons.statements.models import Audit, Level, Plan
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
NONE, PARTLY, WHOLLY = (
    "Accessibilité\u00a0: non conforme",
    "Accessibilité\u00a0: partiellement conforme",
    "Accessibilité\u00a0: totalement conforme",
)


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
    space = make_space(owner=owner, editor=make_user("Édite"))
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    name_host(space, by=None)
    return space


@pytest.fixture
def page(owner, centre):
    browser = Client()
    browser.force_login(owner)
    return browser


def said(**values) -> dict[str, object]:
    """What a form would send."""
    return {
        "held_on": timezone.localdate().isoformat(),
        "auditor": "Cabinet d’Exemple",
        "rate": "74.5",
        "sample": "- Accueil\nQuestionnaire",
        "faults": "La matrice au lecteur d’écran",
    } | values


def record(page, **values):
    answer = page.post(reverse("statements:audits"), said(**values))
    figures.forget()
    return answer


def foot() -> str:
    html = Client().get(reverse("front:sources")).content.decode()
    return html.partition("<footer")[2]


def declared() -> str:
    return Client().get(reverse("statements:accessibility")).content.decode()


def test_without_audit_every_page_says_not_compliant_whatever_tests_say(centre):
    assert NONE in foot()
    assert "Aucun audit humain" in declared()
    assert "Défenseur des droits" in declared()


@pytest.mark.parametrize(
    ("rate", "expected"),
    [("49.9", NONE), ("50", PARTLY), ("99.9", PARTLY), ("100", WHOLLY)],
)
def test_an_audit_gives_the_mention_that_the_law_ties_to_its_rate(page, rate, expected):
    record(page, rate=rate)

    assert expected in foot()


def test_the_declaration_says_who_examined_what_and_what_is_not_accessible(page):
    record(page)

    html = declared()
    for words in ("Cabinet d’Exemple", "<li>Accueil</li>", "74,5", "La matrice"):
        assert words in html
    assert Entry.objects.filter(verb="statement.audited").exists()


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"faults": ""}, "faults", "la déclaration doit le dire"),
        ({"rate": "101"}, "rate", "100"),
        ({"rate": "-1"}, "rate", "0"),
        ({"sample": ""}, "sample", ""),
        ({"held_on": "2999-01-01"}, "held_on", "pas encore"),
    ],
)
def test_what_a_declaration_may_not_say_is_refused(page, values, field, told):
    answer = record(page, **values)

    assert 200 == answer.status_code
    assert told in str(answer.context["form"].errors[field])
    assert not Audit.objects.exists()
    assert NONE in foot()


def test_an_audit_withdrawn_or_too_old_counts_no_more(page, centre, owner):
    record(page)
    latest = Audit.objects.get()

    page.post(reverse("statements:withdraw", args=[latest.pk]))
    figures.forget()
    assert NONE in foot()

    long_ago = timezone.localdate() - timedelta(days=3 * 366 + 31)
    record(page, held_on=long_ago.isoformat(), rate="100")
    assert NONE in foot()

    record(page, held_on=(long_ago + timedelta(days=90)).isoformat())
    assert PARTLY in foot()


def test_the_latest_audit_counts_even_when_it_found_less(page):
    before = timezone.localdate() - timedelta(days=30)
    record(page, held_on=before.isoformat(), rate="100")
    record(page, rate="40")

    assert Level.NONE == figures.mention()


def test_a_host_that_is_no_longer_recognised_declares_nothing(page, centre, owner):
    record(page)
    withdraw_recognition(centre, by=owner)
    figures.forget()

    assert NONE in foot()


def test_the_database_refuses_a_rate_that_is_no_share(centre, owner):
    values = {"held_on": timezone.localdate(), "auditor": "x", "sample": "x"}

    with pytest.raises(IntegrityError), transaction.atomic():
        operations.record_audit(centre, values | {"rate": 100.5}, by=owner)


def test_the_plan_is_ours_until_the_host_writes_its_own(page):
    url = reverse("statements:plan")
    proposed = Client().get(url).content.decode()
    values = {"first_year": 2026, "means": "Une référente", "actions": "2026 : <b>x"}

    answer = page.post(reverse("statements:write_plan"), values)

    assert "n’a pas encore écrit" in proposed
    assert url == answer.url
    written = Client().get(url).content.decode()
    assert "De 2026 à 2028" in written
    assert "<li>2026 : &lt;b&gt;x</li>" in written
    assert "n’a pas encore écrit" not in written

    page.post(reverse("statements:write_plan"), values | {"means": ""})
    assert "Une référente" == Plan.objects.get().means


def every_theme(url: str, referential: Referential) -> str:
    """The pages of all the themes, each led to by the first, one after the other."""
    first = Client().get(url).content.decode()
    pages = [first]
    for number in range(2, len(referential.themes) + 1):
        assert f'href="?theme={number}#theme"' in first
        pages.append(Client().get(f"{url}?theme={number}").content.decode())
    return "".join(pages)


def test_the_criteria_are_read_in_both_languages_without_any_rate():
    url = reverse("statements:criteria")
    french = every_theme(url, rgaa())
    english = Client(HTTP_ACCEPT_LANGUAGE="en").get(url).content.decode()

    assert "à vérifier par une personne" in french
    assert "to be checked by a person" in english
    assert 112 == french.count('<th scope="row"')


def test_an_editor_of_the_host_and_a_stranger_declare_nothing(centre):
    for name, status in (("Édite", 403), ("Étrangère", 404)):
        person = centre.members.filter(name=name).first() or make_user(name)
        browser = Client()
        browser.force_login(person)
        answer = browser.post(reverse("statements:audits"), said())
        assert status == answer.status_code
    assert not Audit.objects.exists()


def test_what_is_not_sober_is_said_beside_what_is():
    html = every_theme(reverse("statements:sobriety"), rgesn())

    assert 78 == html.count('<th scope="row"')
    assert "aucune empreinte complète" in html
    assert "non respecté" in html
