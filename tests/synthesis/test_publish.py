from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from jalons.analysis.secrecy import PROFESSIONALS
from jalons.documents import render
from jalons.interviews import operations as interviews
from jalons.interviews.models import Quote
from jalons.observatory.operations import OfInhabitants
from jalons.surveys.models import Campaign, Response
from jalons.synthesis import operations
from jalons.synthesis.composition import (
    compose,
    judged_as_one,
    public_restitution,
)
from jalons.synthesis.content import Missing, Table, Text, from_store, to_store
from jalons.synthesis.documents import document
from jalons.synthesis.models import Block, Edition
from jalons.synthesis.showing import Sources, pieces_of
from jalons.tabulations import operations as tabulations
from jalons.tabulations.axes import answers_of, variables_of
from jalons.tabulations.figures import tabulated
from jalons.tabulations.protection import Released, Withheld
from jalons.tabulations.query import Query
from tests.documents.office import slides, text_of_slide, word, workbook
from tests.synthesis.conftest import add, url

PAIRS = (("profile", "P2"), ("P2", "profile"))


def publish(synthesis, by, **changes):
    given = {"public_from": timezone.now(), "by": by, **changes}
    return operations.publish(synthesis, **given)


def text_of(response):
    return response.content.decode()


def body_of(response):
    """What is read: a form's token changes at each visit."""
    return text_of(response).partition("<main")[2].partition("</main>")[0]


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_what_is_published_is_frozen(synthesis, crowd, client):
    publish(synthesis, crowd.officer)
    before = body_of(client.get(url("public_chapter", synthesis, number=1)))

    operations.rename_chapter(synthesis.chapters.first(), "Autre", by=crowd.officer)
    add(synthesis, "text", crowd.officer, text="Ajouté après.")

    assert before == body_of(client.get(url("public_chapter", synthesis, number=1)))
    assert "Autre" not in text_of(client.get(url("public", synthesis)))


def test_a_title_changed_since_is_said_to_nobody(synthesis, crowd, client):
    edition, said = publish(synthesis, crowd.officer), synthesis.title
    synthesis.title = "Titre de travail"
    synthesis.save()

    listed = text_of(client.get(reverse("synthesis:list")))
    operations.withdraw(edition, reason="Erreur", by=crowd.officer)
    withdrawn = text_of(client.get(url("public", synthesis)))

    assert said in listed
    assert said in withdrawn
    assert "Titre de travail" not in listed + withdrawn


def test_an_open_survey_is_not_published(synthesis, crowd):
    Campaign.objects.update(closed_at=None, closed_by=None)

    with pytest.raises(operations.NotClosed):
        publish(synthesis, crowd.officer)
    assert not Edition.objects.exists()


def test_nothing_is_published_with_a_hole_in_it(synthesis, crowd, client):
    add(synthesis, "kept:999999", crowd.officer)
    client.force_login(crowd.officer)

    with pytest.raises(operations.NotReady):
        publish(synthesis, crowd.officer)
    page = client.post(
        url("publish", synthesis), {"public_on": timezone.localdate().isoformat()}
    )
    assert 200 == page.status_code
    assert not Edition.objects.exists()


def test_quotes_that_may_name_somebody_are_told_before_publishing(
    synthesis, crowd, client
):
    quotes = [
        Quote(campaign=synthesis.campaign, text=text, role="adviser", origin="field")
        for text in ("C’est Jeanne Martin qui fait tout.", "Personne ne vient.")
    ]
    for quote in quotes:
        quote.consented_on, quote.consent_how = timezone.localdate(), "oralement"
        interviews.record_quote(quote, by=crowd.officer)
        interviews.pick_quote(quote, by=crowd.officer)
    add(synthesis, "quotes", crowd.officer)
    client.force_login(crowd.officer)

    page = client.get(url("publish", synthesis)).content.decode()
    publish(synthesis, crowd.officer)

    assert "qui fait tout. »\u00a0: Jeanne Martin" in page.replace("\u00a0»", " »")
    assert "Personne ne vient" not in page
    assert Edition.objects.exists()


