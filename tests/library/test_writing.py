"""A recognised resource centre writes, publishes, withdraws, restores."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from jalons.library import operations, witnesses
from jalons.library.definitions import Content
from jalons.library.figures import new_for, sheets_about
from jalons.library.finding import answers_to
from jalons.library.models import Following, Sheet, Witness
from jalons.library.tagging import tags_in
from jalons.mail.models import Message
from jalons.search.operations import Entry, index
from jalons.spaces.models import Space
from jalons.territories.models import Membership, Territory
from tests.factories import make_space, make_territory, make_user
from tests.library.test_pages import make_sheet

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "initiative",
    "title": "Une camionnette équipée",
    "summary": "Elle passe dans douze villages.",
    "problem": "Trop loin.",
    "tags": ["stake:visibility", "place:rural"],
}


@pytest.fixture
def officer():
    return make_user("Chargée de mission", "officer@exemple.fr")


@pytest.fixture
def centre(officer):
    space = make_space(owner=officer)
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    return space


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def url(name, *args):
    return reverse(f"library:{name}", args=args)


def write(desk, centre, **said) -> Sheet:
    desk.post(url("add", centre.pk), SAID | said)
    found: Sheet = Sheet.objects.latest("pk")
    return found


def found_by(words) -> list[str]:
    return [one.sheet.title for one in answers_to(words)]


def test_a_draft_is_found_once_published_and_no_more_once_withdrawn(desk, centre):
    sheet = write(desk, centre)
    assert found_by("camionnette") == []

    desk.post(url("publish", centre.pk, sheet.pk))
    assert found_by("camionettes") == [SAID["title"]]

    desk.post(url("withdraw", centre.pk, sheet.pk))
    assert found_by("camionnette") == []


def test_only_the_parts_of_a_kind_are_asked_and_none_that_was_kept_is_lost(
    desk, centre
):
    choice = desk.get(url("add", centre.pk)).content.decode()
    page = desk.get(url("add", centre.pk), {"genre": "figure"}).content.decode()
    assert "?genre=figure" in choice
    assert 'name="population"' in page
    assert 'name="solution"' not in page
    sheet = write(desk, centre, solution="Un bus.")

    told = SAID | {"kind": "figure", "solution": "Un bus.", "conditions": "Un abri."}
    desk.post(url("edit", centre.pk, sheet.pk), told)
    again = desk.get(url("edit", centre.pk, sheet.pk)).content.decode()

    assert 'name="population"' in again
    assert "Un abri." in again


def test_a_new_version_is_read_once_published(desk, client, centre):
    sheet = write(desk, centre)
    operations.publish_sheet(sheet, by=None)

    desk.post(url("edit", centre.pk, sheet.pk), SAID | {"title": "Un bus équipé"})
    before = client.get(url("show", sheet.code)).content.decode()
    desk.post(url("publish", centre.pk, sheet.pk))
    after = client.get(url("show", sheet.code)).content.decode()

    assert SAID["title"] in before
    assert "Un bus équipé" in after


def test_an_older_version_is_read_and_taken_up_again(desk, centre):
    sheet = write(desk, centre)
    desk.post(url("edit", centre.pk, sheet.pk), SAID | {"title": "Autre titre"})

    page = desk.get(url("edition", centre.pk, sheet.pk, 1)).content.decode()
    desk.post(url("restore", centre.pk, sheet.pk, 1))

    assert SAID["title"] in page
    assert operations.latest(sheet).number == 3
    assert operations.latest(sheet).read.title == SAID["title"]


def test_a_territory_is_read_by_its_name_and_kept_by_its_code(desk, centre):
    place = make_territory()
    sheet = write(desk, centre, territory=place.pk)
    shown = f"{place.name} ({place.pk})"

    page = desk.get(url("edit", centre.pk, sheet.pk))
    desk.post(url("edit", centre.pk, sheet.pk), SAID | {"territory": shown})
    again = desk.get(url("edit", centre.pk, sheet.pk))
    other = {"territory": f"Ailleurs ({place.pk})"}
    wrong = desk.post(url("edit", centre.pk, sheet.pk), SAID | other)

    assert shown in page.content.decode()
    assert shown in again.content.decode()
    assert 'id="id_territory_error"' in wrong.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "<b>Titre</b>"},
        {"problem": "<script>x</script>"},
        {"tags": ["stake:unknown"]},
        {"link": "javascript:alert(1)"},
        {"dated": "hier"},
        {"territory": "999"},
        {"summary": "x" * 601},
        {"starts_on": "2026-02-01", "ends_on": "2026-01-01"},
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(desk, centre, wrong):
    page = desk.post(url("add", centre.pk), SAID | wrong)

    assert page.status_code == 200
    assert not Sheet.objects.exists()


def test_its_centre_goes_from_the_page_of_a_sheet_to_its_desk(desk, client, centre):
    sheet = write(desk, centre)
    operations.publish_sheet(sheet, by=None)
    place = url("own", centre.pk, sheet.pk)

    assert place in desk.get(url("show", sheet.code)).content.decode()
    desk.logout()
    assert place not in client.get(url("show", sheet.code)).content.decode()


def test_a_team_that_is_no_centre_does_not_write(desk, officer):
    team = make_space(owner=officer)

    assert desk.get(url("desk", team.pk)).status_code == 404
    assert desk.post(url("add", team.pk), SAID).status_code == 404


def test_a_contact_is_shown_only_after_they_agreed_and_no_more_when_they_stop(
    desk, client, centre
):
    sheet = write(desk, centre)
    operations.publish_sheet(sheet, by=None)
    asked = {"name": "Sacha Exemple", "role": "", "email": "sacha@exemple.fr"}
    desk.post(url("ask_witness", centre.pk, sheet.pk), asked)
    link = witnesses.address_of(Witness.objects.get()).partition("//")[2]
    path = "/" + link.partition("/")[2]
    show = url("show", sheet.code)

    assert Message.objects.filter(recipient="sacha@exemple.fr").count() == 1
    assert "Sacha" not in client.get(show).content.decode()
    client.post(path)
    assert "Sacha Exemple" in client.get(show).content.decode()
    client.post(path, {"stop": "1"})
    assert "Sacha" not in client.get(show).content.decode()
    assert client.get(path).status_code == 404
    assert mail.outbox == []


def test_what_is_followed_tells_what_is_new(desk, officer):
    moment = timezone.now() - timedelta(minutes=1)
    desk.post(url("follow"), {"theme": "stake:visibility"})
    desk.post(url("follow"), {"theme": "stake:visibility"})
    place = make_territory()
    desk.post(url("follow"), {"territoire": place.pk})
    make_sheet(title="Suivie", tags=["stake:visibility"])
    make_sheet(title="Située", territory=place.pk)
    make_sheet(title="Autre", tags=["theme:health"])

    told = new_for(officer, since=moment)

    assert Following.objects.count() == 2
    assert [[one.title for one in new.sheets] for new in told] == [
        ["Suivie"],
        ["Située"],
    ] or [[one.title for one in new.sheets] for new in told] == [
        ["Située"],
        ["Suivie"],
    ]
    assert new_for(officer, since=timezone.now()) == []


def test_who_follows_a_territory_is_told_of_its_communes_and_of_no_other(desk, officer):
    around = make_territory()
    village, other = (make_territory(kind=Territory.Kind.COMMUNE) for _ in range(2))
    Membership.objects.create(member=village, group=around, since=2021)
    desk.post(url("follow"), {"territoire": around.pk})
    moment = timezone.now() - timedelta(minutes=1)
    make_sheet(title="Au village", territory=village.pk)
    make_sheet(title="Ailleurs", territory=other.pk)

    (told,) = new_for(officer, since=moment)

    assert (around, ["Au village"]) == (told.about, [one.title for one in told.sheets])


def test_a_territory_is_followed_by_its_name_and_those_near_it_are_offered(desk):
    place = make_territory("CC de la Clairière")
    index([Entry("epci", place.pk, place.name)])

    near = desk.post(url("follow"), {"territoire": "clairiere"}, follow=True)
    assert not Following.objects.exists()
    assert f'value="{place.pk}"' in near.content.decode()

    desk.post(url("follow"), {"territoire": "cc de la clairiere"})
    assert Following.objects.get().territory == place


def test_nobody_stops_what_another_follows(desk, officer):
    other = operations.follow(make_user(), tag="theme:health")

    assert desk.post(url("unfollow", other.pk)).status_code == 404
    assert desk.post(url("follow"), {"theme": "theme:none"}).status_code == 404


def test_a_text_speaks_of_its_tags(library, django_assert_num_queries):
    assert "public:seniors" in tags_in("Les retraités de nos villages")
    assert "place:rural" in tags_in("Les retraités de nos villages")
    assert tags_in("Lorem ipsum") == []
    with django_assert_num_queries(1):
        found = sheets_about("Comment aider les commerçants à payer leur connexion ?")
    assert 1 <= len(found) <= 3


def test_a_version_is_never_changed_by_the_next(desk, centre):
    sheet = write(desk, centre)
    first = sheet.editions.get().content
    content = Content(title="Autre", summary="Autre")

    operations.write_sheet(sheet, content, by=None)

    assert sheet.editions.get(number=1).content == first


def test_publishing_the_same_version_twice_is_refused(desk, centre):
    sheet = write(desk, centre)
    operations.publish_sheet(sheet, by=None)

    with pytest.raises(operations.NothingToPublish):
        operations.publish_sheet(sheet, by=None)


def test_a_sheet_says_how_it_may_be_reused_once_its_centre_said_it(desk, centre):
    sheet = write(desk, centre)
    desk.post(url("publish", centre.pk, sheet.pk))
    unsaid = desk.get(url("show", sheet.code)).content.decode()

    desk.post(url("edit", centre.pk, sheet.pk), SAID | {"licence": "etalab-2.0"})
    desk.post(url("publish", centre.pk, sheet.pk))
    said = desk.get(url("show", sheet.code)).content.decode()

    assert "aucune licence" in unsaid
    assert 'rel="license">Licence Ouverte 2.0' in said
    wrong = desk.post(url("edit", centre.pk, sheet.pk), SAID | {"licence": "mine"})
    assert wrong.status_code == 200
