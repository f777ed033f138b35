from __future__ import annotations

import html
import re

import pytest

from jalons.synthesis import operations
from jalons.synthesis.composition import compose
from jalons.synthesis.models import Block, Synthesis
from tests.factories import make_campaign, make_space, make_user
from tests.synthesis.conftest import add, url


@pytest.fixture
def officer(synthesis, crowd, client):
    client.force_login(crowd.officer)
    return crowd.officer


UNDO = r'action="([^"]+)">(?:(?!<form).)*?value="(up|down)">Annuler ce'


def even(text: str) -> str:
    """With plain spaces."""
    return re.sub(r"\s", " ", html.unescape(text))


def titles(synthesis):
    return [chapter.title for chapter in synthesis.chapters.all()]


def test_a_synthesis_starts_from_a_plan_and_only_once(db, client):
    officer = make_user()
    campaign = make_campaign(space=make_space(owner=officer))
    client.force_login(officer)
    address = f"/enquetes/{campaign.pk}/synthese/"

    page = client.get(address)
    for _twice in range(2):
        client.post(f"{address}commencer/")

    assert "proposé" in page.content.decode()
    assert 1 == Synthesis.objects.count()
    assert titles(Synthesis.objects.get())


def test_chapters_move_up_and_down_and_out(synthesis, officer, client):
    first, second, *others = titles(synthesis)
    chapter = synthesis.chapters.first()

    client.post(url("move_chapter", synthesis, chapter_pk=chapter.pk), {"move": "down"})
    assert [second, first, *others] == titles(synthesis)

    client.post(url("move_chapter", synthesis, chapter_pk=chapter.pk), {"move": "up"})
    assert [first, second, *others] == titles(synthesis)

    removal = url("remove_chapter", synthesis, chapter_pk=chapter.pk)
    assert first in client.get(removal).content.decode()
    assert [first, second, *others] == titles(synthesis)
    client.post(removal)
    assert [second, *others] == titles(synthesis)


def test_a_move_is_said_and_undone_from_the_plan(synthesis, officer, client):
    before = titles(synthesis)
    place = url("move_chapter", synthesis, chapter_pk=synthesis.chapters.first().pk)

    page = client.post(place, {"move": "down"}, follow=True).content.decode()

    said = f"« {before[0]} » est maintenant le n° 2 sur {len(before)}"
    assert re.search(rf'role="status">.*{re.escape(said)}', even(page), re.DOTALL)
    undo = re.search(UNDO, page, re.DOTALL)
    assert (place, "up") == undo.groups()
    client.post(undo.group(1), {"move": undo.group(2)})
    assert before == titles(synthesis)


@pytest.mark.parametrize(
    "asked",
    [
        {"deplace": "chapitre", "numero": "0", "sens": "up"},
        {"deplace": "chapitre", "numero": "²", "sens": "up"},
        {"deplace": "bloc", "numero": "1", "sens": "ailleurs"},
    ],
)
def test_an_address_that_names_no_move_offers_nothing_to_undo(
    synthesis, officer, client, asked
):
    page = client.get(url("show", synthesis), asked)

    assert 200 == page.status_code
    assert "Annuler ce déplacement" not in page.content.decode()


def test_a_move_beyond_the_end_changes_nothing(synthesis, officer):
    before = titles(synthesis)

    operations.move_chapter(synthesis.chapters.first(), "up", by=officer)
    operations.move_chapter(synthesis.chapters.last(), "down", by=officer)

    assert before == titles(synthesis)


def test_blocks_move_inside_their_chapter(synthesis, officer):
    chapter = synthesis.chapters.last()
    pieces = [block.piece for block in chapter.blocks.all()]

    operations.move_block(chapter.blocks.last(), "up", by=officer)

    moved = [block.piece for block in chapter.blocks.all()]
    assert [*pieces[:-2], pieces[-1], pieces[-2]] == moved


def test_words_are_shown_before_they_are_taken_out(synthesis, officer, client):
    chapter = synthesis.chapters.last()
    block = Block(chapter=chapter, piece="text", text="Ce que nous retenons.")
    block.position = 9
    block.save()

    for name, one in (("chapter", chapter), ("block", block)):
        page = client.get(url(f"remove_{name}", synthesis, **{f"{name}_pk": one.pk}))
        text = page.content.decode()
        assert "Ce que nous retenons." in text
        assert (name == "chapter") == ("part avec lui" in text)
    client.post(url("remove_block", synthesis, block_pk=block.pk))

    assert block not in chapter.blocks.all()


def test_a_text_is_added_and_an_empty_one_is_refused(synthesis, officer, client):
    chapter = synthesis.chapters.last()
    address = url("add_block", synthesis, chapter_pk=chapter.pk)

    refused = client.post(address, {"piece": "text", "text": " "})
    client.post(
        address, {"piece": "text", "text": "Un.\n\nDeux.", "is_on_slides": "on"}
    )

    assert "Écrivez le texte" in refused.content.decode()
    assert ["Un.\n\nDeux."] == [
        block.text for block in Block.objects.filter(piece="text")
    ]


def test_a_piece_that_is_not_offered_is_refused(synthesis, officer, client):
    chapter = synthesis.chapters.last()

    client.post(
        url("add_block", synthesis, chapter_pk=chapter.pk), {"piece": "kept:999999"}
    )

    assert not Block.objects.filter(piece="kept:999999").exists()


def test_the_page_tells_the_slides_and_what_cannot_be_shown(synthesis, officer, client):
    add(synthesis, "kept:999999", officer)

    page = client.get(url("show", synthesis)).content.decode()

    assert "diapositives" in page
    assert "999999" in page


def test_people_are_written_a_line_each(synthesis, officer, client):
    client.post(
        url("describe", synthesis),
        {"title": "Titre", "publication": "Rédaction : CRI\nContact : ici"},
    )

    synthesis.refresh_from_db()
    assert "Titre" == synthesis.title
    page = client.get(url("preview", synthesis)).content.decode()
    assert "Rédaction" in page
    assert "CRI" in page


def test_without_any_level_the_number_of_epci_is_said_once(synthesis):
    """“36 EPCI answered, of 50” was said again after it."""
    synthesis.campaign.validations.all().delete()
    facts, *_others = compose(synthesis).content.chapters[0].pieces

    assert facts.lead.endswith("pour 36 EPCI sur 50.")
