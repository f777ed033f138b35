"""Measures that Jalons takes: kept with their details, or with why there is none."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from jalons.evaluation import computing
from jalons.evaluation.catalogue import read_catalogue
from jalons.evaluation.computing import formulas
from jalons.evaluation.models import Followed, Measure
from tests.evaluation.plans import make_evaluation
from tests.roadmaps.plans import make_action, make_stake, make_workstream


@pytest.fixture
def done(roadmap, officer):
    """Two actions, one of them done; P1 and P4 are followed, and R2 that is noted."""
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    make_action(stream, "Un bus", by=officer, status="done")
    make_action(stream, "Un livret", by=officer)
    make_evaluation(roadmap, "P1", "P4", "R5", by=officer)
    return Followed.objects.get(code="P1")


def test_what_the_catalogue_says_is_computed_has_its_formula():
    said = {one.code for one in read_catalogue().indicator if one.is_computed}

    assert said == set(formulas())


def test_a_computed_measure_keeps_its_details_and_the_version_of_the_code(
    signed_in, roadmap, done
):
    page = reverse("evaluation:indicator", args=[roadmap.pk, done.pk])
    signed_in.post(reverse("evaluation:compute", args=[roadmap.pk, done.pk]))
    measure = Measure.objects.get()

    assert (Decimal(50), 2, "computed") == (measure.value, measure.n, measure.origin)
    assert measure.code_version
    assert "en cours" in signed_in.get(page).content.decode()
    noted = Followed.objects.get(code="R5")
    other = reverse("evaluation:compute", args=[roadmap.pk, noted.pk])
    assert 404 == signed_in.post(other).status_code


def test_everything_is_computed_at_once_and_what_cannot_be_says_why(
    signed_in, roadmap, done
):
    page = signed_in.post(
        reverse("evaluation:compute_all", args=[roadmap.pk]), follow=True
    ).content.decode()

    assert "Calculés : 1 sur 2" in page.replace("\u00a0", " ")
    missing = Measure.objects.get(followed__code="P4")
    assert missing.value is None
    assert missing.note
    assert ">Il n’a pas pu être mesuré" in page


def test_what_was_computed_is_read_in_the_language_of_each(signed_in, roadmap, done):
    signed_in.post(
        reverse("evaluation:compute_all", args=[roadmap.pk]),
        headers={"accept-language": "en"},
    )
    missing = Followed.objects.get(code="P4")

    def page(followed: Followed, language: str) -> str:
        address = reverse("evaluation:indicator", args=[roadmap.pk, followed.pk])
        return signed_in.get(
            address, headers={"accept-language": language}
        ).content.decode()

    assert "<small>under way: 0" in page(done, "en")
    assert "<small>en cours" in page(done, "fr")
    assert "No resource is linked on a map yet." in page(missing, "en")
    assert "n’est encore reliée" in page(missing, "fr")


def test_a_measure_kept_before_is_read_as_it_is(roadmap, done, officer):
    measure = Measure(note="Rien encore.", details=[["en cours", "0"]])

    with override("en"):
        assert "Rien encore." == measure.said_note
        assert [["en cours", "0"]] == measure.said_details


def test_twice_on_a_day_is_one_measure(roadmap, done, officer):
    today = timezone.localdate()
    computing.take_measure(done, on=today, by=officer)
    computing.take_measure(done, on=today, by=officer)

    assert 1 == Measure.objects.filter(is_current=True).count()


def test_a_retired_indicator_is_computed_no_more(signed_in, roadmap, done):
    yesterday = timezone.localdate() - timedelta(days=1)
    Followed.objects.filter(pk=done.pk).update(
        retired_on=yesterday, retired_because="Fini"
    )

    signed_in.post(reverse("evaluation:compute", args=[roadmap.pk, done.pk]))

    assert not Measure.objects.exists()