def test_an_embargo_keeps_every_address_closed_until_its_day(synthesis, crowd, client):
    later = timezone.now() + timedelta(days=1)
    publish(synthesis, crowd.officer, public_from=later)

    for name, more in (
        ("public", {}),
        ("public_chapter", {"number": 1}),
        ("public_method", {}),
        ("public_table", {"code": "livre-de-codes"}),
        ("public_file", {"format": "xlsx"}),
    ):
        assert 404 == client.get(url(name, synthesis, **more)).status_code
    assert "Synthèse d’Exemple" not in text_of(client.get("/syntheses/"))
    # Publishing again what was mended must not open the address before its day.
    client.force_login(crowd.officer)
    day = timezone.localtime(later).date()
    assert f'value="{day.isoformat()}"' in text_of(
        client.get(url("publish", synthesis))
    )


def test_a_withdrawn_synthesis_says_why_at_its_address(synthesis, crowd, client):
    edition = publish(synthesis, crowd.officer)
    client.force_login(crowd.officer)

    client.post(url("withdraw", synthesis), {"reason": "Une erreur de saisie."})

    page = client.get(url("public", synthesis))
    assert 410 == page.status_code
    assert "Une erreur de saisie." in text_of(page)
    assert 410 == client.get(url("public_file", synthesis, format="pdf")).status_code
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.withdraw(edition, reason="Encore", by=crowd.officer)


def test_publishing_again_ends_a_withdrawal(synthesis, crowd, client):
    edition = publish(synthesis, crowd.officer)
    operations.withdraw(edition, reason="Erreur", by=crowd.officer)

    publish(synthesis, crowd.officer)

    assert 200 == client.get(url("public", synthesis)).status_code


def test_every_table_is_a_csv_with_the_numbers_of_the_page(synthesis, crowd, client):
    content = from_store(publish(synthesis, crowd.officer).content)

    for table in content.tables:
        rows = rows_of(client.get(url("public_table", synthesis, code=table.code)))
        assert list(table.header) == rows[0]
        assert len(table.records) == len(rows) - 1
    kept = next(one for one in content.tables if one.code.startswith("croisement-"))
    rows = rows_of(client.get(url("public_table", synthesis, code=kept.code)))
    shown = [n for row in kept.rows for n in re.findall(r"\((\d+)\)", " ".join(row))]
    assert {n for row in rows[1:] for n in row[2:3]} >= set(shown)


def test_page_and_files_say_the_same_tables(synthesis, crowd):
    content = compose(synthesis).content
    made = document(content)

    grids = word(made).tables
    words = {cell.text for grid in grids for row in grid.rows for cell in row.cells}
    pdf = PdfReader(io.BytesIO(render(made, "pdf")))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    for table in content.tables:
        for row in table.rows:
            assert set(row) <= words
            assert not [one for one in row if re.sub(r"\s", "", one) not in text]
    assert len(workbook(made).sheet_names) == 1 + len(content.tables)


def test_the_proposed_plan_makes_ten_slides_at_most(synthesis, crowd):
    found = slides(document(compose(synthesis).content))

    assert 6 <= len(found) <= 10
    assert all(slide.shapes.title.text_frame.text for slide in found)
    assert "Synthèse d’Exemple" in text_of_slide(found[0])


def test_the_method_is_written_from_the_definitions(synthesis, crowd, client):
    publish(synthesis, crowd.officer)

    page = text_of(client.get(url("public_method", synthesis)))
    book = rows_of(client.get(url("public_table", synthesis, code="livre-de-codes")))

    version = synthesis.campaign.version
    assert version.checksum in page
    assert "Wilson" in page
    assert "37" in page
    assert ["P2", "yes"] in [[row[0], row[4]] for row in book]
    # What one must know to score again: when a question is asked, and its steps.
    assert {"P2 = yes"} == {row[3] for row in book if row[0] == "P3"}
    assert "1 pt à partir de 1, 2 pt à partir de 3, 3 pt à partir de 5" in page
    assert "lignes=profile&amp;colonnes=P2" in page


