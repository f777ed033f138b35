"""Where lines come from: read where it stands, and said when it no longer holds."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.drawing.flows import Box, Column, draw_flow
from jalons.drawing.skins import PRINT
from jalons.drawing.svg import Plate
from jalons.roadmaps import adopting
from jalons.roadmaps.figures import plan_of
from jalons.steering import operations
from jalons.steering.flow import draw_traces
from jalons.steering.timeline import timeline_of
from jalons.steering.traces import summary_of, traces_of
from jalons.workshops import operations as operations_of_workshops
from tests.roadmaps.plans import make_action, make_stake
from tests.workshops.rooms import add, comes, make_table, make_workshop, votes


@pytest.fixture
def adopted(space, roadmap, officer):
    """The stake and the workstream of a table, and two actions of ours."""
    workshop = make_workshop(space, by=officer, title="Atelier d’Exemple")
    table, _stake, row = make_table(workshop, by=officer)
    adopting.adopt_table(roadmap, table, by=officer)
    stream = roadmap.stakes.get().workstreams.get()
    first, then = (make_action(stream, text, by=officer) for text in ("Un", "Deux"))
    operations.wait_for(then, first, by=officer)
    return row, stream


def read(roadmap):
    return {one.code: one for one in traces_of(timeline_of(plan_of(roadmap)))}


def test_each_line_says_its_source_and_what_depends_on_it(
    signed_in, roadmap, adopted, officer
):
    make_stake(roadmap, "Comment durer ?", by=officer)
    traces = read(roadmap)
    last = max(code for code in traces if code.startswith("1.a."))
    before = f"1.a.{int(last[-1]) - 1}"

    assert "Atelier d’Exemple" in traces["1"].source.title
    assert ["1.a"] == traces["1"].depends
    assert traces["1.a"].source.url.startswith("/")
    assert f"{last} attend" in traces[before].depends[0]
    assert traces["2"].source is None
    page = signed_in.get(reverse("steering:traces", args=[roadmap.pk]))
    words = page.content.decode()
    assert "2 des 3 enjeux et chantiers" in words
    assert "Écrit par l’équipe" in words
    assert 'class="flow"' in words


@pytest.mark.parametrize("loss", ["withdrawn", "deleted"])
def test_a_source_that_no_longer_holds_says_so_and_its_words_stay(
    roadmap, adopted, loss
):
    row, _stream = adopted
    words = read(roadmap)["1.a"].source.words
    if loss == "withdrawn":
        row.withdrawn_at = timezone.now()
        row.save()
    else:
        row.delete()

    traces = read(roadmap)
    source = traces["1.a"].source

    assert words == source.words
    assert ("retiré" if loss == "withdrawn" else "supprimé") in source.gone
    assert bool(source.url) == (loss == "withdrawn")
    assert not traces["1"].source.gone
    assert "1 source ne tient plus" in summary_of(list(traces.values()))
    assert "ne tient plus" in draw_traces(roadmap, list(traces.values()))


def test_ties_join_what_is_drawn_and_long_words_are_cut():
    columns = [
        Column("De", [Box("a", "Une source " * 30), Box("b", "Perdue", is_gone=True)]),
        Column("Vers", [Box("c", "Un <enjeu>", ["a", "b", "z"])]),
    ]
    root = ElementTree.fromstring(
        draw_flow(columns, Plate("f", "t", "d", "SIMULÉ"), PRINT)
    )

    assert 2 == sum(one.tag.endswith("path") for one in root)
    assert 3 == sum(one.tag.endswith("rect") for one in root)
    words = "".join(root.itertext())
    assert "Un <enjeu>" in words
    assert 1 == words.count("…")


def test_the_votes_of_a_matrix_are_told_once_they_are_shown_to_the_room(
    signed_in, roadmap, space, officer
):
    workshop = make_workshop(space, by=officer)
    matrix = add(workshop, "matrix", "Un bus", by=officer)
    person, _secret = comes(workshop)
    item = matrix.items.get()
    votes(matrix, person, "impact=5&mastery=1", item=item)
    adopting.adopt_item(roadmap, item, by=officer)
    address = reverse("steering:traces", args=[roadmap.pk])

    def told() -> list[bool]:
        page = signed_in.get(address).content.decode()
        found = read(roadmap)["1"].source
        return ["d’impact" in text for text in (page, str(found))]

    hidden = told()
    operations_of_workshops.show_results(matrix, by=officer)

    assert [False, False] == hidden
    assert [True, True] == told()
