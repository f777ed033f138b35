"""Degrees, ranks, numbers and days: as the team reads them, and as they leave it."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.observatory import operations
from jalons.observatory.documents import document
from jalons.observatory.figures import public_figures, team_figures
from jalons.observatory.models import Publication
from jalons.observatory.restitution import restitution_of
from jalons.questionnaires.operations import load_definition
from jalons.surveys.operations import close_campaign
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)
from tests.observatory.attacker import Sums
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db

FEW = [
    {"ease": "full", "order": ["time", "money"], "grid": {"mail": "alone"}},
    {"ease": "never", "order": ["time"], "grid": {"mail": "helped"}, "people": 5},
    {"ease": "not_concerned", "order": ["money", "time"], "people": 0.5},
    {"grid": {"mail": "dont_know", "buy": "alone"}, "since": "2024-05-01"},
]


OURS = """\
[[sections.questions]]
code = "car"
type = "single"
allows_dont_know = true
text = { fr = "Avez-vous une voiture ?", en = "Have you a car?" }
options = [
  { code = "yes", text = { fr = "Oui", en = "Yes" } },
  { code = "no", text = { fr = "Non", en = "No" } },
]

[[sections.questions]]
code = "tools"
type = "multiple"
max_choices = 2
text = { fr = "Vos outils ?", en = "Your tools?" }
options = [
  { code = "pc", text = { fr = "Ordinateur", en = "Computer" } },
  { code = "phone", text = { fr = "Téléphone", en = "Phone" } },
  { code = "tablet", text = { fr = "Tablette", en = "Tablet" } },
]

[[sections.questions]]
code = "why\""""


@pytest.fixture
def campaign(client):
    return make_survey(client, FEW)


@pytest.fixture
def crowd(client):
    """Sixty people, some answers of whom are given by one to four of them."""
    return make_survey(client, [one_of_many(at) for at in range(60)])


def ours(more=OURS):
    """Every type, and questions that a team added."""
    return kinds('[[sections.questions]]\ncode = "why"', more)


def make_survey(client, answers, more=OURS):
    user = make_user()
    client.force_login(user)
    places = [make_territory() for _number in range(4)]
    space = make_space(owner=user)
    campaign = make_campaign(*places, space=space, version=load_definition(ours(more)))
    for at, said in enumerate(answers):
        make_response(campaign, places[at % 4], **said)
    return campaign


def one_of_many(at: int) -> dict[str, object]:
    """Money comes first for twelve people and next for two, the team next for three.

    Two people count nobody, one counts twelve; three are never at ease, two not
    concerned, and five say nothing of it.
    """
    after = {12: ["money"], 13: ["money"], 14: ["staff"], 15: ["staff"], 16: ["staff"]}
    ease = ["never"] * 3 + ["not_concerned"] * 2 + ["some"] * 30 + ["full"] * 20
    found: dict[str, object] = {
        "order": ["money", "time"] if at < 12 else ["time", *after.get(at, [])],
        "grid": {"mail": "helped" if at % 5 else "alone"},
        "people": 0 if at < 2 else 12 if at == 2 else (2, 4.5)[at % 2],
        "since": f"{(2020, 2021, 2021, 2022, 2024)[at % 5]}-03-01",
        "car": "no" if at < 3 else "dont_know" if at < 5 else "yes",
        "tools": ["pc", "phone"] if at < 20 else ["tablet"] if at < 22 else ["pc"],
    }
    if at < len(ease):
        found["ease"] = ease[at]
    if at < 3:
        found["grid"] = {"mail": "alone", "buy": "alone"}
    return found


def publish(campaign) -> None:
    officer = campaign.space.memberships.get().user
    close_campaign(campaign, by=officer)
    operations.publish(campaign, public_from=timezone.now(), by=officer)


