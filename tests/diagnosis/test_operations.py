from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jalons.audit.models import Entry
from jalons.diagnosis import operations
from jalons.diagnosis.board import board_of
from jalons.diagnosis.evidence import Evidence, stated
from jalons.diagnosis.figures import portrait_of
from jalons.diagnosis.models import Review, Visit
from jalons.diagnosis.operations import (
    NoReason,
    NotAsked,
    Noted,
    NotInTerritory,
    Refreshed,
)
from jalons.diagnosis.sentences import flagged
from jalons.indicators.figures import Figure
from tests.factories import make_space, make_user

State = Review.State


@pytest.fixture
def officer():
    return make_user("Chargée de mission")


@pytest.fixture
def diagnosis(land, officer):
    space = make_space(territory=land.number(9), owner=officer)
    return operations.start_diagnosis(space, land.number(9), by=officer)


def line(diagnosis, indicator):
    pk = diagnosis.findings.get(indicator=indicator).pk
    return next(one for one in board_of(diagnosis).lines if one.pk == pk)


def review(diagnosis, officer, indicator="poverty_rate", **said):
    finding = diagnosis.findings.get(indicator=indicator)
    given = {"state": State.CONFIRMED} | said
    return operations.review_finding(finding, by=officer, **given)


def test_a_diagnosis_starts_with_what_the_figures_suggest(diagnosis):
    found = {one.indicator: one.kind for one in diagnosis.findings.all()}

    assert {
        "median_income": "weakness",
        "poverty_rate": "weakness",
        "share_65_plus": "question",
    } == found
    assert 3 == board_of(diagnosis).waiting


def test_a_diagnosis_is_started_once(diagnosis, officer):
    again = operations.start_diagnosis(diagnosis.space, diagnosis.territory, by=officer)

    assert diagnosis == again
    assert 3 == diagnosis.findings.count()


def test_the_sentence_comes_from_the_figure(diagnosis, in_french):
    text = line(diagnosis, "poverty_rate").text

    assert "18,0\u202f%" in text
    assert "plutôt haut" in text
    assert "de 12,0 à 16,0\u202f%" in text


def test_a_review_keeps_author_state_and_figure(diagnosis, officer, in_french):
    review(diagnosis, officer, wording="Trois hameaux", comment="Vu en mairie")

    found = line(diagnosis, "poverty_rate")
    assert ("Trois hameaux", State.CONFIRMED) == (found.text, found.state)
    assert ("Chargée de mission", "18,0\u202f% (2021)") == (
        found.last.by,
        found.last.figure,
    )


def test_each_review_is_added_to_the_history(diagnosis, officer):
    review(diagnosis, officer, state=State.DISCUSSED)
    review(diagnosis, officer, state=State.CONTRADICTED)

    found = line(diagnosis, "poverty_rate")
    assert [State.CONTRADICTED, State.DISCUSSED] == [one.state for one in found.history]


def test_a_finding_is_named_by_the_title_of_its_figure_never_by_a_code(
    diagnosis, officer
):
    found = diagnosis.findings.get(indicator="poverty_rate")

    assert "poverty_rate" not in str(found)
    assert str(found).endswith(found.evidence["title"]["fr"])


def test_new_figures_never_overwrite_what_people_wrote(land, diagnosis, officer):
    review(diagnosis, officer, wording="Nos mots")
    land.set_value("poverty_rate", 9, 25)

    done = operations.refresh_findings(diagnosis, by=officer)

    found = line(diagnosis, "poverty_rate")
    assert ("Nos mots", State.CONFIRMED) == (found.text, found.state)
    assert "25" in found.sentence
    assert found.has_moved
    assert done.changed == 1


def test_a_finding_that_the_figures_no_longer_suggest_is_kept(land, diagnosis, officer):
    land.set_value("poverty_rate", 9, 14)

    done = operations.refresh_findings(diagnosis, by=officer)

    assert 1 == done.ended
    assert not line(diagnosis, "poverty_rate").is_current
    land.set_value("poverty_rate", 9, 18)
    operations.refresh_findings(diagnosis, by=officer)
    assert line(diagnosis, "poverty_rate").is_current


def test_reading_the_same_figures_again_changes_nothing(diagnosis, officer):
    assert Refreshed(0, 0, 0) == operations.refresh_findings(diagnosis, by=officer)


def test_a_figure_that_grows_old_becomes_a_question_that_says_its_year(
    land, diagnosis, officer, in_french
):
    assert "weakness" == line(diagnosis, "poverty_rate").kind
    land.release.vintage = "2019"
    land.release.save()

    operations.refresh_findings(diagnosis, by=officer)

    aged = line(diagnosis, "poverty_rate")
    assert "question" == aged.kind
    assert "Ce chiffre date de 2019\u202f: qu’en est-il" in aged.sentence.replace(
        "\u00a0", "\u202f"
    )
    assert "poverty_rate" not in {
        one.figure.code for one in portrait_of(diagnosis.territory).shared
    }