def test_the_method_says_how_the_answers_came(synthesis, crowd, client):
    """Thirty-five of sixty from one file; three by telephone are not told alone."""
    pks = list(crowd.campaign.responses.order_by("pk").values_list("pk", flat=True))
    for channel, some in (
        ("import", pks[:35]),
        ("paper", pks[35:43]),
        ("phone", pks[43:46]),
    ):
        rows = Response.objects.filter(pk__in=some)
        rows.update(channel=channel, updated_at=timezone.now())
    publish(synthesis, crowd.officer)
    told = (
        "Mode de recueil des réponses\u00a0: formulaire en ligne (14)\u202f; par "
        "téléphone et sur papier (11 ensemble)\u202f; fichier importé (35)."
    )

    page = text_of(client.get(url("public_method", synthesis)))
    assert told in page
    assert told in compose(synthesis).content.method[0].lines


def test_what_is_stored_comes_back_as_it_was(synthesis):
    content = compose(synthesis).content

    assert content == from_store(to_store(content))


def test_words_of_a_text_are_paragraphs():
    assert ["Un.", "Deux\nlignes."] == Text("Un.\r\n\r\nDeux\nlignes.\n\n\n").paragraphs


def pieces(content):
    return [piece for chapter in content.chapters for piece in chapter.pieces]


def test_a_territory_that_takes_back_its_agreement_is_shown_no_more(
    synthesis, crowd, client
):
    content = from_store(publish(synthesis, crowd.officer).content)
    gone = content.shown_territories[0]
    name = synthesis.campaign.territories.get(pk=gone).name
    number = 2
    assert name in text_of(client.get(url("public_chapter", synthesis, number=number)))

    synthesis.campaign.validations.filter(territory=gone).delete()

    page = text_of(client.get(url("public_chapter", synthesis, number=number)))
    assert name not in page
    assert "repris son accord" in page
    answer = client.get(url("public_table", synthesis, code="epci"))
    assert 404 == answer.status_code


@pytest.mark.parametrize(
    "query",
    [
        Query("profile", "themes"),
        Query("profile", "main_stake", filters=(("P2", "yes"),)),
        Query("contexte-vulnerabilite", "P2"),
        Query("P2", "main_stake", layers="profile"),
    ],
)
def test_no_secret_count_leaves_with_a_synthesis(synthesis, crowd, query):
    """Either the table is safe beside all the others, or it is withheld."""
    kept = tabulations.keep_table(
        synthesis.campaign, query, title="Essai", by=crowd.officer
    )
    add(synthesis, f"kept:{kept.pk}", crowd.officer)

    composed = compose(synthesis)

    assert 0 == composed.exposed_cells
    for piece in pieces(composed.content):
        if isinstance(piece, Table) and piece.code.startswith("croisement-"):
            counts = [
                n for row in piece.rows for n in re.findall(r"\((\d+)\)", row[-1])
            ]
            assert not [n for n in counts if 0 < int(n) < PROFESSIONALS]


def test_a_table_by_level_of_territory_is_withheld_with_its_reason(synthesis, crowd):
    query = Query("contexte-niveau", "P2")
    kept = tabulations.keep_table(
        synthesis.campaign, query, title="Par niveau", by=crowd.officer
    )
    add(synthesis, f"kept:{kept.pk}", crowd.officer)

    (missing,) = compose(synthesis).content.missing

    assert "Par niveau" == missing.title
    assert "ne peut pas être publié" in missing.reason