def lines_of(client, campaign, code) -> list[dict[str, str]]:
    """The lines of a public file."""
    kwargs = {"slug": campaign.slug, "code": f"question-{code}"}
    response = client.get(reverse("observatory:public_table", kwargs=kwargs))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_scale_has_its_distribution_and_its_median(campaign):
    scale = team_figures(campaign).degrees.scales[0]
    (line,) = scale.lines

    assert ("ease", ("never", "some", "full")) == (scale.code, scale.degrees)
    assert (2, 1, 1) == (line.n, line.not_concerned, line.missing)
    assert [1, 0, 1] == [one.count for one in line.counts]
    assert {2} == {one.n for one in line.counts}
    assert 1 == line.median
    assert line.counts[0].interval is not None


def test_a_matrix_has_one_line_a_row(campaign):
    matrix = team_figures(campaign).degrees.scales[1]

    assert [("mail", 2, 2, 1.5), ("buy", 1, 3, 1)] == [
        (line.part, line.n, line.missing, line.median) for line in matrix.lines
    ]


def test_a_ranking_tells_who_comes_first_and_at_what_rank(campaign):
    (ranking,) = team_figures(campaign).degrees.rankings

    assert (2, 3, 1) == (ranking.top, ranking.n, ranking.missing)
    assert [
        ("money", 1, 2, 3, 2, 1.5),
        ("time", 2, 3, 3, 3, pytest.approx(4 / 3)),
        ("staff", 0, 0, 3, 0, None),
    ] == [
        (
            *(one.option, one.first.count, one.top.count),
            *(one.top.n, one.ranked, one.mean_rank),
        )
        for one in ranking.options
    ]


def test_numbers_and_days_are_counted_by_classes(campaign):
    days, people = team_figures(campaign).degrees.spreads

    assert (("2024-05",), [1], 3) == (
        days.classes,
        [one.count for one in days.counts],
        days.missing,
    )
    assert ("..1", "1..5", "5..") == people.classes
    assert [1, 0, 1] == [one.count for one in people.counts]
    assert (2, 2, 2.75) == (people.n, people.missing, people.quartiles[1])


def test_questions_that_a_team_added_are_counted_too(crowd):
    car, tools = team_figures(crowd).degrees.choices

    assert (55 + 3, 2) == (car.groups[0].n, car.groups[0].missing)
    assert [55, 3] == [one.counts[0].count for one in car.choices]
    assert [58, 20, 2] == [one.counts[0].count for one in tools.choices]


def test_the_page_and_the_files_of_the_team_say_the_same(client, campaign):
    page = client.get(reverse("observatory:degrees", args=[campaign.pk]))
    url = reverse("observatory:table", args=[campaign.pk, "question-order"])
    file = b"".join(client.get(url).streaming_content).decode("utf-8-sig")

    text = page.content.decode()
    assert "Tout à fait" in text
    assert "Un peu" in text
    assert "Écrire un message" in text
    assert "1,3" in text
    assert "de 1 à moins de 5" in text
    assert "Temps;2;base trop petite;3;3;base trop petite" in file
    missing = reverse("observatory:table", args=[campaign.pk, "question-why"])
    assert 404 == client.get(missing).status_code


def test_what_is_published_agrees_on_the_page_in_the_pdf_and_in_the_files(
    client, crowd
):
    publish(crowd)
    figures = public_figures(crowd).figures
    stored = Publication.objects.get(campaign=crowd)
    printed = document(restitution_of(crowd, figures))
    captions = {
        block.caption: block
        for section in printed.sections
        for block in section.blocks
        if hasattr(block, "caption")
    }
    page = client.get(reverse("observatory:public_degrees", args=[crowd.slug]))

    (line,) = figures.degrees.scales[0].lines
    truth = team_figures(crowd).degrees.scales[0].lines[0]
    assert line.n == truth.n
    assert line.not_concerned is None
    assert line.missing == truth.missing + truth.not_concerned
    assert any(one.is_secret for one in line.counts)
    assert line.median is None
    assert "ease" == stored.figures["degrees"]["scales"][0]["code"]
    for code, title in (("ease", "Êtes-vous à l’aise ?"), ("people", "Combien")):
        table = next(t for caption, t in captions.items() if caption.startswith(title))
        rows = lines_of(client, crowd, code)
        assert [list(row.values()) for row in rows] == [
            ["" if value is None else str(value).replace(".", ",") for value in record]
            for record in table.records.rows
        ]
        assert all(row["n"] in page.content.decode() for row in rows)
    assert "rang moyen" not in lines_of(client, crowd, "order")[0]
    assert None is figures.degrees.spreads[1].quartiles


