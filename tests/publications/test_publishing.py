"""The synthesis of a région: composed, frozen, the same everywhere, taken back."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import unescape

import odfdo
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from pdfua import validate
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jalons.publications import operations
from jalons.publications.composition import compose
from jalons.publications.models import Issue
from jalons.publications.operations import Empty, NotRecognised, Stale
from jalons.publications.reading import content_of
from jalons.synthesis.content import Chapter, Table, Text, from_store, to_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(report, centre) -> Issue:
    now = timezone.now()
    return operations.publish_report(report, public_from=now, by=centre.officer)


def url(name: str, issue: Issue, **more: object) -> str:
    where = {"slug": issue.report.slug, "issue": issue.number, **more}
    return reverse(f"publications:{name}", kwargs=where)


def text(client, address: str) -> str:
    response = client.get(address, headers={"accept-language": "fr"})
    assert 200 == response.status_code, address
    return response.getvalue().decode()


@dataclass(frozen=True)
class Files:
    """The words of each file, spaces made plain."""

    page: str
    pdf: str
    headings: list[str]
    cells: str
    slides: str
    book: str
    letters: str
    subheadings: list[str]


@pytest.fixture
def files(client, issue) -> Files:
    """Everything that one may take away, read once."""
    chapters = range(1, len(issue.content["chapters"]) + 1)
    pages = [text(client, url("public_chapter", issue, number=n)) for n in chapters]
    made = {
        name: io.BytesIO(client.get(url("public_file", issue, format=name)).content)
        for name in ("pdf", "docx", "odt", "pptx", "xlsx")
    }
    word = Word(made["docx"])
    book = CalamineWorkbook.from_filelike(made["xlsx"])
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    styled = [one for one in word.paragraphs if one.style.name == "Heading 1"]
    return Files(
        page=_words("".join(pages)),
        pdf=_words(" ".join(p.extract_text() for p in PdfReader(made["pdf"]).pages)),
        headings=[one.text for one in styled],
        cells=_words(" ".join(cells)),
        slides=_words(" ".join(_slide_words(made["pptx"]))),
        book=_words(str(sheets)),
        letters=_words(odfdo.Document(made["odt"]).body.text_recursive),
        subheadings=[
            one.text for one in word.paragraphs if one.style.name == "Heading 2"
        ],
    )


def test_page_pdf_word_file_slides_and_exports_say_the_same(client, issue, files):
    content = content_of(issue)
    titles = [one.title for one in content.chapters]
    tables = [one for one in content.pieces if isinstance(one, Table)]
    survey = issue.report.space.campaigns.get()

    assert titles == files.headings[: len(titles)]
    assert f"enquete-{survey.pk}-dires" in {one.code for one in tables}
    for table in tables:
        for said in {_words(one) for row in table.rows for one in row}:
            assert said in files.page
            assert said in files.cells
            assert said in files.letters
        if not table.is_detail:
            assert _words(table.rows[0][0]) in files.slides
        sent = text(client, url("public_table", issue, code=table.code))
        assert len(table.records) == len(sent.strip().splitlines()) - 1
        assert _words(table.caption) in files.pdf
        for told in {one for row in table.records for one in row if one is not None}:
            assert _words(str(told)) in files.book
    dires = next(one for one in tables if one.code.endswith("-dires"))
    assert all(_words(one) in files.pdf for one in dires.rows[0])
    assert {"Niveau", "Dires"} <= set(files.subheadings)
    assert "<h2>Dires</h2>" in files.page


def test_the_pdf_passes_the_checks_of_the_accessible_standard(client, issue, tmp_path):
    path = tmp_path / "synthese.pdf"
    path.write_bytes(client.get(url("public_file", issue, format="pdf")).content)

    assert not validate(path).findings


def test_what_opens_and_closes_a_survey_is_left_to_its_own_synthesis(report, edition):
    content = from_store(edition.content)
    closing = Chapter("Et après ?", (Text("Chaque EPCI reçoit son retour."),))
    edition.content = to_store(replace(content, chapters=(*content.chapters, closing)))
    edition.save()

    told = str(compose(report).content.chapters)

    assert "Chaque EPCI reçoit" not in told
    assert "Et après" not in told
    assert "Mot." in told


def _words(data: str) -> str:
    """Escapes read, every space alike."""
    plain = unescape(data).replace("\u202f", " ").replace("\xa0", " ")
    return " ".join(plain.split())


def _slide_words(data: io.BytesIO) -> list[str]:
    found = []
    for slide in Presentation(data).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [c.text for row in shape.table.rows for c in row.cells]
    return found


def test_who_made_it_is_printed_and_its_address_leads_to_the_last(
    client, issue, centre
):
    cover = text(client, url("public", issue))

    assert all(one in cover for one in ("L’équipe", "Une chambre", "Un fonds"))

    report = issue.report
    report.title = "Un autre titre"
    operations.write_report(report, version=report.version, by=centre.officer)
    second = operations.publish_report(
        report, public_from=timezone.now(), by=centre.officer
    )

    latest = reverse("publications:latest", args=[report.slug])
    assert client.get(latest).url == url("public", second)
    assert "Un autre titre" not in text(client, url("public", issue))
    assert "Un autre titre" in text(client, url("public", second))


def test_a_version_withdrawn_says_why_and_an_embargo_is_kept(client, issue, centre):
    later = timezone.now() + timedelta(days=2)
    second = operations.publish_report(
        issue.report, public_from=later, by=centre.officer
    )
    operations.withdraw_issue(issue, reason="Un chiffre faux", by=centre.officer)

    gone = client.get(url("public", issue))

    assert 410 == gone.status_code
    assert "Un chiffre faux" in gone.content.decode()
    assert "no-store" in gone.headers["Cache-Control"]
    assert 404 == client.get(url("public", second)).status_code
    latest = reverse("publications:latest", args=[issue.report.slug])
    assert 404 == client.get(latest).status_code
    operations.withdraw_issue(second, reason="Trop tôt", by=centre.officer)
    assert 404 == client.get(url("public", second)).status_code


def test_what_a_territory_takes_back_leaves_what_was_published(client, issue, edition):
    chapter = url("public_chapter", issue, number=issue.origins[0]["chapter"])
    drawn = "xmlns='http"
    assert drawn in text(client, chapter)

    edition.synthesis.campaign.validations.all().delete()
    told = text(client, chapter)
    assert drawn not in told
    assert "62,5" in told

    edition.withdrawn_at, edition.withdrawn_by = timezone.now(), edition.published_by
    edition.save()
    assert "62,5" not in text(client, chapter)


def test_a_centre_not_recognised_publishes_nothing(report, centre):
    centre.space.recognised_at = None
    centre.space.save()

    with pytest.raises(NotRecognised):
        operations.publish_report(report, public_from=timezone.now(), by=centre.officer)


def test_an_empty_synthesis_is_not_published(report, centre):
    report.parts, report.foreword = [], ""
    operations.write_report(report, version=report.version, by=centre.officer)

    with pytest.raises(Empty):
        operations.publish_report(report, public_from=timezone.now(), by=centre.officer)


def test_two_people_who_write_at_once_do_not_cover_each_other(report, centre):
    with pytest.raises(Stale):
        operations.write_report(report, version=report.version - 1, by=centre.officer)


def test_the_day_is_that_of_the_centre_wherever_it_is(signed_in, report, centre):
    centre.space.time_zone = "Indian/Reunion"
    centre.space.save()
    address = reverse("publications:publish", args=[centre.space.pk])

    # Half past one of the 2nd in Saint-Denis, half past ten of the evening in Paris.
    with time_machine.travel(datetime(2026, 6, 1, 21, 30, tzinfo=UTC), tick=False):
        page = signed_in.get(address).content.decode()
        refused = signed_in.post(address, {"public_on": "2026-06-01"})

    assert 'value="2026-06-02"' in page
    assert "public_on" in refused.context["form"].errors


def test_the_centre_writes_it_on_screen(signed_in, centre, edition):
    if not centre.space.memberships.filter(user=centre.officer).exists():
        centre.space.memberships.create(user=centre.officer, role="owner")
    address = reverse("publications:edit", args=[centre.space.pk])
    sent = {
        "version": "0",
        "title": "La région",
        "parts": [f"survey:{edition.pk}", "support"],
        "writing": "Le centre",
    }

    written = signed_in.post(address, sent)

    assert reverse("publications:publish", args=[centre.space.pk]) == written.url
    assert "La région" in text(
        signed_in, reverse("publications:preview", args=[centre.space.pk])
    )
    assert "Le centre" in text(signed_in, address)
