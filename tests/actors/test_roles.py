from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from jalons.actors import operations
from jalons.actors.figures import matrix_of
from jalons.actors.filling import Change, changes_in, written
from jalons.actors.grids import CHANNELS, ROLES
from jalons.actors.words import dead_end_sentences, gap_sentences, heard_sentence
from jalons.audit.models import Entry
from tests.actors.people import make_actor, state
from tests.factories import make_space, make_user


@pytest.fixture
def actors(space, officer):
    return [make_actor(space, name, by=officer) for name in ("CCAS", "EPN", "Poste")]


def url(name, space, grid="roles"):
    return reverse(f"actors:{name}", args=[space.pk, grid])


def whole(desk, space, grid="roles"):
    """The page where every actor is filled in."""
    return desk.get(url("fill", space, grid), {"tout": "1"}).content.decode()


def fields_of(page: str) -> dict[str, str]:
    """What the page would send if nobody touched it."""
    avant = re.search(r'name="avant" value="([^"]*)"', page)
    return {"avant": avant[1]}


def stated(actor):
    return dict(actor.roles.values_list("role", "level"))


def test_a_table_keyed_on_the_page_is_read_back(desk, space, actors):
    sent = fields_of(whole(desk, space))
    sent |= {
        f"c-{actors[0].pk}-reperer": "does",
        f"c-{actors[0].pk}-former": "refers",
        f"c-{actors[1].pk}-former": "takes_part",
    }

    answer = desk.post(url("fill", space), sent, follow=True)

    assert stated(actors[0]) == {"reperer": "does", "former": "refers"}
    assert stated(actors[1]) == {"former": "takes_part"}
    assert "3 cases sont changées" in answer.content.decode()


def test_a_cell_emptied_is_not_known_any_more(desk, space, officer, actors):
    state(actors[0], by=officer, reperer="does")
    sent = fields_of(whole(desk, space))

    desk.post(url("fill", space), sent | {f"c-{actors[0].pk}-reperer": ""})

    assert stated(actors[0]) == {}


def test_what_somebody_else_wrote_meanwhile_is_left_and_told(
    desk, space, officer, actors
):
    sent = fields_of(whole(desk, space))
    state(actors[0], by=officer, reperer="refers")

    sent |= {f"c-{actors[0].pk}-reperer": "does", f"c-{actors[1].pk}-reperer": "does"}
    answer = desk.post(url("fill", space), sent, follow=True)

    assert stated(actors[0]) == {"reperer": "refers"}
    assert stated(actors[1]) == {"reperer": "does"}
    assert "1 case a été changée par quelqu’un d’autre" in answer.content.decode()


@pytest.mark.parametrize(
    "avant",
    ["", "x", "1:9", ":00000000", "1:0000000a", "9" * 30 + ":00000000", "1:" + "²" * 8],
)
def test_a_page_sent_wrongly_changes_nothing(avant, space):
    assert changes_in(ROLES, {"avant": avant, "c-1-reperer": "does"}) == []


def test_a_level_that_is_none_changes_nothing(actors):
    sent = {"avant": written(ROLES, actors, {}), f"c-{actors[0].pk}-former": "boss"}

    assert changes_in(ROLES, sent) == []


def test_the_actors_of_another_space_are_out_of_reach(space, officer):
    other = make_space(owner=make_user())
    theirs = make_actor(other, by=officer)

    change = Change(theirs.pk, "former", "", "does")
    filled = operations.fill_in(space, ROLES, [change], by=officer)

    assert filled.changed == 0
    assert stated(theirs) == {}
    assert not Entry.objects.filter(verb="roles.changed").exists()