def test_what_was_stored_with_less_than_today_is_not_called_changed(diagnosis, officer):
    finding = diagnosis.findings.get(indicator="poverty_rate")
    operations.review_finding(finding, state="confirmed", by=officer)
    del finding.evidence["is_old"]
    finding.save()

    assert 0 == operations.refresh_findings(diagnosis, by=officer).changed
    assert not line(diagnosis, "poverty_rate").has_moved


def test_the_team_adds_its_own_findings(diagnosis, officer):
    operations.add_finding(
        diagnosis, kind="strength", wording="Un tiers-lieu actif", by=officer
    )

    assert "Un tiers-lieu actif" in [one.text for one in board_of(diagnosis).lines]


def test_a_visit_sheds_light_on_findings_of_this_diagnosis_only(
    land, diagnosis, officer
):
    other = operations.start_diagnosis(
        make_space(owner=officer), land.number(8), by=officer
    )
    mine = diagnosis.findings.get(indicator="poverty_rate")
    theirs = other.findings.first()
    visit = Visit(
        diagnosis=diagnosis,
        commune=land.commune,
        visited_on=date(2026, 1, 15),
        roles_met="maire",
        learnt="Une connexion faible",
    )

    operations.log_visit(visit, [mine, theirs], by=officer)

    assert [mine] == list(visit.findings.all())


def test_a_visit_elsewhere_is_refused(land, diagnosis, officer):
    visit = Visit(diagnosis=diagnosis, commune=land.number(1), visited_on=date.today())

    with pytest.raises(NotInTerritory):
        operations.log_visit(visit, [], by=officer)

    assert not Visit.objects.exists()


def test_what_is_noted_is_changed_and_taken_back(diagnosis, officer):
    first = Noted("surprise", "poverty_rate", "Taux : 18 %", "On ne le savait pas")
    operations.write_notes(diagnosis, "lire", [first], by=officer)
    again = replace(first, text="On le savait")
    operations.write_notes(diagnosis, "lire", [again], by=officer)
    assert ["On le savait"] == [one.text for one in diagnosis.notes.all()]

    operations.write_notes(diagnosis, "lire", [Noted("surprise")], by=officer)

    assert not diagnosis.notes.exists()


def test_a_question_of_another_step_is_not_answered_here(diagnosis, officer):
    with pytest.raises(NotAsked):
        operations.write_notes(diagnosis, "lire", [Noted("call", "none")], by=officer)


def test_a_step_is_passed_over_with_a_reason_and_resumed(diagnosis, officer):
    with pytest.raises(NoReason):
        operations.skip_step(diagnosis, "lire", " ", by=officer)
    operations.skip_step(diagnosis, "lire", "Déjà lu", by=officer)
    operations.skip_step(diagnosis, "lire", "Déjà lu en mai", by=officer)
    assert ["Déjà lu en mai"] == [one.reason for one in diagnosis.skipped_steps.all()]

    operations.resume_step(diagnosis, "lire", by=officer)

    assert not diagnosis.skipped_steps.exists()


def test_noting_something_resumes_a_step_passed_over(diagnosis, officer):
    operations.skip_step(diagnosis, "lire", "Pas le temps", by=officer)

    noted = [Noted("surprise", "none", "Aucun", "")]
    operations.write_notes(diagnosis, "lire", noted, by=officer)

    assert not diagnosis.skipped_steps.exists()


def test_what_is_done_stands_in_the_journal_of_the_space(diagnosis, officer):
    review(diagnosis, officer)
    operations.skip_step(diagnosis, "lire", "Déjà lu", by=officer)

    verbs = Entry.objects.within(diagnosis.space).values_list("verb", flat=True)

    assert {"diagnosis.started", "finding.reviewed", "step.skipped"} == set(verbs)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (30, "parmi les 30 communes du département Dordogne dont le chiffre est connu"),
        (503, "parmi les 503 communes du département Dordogne (moitié"),
    ],
)
def test_a_finding_counts_the_peers_whose_figure_is_known(in_french, known, said):
    figure = Evidence("question", "poverty_rate", {"fr": "Taux"}, value=22.0, n=known)
    place = {"band": "high", "low": 12.0, "high": 20.8, "peer_kind": "commune"}
    found = replace(figure, **place, peer_count=503, within="Dordogne", unit="percent")

    assert said in stated(found)


def test_the_value_of_a_commune_that_merged_is_said_to_be_an_estimate(in_french):
    figure = Figure(20_786.0, "imputed", "euro", "2021", "Filosofi")

    said = "20 786 € (estimé\u00a0: la commune a fusionné ou a été divisée)"
    assert said == flagged("20 786 €", figure)
