"""Very few answers: what is refused, and what is not written."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.analysis.intervals import SMALLEST_BASE
from jalons.observatory import figures, operations
from jalons.observatory.models import Publication
from jalons.observatory.restitution import builders, facts, restitution_of
from jalons.surveys import operations as surveys
from tests.factories import make_campaign, make_space, make_user
from tests.observatory.example import (
    LOW,
    Example,
    answer,
    make_example,
    make_places,
    validate,
)


def make_tiny(answers: int) -> Example:
    """Twelve EPCI asked, the first ones answered, all validated."""
    officer, places = make_user(), make_places()
    space = make_space(owner=officer)
    campaign = make_campaign(*places.values(), space=space, notice_announces_class=True)
    for number in range(1, answers + 1):
        answer(campaign, places[number], number, LOW)
    validate(campaign, officer, [places[n] for n in range(1, answers + 1)])
    surveys.close_campaign(campaign, by=officer)
    campaign.refresh_from_db()
    return Example(campaign, officer, places)


def publish_page(client, example, **data):
    client.force_login(example.officer)
    url = reverse("observatory:publish", args=[example.campaign.pk])
    return client.post(url, data) if data else client.get(url)


@pytest.mark.parametrize("answers", [0, 1, 2, 4])
def test_under_five_answers_nothing_is_published(answers):
    example = make_tiny(answers)

    with pytest.raises(operations.TooFew):
        operations.publish(
            example.campaign, public_from=timezone.now(), by=example.officer
        )

    assert not Publication.objects.exists()


def test_from_five_answers_results_are_published():
    example = make_tiny(5)

    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)

    assert 5 == figures.public_figures(example.campaign).figures.base.responses


@pytest.mark.parametrize(
    ("answers", "said"),
    [(0, "0 réponse reçue"), (1, "1 réponse reçue"), (2, "2 réponses reçues")],
)
def test_the_page_says_why_and_offers_no_button(client, answers, said):
    example = make_tiny(answers)

    page = publish_page(client, example).content.decode()
    today = timezone.localdate().isoformat()
    response = publish_page(client, example, public_on=today)

    assert said in page
    assert 'name="public_on"' not in page
    assert 200 == response.status_code
    assert not Publication.objects.exists()


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_a_preview_of_very_few_answers_opens(client, answers):
    example = make_tiny(answers)
    client.force_login(example.officer)

    for name in ("preview", "preview_answers", "preview_crossings", "preview_pdf"):
        url = reverse(f"observatory:{name}", args=[example.campaign.pk])
        assert 200 == client.get(url).status_code


def test_a_share_of_fewer_than_five_is_not_written_in_pages_nor_files(example):
    shown = restitution_of(example.campaign, figures.team_figures(example.campaign))
    sheets = builders(shown)

    pivot = sheets["maturity_by_density"]()
    very_dense, dense, sparse, *_rest = pivot.rows
    texts = [cell.text for cell in dense.cells]

    # One densely populated EPCI answered; six sparsely populated ones did.
    assert ["1 (base trop petite)", "0", "0", "0", "1"] == texts[1:]
    assert (1, "base trop petite") == dense.cells[-1].raw
    assert "%" in sparse.cells[2].text
    assert ["0", "–", "–", "–", "–"] == [cell.text for cell in very_dense.cells[1:]]


def test_a_reading_of_a_small_row_shows_counts_and_no_interval(example):
    shown = restitution_of(example.campaign, figures.team_figures(example.campaign))

    focus = builders(shown)["maturity_by_density-lecture"]()
    dense = next(row for row in focus.rows if row.cells[0].text == "Dense")

    counts, share, interval = dense.cells[1:]
    assert (1, 1) == counts.raw
    assert ("base trop petite", "base trop petite") == (share.text, share.raw[0])
    assert ("", (None, None)) == (interval.text, interval.raw)


def test_no_percentage_is_written_under_the_smallest_base_anywhere():
    example = make_example()
    shown = restitution_of(example.campaign, figures.team_figures(example.campaign))

    for name, build in builders(shown).items():
        sheet = build()
        for row in sheet.rows if sheet else ():
            for cell in row.cells:
                n = cell.raw[1] if len(cell.raw) == 3 else None
                if isinstance(n, int) and 0 < n < SMALLEST_BASE:
                    assert "%" not in cell.text, name


def test_a_fact_of_a_small_group_is_written_as_counts(example):
    shown = restitution_of(example.campaign, figures.team_figures(example.campaign))

    found = facts(shown, shown.figures.questions, group="digital_adviser")
    stake = next(one for one in found if one.label == "Premier enjeu")

    assert "1 sur 1" == stake.value.replace("\u00a0", " ")
    assert "base trop petite" in stake.note


def test_zero_is_written_in_the_singular(client):
    example = make_tiny(0)

    shown = restitution_of(example.campaign, figures.team_figures(example.campaign))

    assert "0 répondant," in shown.source
    assert "répondants" not in shown.source
