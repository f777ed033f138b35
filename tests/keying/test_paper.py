"""The questionnaire on paper: everything is there, in large type, tagged."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from pdfua import validate
from pypdf import PdfReader

from jalons.documents.paper import make_paper
from jalons.keying.documents import paper_form
from jalons.questionnaires.models import Version
from tests.factories import make_campaign, make_space, make_user, make_version

pytestmark = pytest.mark.django_db
ADDRESS = "https://jalons.exemple/repondre/essai/"
SMALLEST = 14


def make_form(*, is_easy: bool = False, **fields):
    return paper_form(make_campaign(**fields), address=ADDRESS, is_easy=is_easy)


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_every_question_is_printed_with_its_number_and_every_option():
    form = make_form()
    (version,) = Version.objects.all()

    questions = [one for section in form.sections for one in section.questions]

    assert [one.number for one in questions] == [
        str(place) for place in range(1, len(version.read().questions) + 1)
    ]
    text = text_of(make_paper(form))
    assert all(f"{one.number}. " in text for one in questions)


def test_twenty_questions_are_numbered_to_twenty_after_who_answers():
    form = make_form(version=make_version("enquete-terrain"), is_of_inhabitants=True)

    printed = [one.number for section in form.sections for one in section.questions]

    counted = [str(place) for place in range(1, 21)]
    assert ["A", "B", "C", "D", "E"] == printed[:5]
    assert counted == [one for one in printed[5:] if not one.endswith(" bis")]
    assert ["19 bis", "20 bis"] == [one for one in printed if one.endswith(" bis")]


def test_a_condition_is_said_in_words_by_the_number_printed():
    form = make_form()

    said = [
        one.condition for s in form.sections for one in s.questions if one.condition
    ]

    assert said
    assert all(one.startswith("Seulement si vous avez répondu «") for one in said)


def test_the_notice_comes_first_with_the_way_back_and_the_online_address():
    form = make_form(notice_purpose="Pour savoir.", sponsor="Centre d’Exemple")
    text = text_of(make_paper(form))

    first = text.index(form.sections[0].title)
    for words in ("Pour savoir.", "Centre d’Exemple, avant le", ADDRESS):
        assert 0 <= text.index(words) < first


def test_the_paper_announces_what_the_page_announces():
    form = make_form(notice_announces_class=True, answers_kept_until=date(2099, 12, 20))

    said = dict(form.notice)

    assert "pourra être publié" in said["Ce qui sera publié"]
    assert "gardée jusqu’au 20 décembre 2099" in said["Durée de conservation"]


def test_the_paper_of_inhabitants_speaks_of_no_level():
    said = dict(make_form(is_of_inhabitants=True).notice)

    assert "niveau" not in said["Ce qui sera publié"]


def test_the_sheet_is_tagged_for_screen_readers(tmp_path):
    path = tmp_path / "papier.pdf"
    path.write_bytes(make_paper(make_form()))

    assert [finding.message for finding in validate(path).findings] == []


def test_the_title_of_a_part_stands_on_the_page_of_its_first_question():
    form = make_form()
    pages = PdfReader(io.BytesIO(make_paper(form))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]

    for section in form.sections:
        title = " ".join(section.title.split())
        asked = f"{section.questions[0].number}. "
        assert any(asked in text.partition(title)[2] for text in texts), title


def test_nothing_to_be_read_by_a_respondent_is_smaller_than_fourteen_points():
    sizes = set()

    def visit(text, _matrix, matrix, _font, size):
        if text.strip():
            sizes.add(round(size * abs(matrix[3] or 1)))

    for page in PdfReader(io.BytesIO(make_paper(make_form()))).pages:
        page.extract_text(visitor_text=visit)

    # The foot of the page, 11 points, only names the sheet.
    assert sizes - {11}
    assert min(sizes - {11}) >= SMALLEST


def test_a_simulated_survey_says_so_on_paper():
    assert "SIMULÉ" in text_of(make_paper(make_form(is_simulated=True)))
    assert "SIMULÉ" not in text_of(make_paper(make_form()))


def test_the_same_form_gives_the_same_bytes():
    form = make_form()

    assert make_paper(form) == make_paper(form)


def test_what_a_team_writes_is_never_a_program():
    form = make_form(notice_purpose='#panic("non") $x$ *gras*')

    assert '#panic("non") $x$ *gras*' in text_of(make_paper(form))


def test_the_easy_wording_is_printed_on_demand():
    usual, easy = make_form(), make_form(is_easy=True)

    assert usual.sections != easy.sections


def test_a_member_prints_it_from_the_page_of_sheets(client):
    reader = make_user()
    campaign = make_campaign(space=make_space(reader=reader))
    client.force_login(reader)

    html = client.get(reverse("keying:list", args=[campaign.pk])).content.decode()
    response = client.get(reverse("keying:paper", args=[campaign.pk]))

    assert reverse("keying:paper", args=[campaign.pk]) in html
    assert response.content.startswith(b"%PDF")


SHIPPED = sorted((settings.REFERENCE_DIR / "questionnaires").glob("*.toml"))


@pytest.mark.parametrize("is_easy", [False, True])
@pytest.mark.parametrize("code", [path.stem for path in SHIPPED])
def test_no_question_of_the_shipped_questionnaires_is_cut_between_two_pages(
    code, is_easy
):
    """Each is shorter than a page: its words and every answer are on the same one."""
    form = make_form(version=make_version(code), is_easy=is_easy)
    pages = [
        squeezed(page.extract_text())
        for page in PdfReader(io.BytesIO(make_paper(form))).pages
    ]

    for section in form.sections:
        for asked in section.questions:
            words = [f"{asked.number}. {asked.text}", *asked.options]
            on_one = [
                page for page in pages if all(squeezed(word) in page for word in words)
            ]
            assert on_one, f"{code} {asked.number}"


def squeezed(text: str) -> str:
    """Without spaces nor the hyphens of a line's end."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)
