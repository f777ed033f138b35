from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.library import operations
from jalons.library.definitions import Content
from jalons.library.models import Sheet
from tests.factories import make_space, make_user

LIST = reverse("library:list")


def make_sheet(
    space=None, *, kind=Sheet.Kind.INITIATIVE, publish=True, **said
) -> Sheet:
    content = Content(**{"title": "Un bus", "summary": "Un bus équipé.", **said})
    sheet = operations.create_sheet(
        operations.New(kind, space), content, by=None if space is None else make_user()
    )
    if publish:
        operations.publish_sheet(sheet, by=None)
    return sheet


def test_the_first_page_tells_its_shelves(client, library):
    page = client.get(LIST)

    assert page.status_code == 200
    assert "?genre=lesson" in page.content.decode()


def test_a_misspelt_word_finds_its_sheet(client, library):
    page = client.get(LIST, {"mots": "aidant conect"}).content.decode()

    assert "dispositif-aidants-connect" in page


def test_facets_narrow_what_is_found(client, library):
    found = client.get(LIST, {"genre": "scheme", "etape": "step:6"}).content.decode()

    assert "France Numérique Ensemble" in found
    assert "Pass numériques" not in found


def test_facets_are_folded_until_one_is_chosen(client, library):
    folded = client.get(LIST, {"mots": "bus"}).content.decode()
    chosen = client.get(LIST, {"genre": "scheme"}).content.decode()

    assert folded.index("Rechercher</button>") < folded.index("<details>")
    assert "<details open>" in chosen


def test_an_unknown_facet_is_left_aside(client, library):
    assert client.get(LIST, {"theme": "<b>", "page": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "words"),
    [("ecosystem", "pas exhaustive"), ("figure", "ne mesurent pas la même chose")],
)
def test_a_shelf_says_how_to_read_it(client, library, kind, words):
    assert words in client.get(LIST, {"genre": kind}).content.decode()


def test_every_sheet_that_ships_opens_in_both_languages(client, library):
    for sheet in Sheet.objects.public():
        url = reverse("library:show", args=[sheet.code])
        assert sheet.title.replace("’", "’") in client.get(url).content.decode()
    client.post(reverse("front:language"), {"language": "en", "next": "/"})
    page = client.get(reverse("library:show", args=["trois-cles"])).content.decode()
    assert "Three keys of a local strategy" in page
    assert '<div lang="fr">' in page


def test_a_scheme_says_where_it_stands_and_by_which_source(client, library):
    url = reverse("library:show", args=["dispositif-pass-numerique"])
    page = client.get(url).content.decode()

    assert "À vérifier" in page
    assert "janvier 2023" in page


def test_what_is_typed_is_never_markup(client, db):
    space = make_space(owner=make_user())
    sheet = make_sheet(
        space, title="<script>a</script>", sections={"text": "<img src=x onerror=y>"}
    )
    page = client.get(reverse("library:show", args=[sheet.code])).content.decode()

    assert "<script>a" not in page
    assert "<img src=x" not in page


def test_a_draft_is_read_by_its_team_only(client, db):
    owner = make_user()
    sheet = make_sheet(make_space(owner=owner), publish=False)
    url = reverse("library:show", args=[sheet.code])

    assert client.get(url).status_code == 404
    client.force_login(owner)
    assert client.get(url).status_code == 200


def test_a_team_that_is_not_recognised_shows_nothing(client, db):
    sheet = make_sheet(make_space(is_recognised=False))

    assert client.get(reverse("library:show", args=[sheet.code])).status_code == 404
    assert sheet.title not in client.get(LIST, {"mots": "bus"}).content.decode()


def test_pages_are_light(client, library, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        page = client.get(LIST, {"mots": "diagnostic sans budjet"})
    assert len(page.content) < 100_000
    url = reverse("library:show", args=["recit-sicoval"])
    with django_assert_max_num_queries(4):
        client.get(url)
