"""How the words of a guide become what a reader does."""

from __future__ import annotations

import pytest

from tests.guides.steps import GUIDES, Step, guides, steps


@pytest.fixture
def guide(tmp_path):
    def write(journey: str):
        path = tmp_path / "guide.md"
        path.write_text(f"# Titre\n\n## Premier parcours\n\n{journey}\n\n## Ensuite\n")
        return path

    return write


def test_words_are_read_in_their_order(guide):
    told = guide(
        "1. Ouvrez `/`. Écrivez «\u00a0Pau\u00a0» dans **Nom**, "
        "puis appuyez sur **Voir**.\n"
        "2. Vous lisez **Pau** ; suivez **Le portrait**.\n"
        "   ![Le portrait](images/portrait.webp)"
    )

    assert [
        Step("open", ("/",)),
        Step("fill", ("Pau", "Nom")),
        Step("push", ("Voir",)),
        Step("read", ("Pau",)),
        Step("follow", ("Le portrait",)),
        Step("picture", ("portrait.webp",)),
    ] == list(steps(told))


def test_what_comes_after_the_journey_is_not_followed(guide):
    told = guide("Ouvrez `/`.")
    told.write_text(told.read_text() + "Suivez **Ailleurs**.")

    assert [Step("open", ("/",))] == list(steps(told))


def test_every_guide_has_a_first_journey_that_opens_a_page_and_shows_it():
    assert [path for path in sorted(GUIDES.glob("*.md")) if path.stem != "index"] == (
        guides()
    )
    for guide in guides():
        verbs = [step.verb for step in steps(guide)]
        assert "open" == verbs[0]
        assert "picture" in verbs


def test_every_picture_named_is_there_and_no_other():
    named = {
        step.words[0] for g in guides() for step in steps(g) if step.verb == "picture"
    }

    assert named == {path.name for path in GUIDES.glob("images/*.webp")}