def test_the_gaps_are_said_in_sentences_with_who_was_heard(space, officer, actors):
    ccas, epn, _poste = actors
    state(ccas, by=officer, reperer="does", orienter="does", former="refers")
    state(epn, by=officer, reperer="does", former="refers", equiper="takes_part")

    matrix = matrix_of(space, ROLES)

    said = " ".join(gap_sentences(matrix))
    assert "Repérer" not in said
    assert "Orienter\u00a0: seul «\u00a0CCAS\u00a0» le fait" in said
    assert "Équiper\u00a0: certains y participent" in said
    assert "Financer\u00a0: aucun acteur" in said
    assert heard_sentence(matrix).startswith("2 acteurs sur 3")
    assert len(dead_end_sentences(matrix)) == 2


def test_channels_are_filled_in_on_the_same_page(desk, space, actors):
    page = whole(desk, space, "visibilite")
    sent = fields_of(page) | {f"c-{actors[2].pk}-banques": "in_place"}

    desk.post(url("fill", space, "visibilite"), sent)

    assert [c.level for c in actors[2].channels.all()] == ["in_place"]
    assert matrix_of(space, CHANNELS).gaps is None


def test_one_actor_is_filled_in_alone(desk, space, actors):
    page = desk.get(url("fill", space), {"acteur": actors[1].pk}).content.decode()

    # Its eight roles, and the list of the actors.
    assert page.count("<select") == 9
    assert f"c-{actors[1].pk}-former" in page
    assert f"c-{actors[0].pk}-former" not in page


def test_who_said_nothing_comes_first_and_the_next_follows(
    desk, space, officer, actors
):
    state(actors[0], by=officer, reperer="does")

    page = desk.get(url("fill", space))
    sent = fields_of(page.content.decode()) | {f"c-{actors[1].pk}-former": "does"}
    after = desk.post(url("fill", space), sent | {"puis": actors[2].pk}, follow=True)

    assert [actors[1]] == page.context["turn"].shown
    assert stated(actors[1]) == {"former": "does"}
    assert [actors[2]] == after.context["turn"].shown
    assert after.context["turn"].after is None


@pytest.mark.parametrize("asked", ["x", "²", "-1", "99999999999999999999999"])
def test_an_actor_that_is_not_there_leads_to_one_who_is(desk, space, actors, asked):
    page = desk.get(url("fill", space), {"acteur": asked})
    sent = fields_of(page.content.decode()) | {"puis": asked}

    answer = desk.post(url("fill", space), sent, follow=True)

    assert 200 == answer.status_code
    assert [actors[0]] == page.context["turn"].shown


def test_a_long_table_is_read_in_pages_and_whole_when_asked(desk, space, officer):
    names = [f"Acteur {n:02}" for n in range(14)]
    for name in names:
        make_actor(space, name, by=officer)

    def rows(**asked):
        page = desk.get(url("grid", space), asked).content.decode()
        return [name for name in names if f"{name}</a></th>" in page]

    assert (names[:12], names[12:]) == (rows(), rows(page="2"))
    assert names == rows(tout="1")


def pages_of(answer):
    return PdfReader(BytesIO(answer.content))


def test_the_board_prints_the_letters_or_leaves_them_to_be_written(
    desk, space, officer, actors
):
    state(actors[0], by=officer, reperer="does")

    filled = pages_of(desk.get(url("board", space)))
    blank = pages_of(desk.get(url("board", space), {"papier": "a3", "vierge": "1"}))

    assert "CCAS" in filled.pages[0].extract_text()
    assert round(float(filled.pages[0].mediabox.width)) == 842
    assert round(float(blank.pages[0].mediabox.width)) == 1191
    assert len(blank.pages) == len(filled.pages) == 1
    assert filled.pages[0].extract_text().split().count("F") == 2
    assert blank.pages[0].extract_text().split().count("F") == 1


def test_a_board_of_many_actors_repeats_its_header_on_each_page(desk, space, officer):
    for _n in range(40):
        make_actor(space, by=officer)

    board = pages_of(desk.get(url("board", space)))

    assert len(board.pages) > 1
    assert all("Repérer" in page.extract_text() for page in board.pages)


def test_a_table_that_does_not_exist_is_not_found(desk, space):
    assert desk.get(url("grid", space, "autre")).status_code == 404