def test_what_was_published_without_them_still_opens(client, crowd):
    publish(crowd)
    stored = Publication.objects.get(campaign=crowd)
    del stored.figures["degrees"]
    stored.save()

    page = client.get(reverse("observatory:public_degrees", args=[crowd.slug]))
    answers = client.get(reverse("observatory:public_answers", args=[crowd.slug]))

    assert (200, 200) == (page.status_code, answers.status_code)
    assert "Les autres questions" not in answers.content.decode()


def test_a_question_that_fewer_than_five_answered_keeps_its_number(client, crowd):
    figures = public_figures(crowd).figures
    mail, buy = figures.degrees.scales[1].lines

    assert 60 == mail.n
    assert (None, None, None) == (buy.n, buy.missing, buy.median)
    assert all(one.is_secret for one in buy.counts)
    page = client.get(reverse("observatory:preview_degrees", args=[crowd.pk]))
    assert "secret" in page.content.decode()


def test_periods_hold_five_answers_or_more(crowd):
    days = public_figures(crowd).figures.degrees.spreads[0]

    assert all(one.count >= 5 for one in days.counts)
    assert days.n == sum(one.count for one in days.counts)


def test_no_reader_finds_what_fewer_than_five_answered(client, crowd):
    publish(crowd)
    truth = team_figures(crowd).degrees
    sums, hidden = Sums(), {}
    columns = {
        "ease": truth.scales[0].lines[0].counts,
        "people": truth.spreads[1].counts,
        "car": [one.counts[0] for one in truth.choices[0].choices],
    }
    for code, counts in columns.items():
        rows = lines_of(client, crowd, code)
        sums.tell([(code, at) for at in range(len(rows))], int(rows[0]["n"]))
        for at, (row, true) in enumerate(zip(rows, counts, strict=True)):
            tell_or_hide(sums, hidden, [(code, at)], row["effectif"], true.count)
    read_the_ranking(client, crowd, truth.rankings[0], sums, hidden)
    read_the_boxes(client, crowd, truth.choices[1], sums, hidden)

    assert len(hidden) >= 3
    assert sums.counts_told >= 5
    for names, true in hidden.items():
        low, high = sums.bounds(names)
        assert low <= true <= high
        assert high - low >= 2, names


def tell_or_hide(sums, hidden, names, told, true) -> None:
    """A number shown is told to the attacker; a small one is what he looks for."""
    if told.isdigit():
        sums.tell(names, int(told))
    elif 0 < true < 5:
        hidden[tuple(names)] = true


def read_the_ranking(client, campaign, truth, sums, hidden) -> None:
    """Everybody placed one option first, and no more than one beside it."""
    rows = lines_of(client, campaign, "order")
    n, options = int(rows[0]["n"]), range(len(rows))
    sums.tell([("first", at) for at in options], n)
    sums.tell([("next", at) for at in options], 0, n)
    for at, (row, true) in enumerate(zip(rows, truth.options, strict=True)):
        first, after = true.first.count, true.top.count - true.first.count
        both = [("first", at), ("next", at)]
        sums.tell(both, 0, n)
        tell_or_hide(sums, hidden, both[:1], row["placé en premier (n)"], first)
        tell_or_hide(sums, hidden, both, row["effectif"], true.top.count)
        if 0 < after < 5:
            hidden[("next", at),] = after


def read_the_boxes(client, campaign, truth, sums, hidden) -> None:
    """Whoever answered ticked one box, or two, each once."""
    rows = lines_of(client, campaign, "tools")
    n, boxes = int(rows[0]["n"]), range(len(rows))
    sums.tell([("box", at) for at in boxes], n, 2 * n)
    for at, (row, true) in enumerate(zip(rows, truth.choices, strict=True)):
        sums.tell([("box", at), ("no box", at)], n)
        told, count = row["effectif"], true.counts[0].count
        tell_or_hide(sums, hidden, [("box", at)], told, count)
        if not told.isdigit() and 0 < n - count < 5:
            hidden[("no box", at),] = n - count