def test_tests_of_the_kept_tables_are_adjusted_together_and_cautioned(crowd):
    campaign = crowd.campaign
    tables = [tabulated(campaign, Query(*one)) for one in PAIRS]
    released = Released((tables[0], Withheld(tables[0].query, "few"), tables[1]))

    figures, judged = judged_as_one(public_restitution(campaign).figures, released)
    sources = Sources(
        public_restitution(campaign),
        {},
        dict(enumerate(judged)),
        {},
        variables_of(answers_of(campaign), "fr"),
    )
    found = [pieces_of(Block(piece=f"kept:{at}"), sources) for at in range(3)]

    assert isinstance(found[1][0], Missing)
    findings = [one.reading.finding for one in figures.crossings if one.reading]
    examined = 2 + sum(one.p_value is not None for one in findings)
    assert examined > 2
    assert {examined, figures.comparisons} == {one.comparisons for one in findings}
    for (one,) in (found[0], found[2]):
        said = " ".join(one.said)
        assert f"après ajustement pour les {examined} comparaisons" in said
        assert "EPCI pour lesquels plusieurs personnes ont répondu" in said


def test_crossings_and_kept_tables_are_one_family_of_tests(crowd):
    """Benjamini and Hochberg over all: the least of p × n / rank from there on."""
    campaign = crowd.campaign
    released = Released(tuple(tabulated(campaign, Query(*one)) for one in PAIRS))

    figures, tables = judged_as_one(public_restitution(campaign).figures, released)

    findings = [one.reading.finding for one in figures.crossings if one.reading]
    tests = [one.layers[0].tests[0] for one in tables]
    pairs = [(one.p_value, one.p_adjusted) for one in findings if one.p_value]
    pairs += [(one.test.p_value, one.p_adjusted) for one in tests]
    ranked = sorted(pairs)
    n = len(ranked)
    for at, (_p, adjusted) in enumerate(ranked):
        least = min(p * n / rank for rank, (p, _a) in list(enumerate(ranked, 1))[at:])
        assert adjusted == pytest.approx(min(least, 1))


def test_simulated_answers_say_so_on_every_page_and_file(synthesis, crowd, client):
    Campaign.objects.update(is_simulated=True)
    synthesis.campaign.refresh_from_db()
    publish(synthesis, crowd.officer)

    for name, more in (("public", {}), ("public_chapter", {"number": 1})):
        page = text_of(client.get(url(name, synthesis, **more)))
        assert "SIMUL" in page
        assert "noindex" in page
    rows = rows_of(client.get(url("public_table", synthesis, code="livre-de-codes")))
    assert {"SIMULÉ"} == {row[0] for row in rows[1:]}
    made = document(from_store(Edition.objects.get().content))
    assert "SIMULÉ" == made.watermark
    assert all("SIMULÉ" in text_of_slide(one) for one in slides(made))


def test_missing_pieces_are_listed(synthesis):
    content = compose(synthesis).content
    holed = replace(
        content,
        chapters=(replace(content.chapters[0], pieces=(Missing("A", "b"),)),),
    )

    assert (Missing("A", "b"),) == holed.missing


def test_a_synthesis_of_four_answers_is_not_published(synthesis, crowd, client):
    responses = crowd.campaign.responses.submitted().order_by("pk")
    responses.exclude(pk__in=responses.values("pk")[:4]).delete()
    client.force_login(crowd.officer)

    with pytest.raises(operations.TooFew):
        publish(synthesis, crowd.officer)

    page = text_of(client.get(url("publish", synthesis)))
    assert "4 réponses reçues" in page
    assert 'name="public_on"' not in page
    assert not Edition.objects.exists()


def test_a_day_that_has_passed_is_refused_and_the_page_says_what_to_write(
    synthesis, crowd, client
):
    client.force_login(crowd.officer)
    yesterday = synthesis.campaign.today() - timedelta(days=1)

    page = client.post(url("publish", synthesis), {"public_on": yesterday.isoformat()})

    assert "Ce jour est passé" in text_of(page)
    assert not Edition.objects.exists()


def test_what_inhabitants_answered_is_never_published(synthesis, crowd):
    Campaign.objects.filter(pk=synthesis.campaign_id).update(is_of_inhabitants=True)

    with pytest.raises(OfInhabitants):
        publish(synthesis, crowd.officer)

    assert not Edition.objects.exists()
