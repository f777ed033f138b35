"""The funding plan: asked, granted, refused, and the budget it agrees with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from jalons.funding.figures import funding_of
from jalons.funding.models import Grant
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action
from jalons.roadmaps.operations import Budgeted
from tests.factories import make_space
from tests.funding.money import make_grant, make_scheme
from tests.roadmaps.plans import make_action, make_stake, make_workstream

pytestmark = pytest.mark.django_db
ASKED = {"funder": "Région", "state": "asked", "asked": "8 000", "asked_on": ""}


@pytest.fixture
def stream(roadmap, officer):
    return make_workstream(make_stake(roadmap, by=officer), by=officer)


@pytest.fixture
def action(stream, officer):
    budget = [Budgeted("Région", Decimal(8000)), Budgeted("CAF", None)]
    return make_action(stream, "Un bus", *budget, by=officer)


def test_totals_are_those_of_the_budget_and_what_is_given_up_counts_for_nothing(
    roadmap, stream, action, officer
):
    dropped = make_action(
        *(stream, "Rien", Budgeted("Région", Decimal(900))),
        by=officer,
        status=Action.Status.DROPPED,
    )
    make_grant(dropped, "Région", 900, by=officer)
    granted = {"state": Grant.State.GRANTED, "granted": Decimal(5000)}
    make_grant(action, "région", 8000, by=officer, **granted)
    make_grant(action, "CAF", 2000, by=officer)
    make_grant(action, "Fondation", 700, by=officer, state=Grant.State.REFUSED)

    found = funding_of(plan_of(roadmap))

    assert plan_of(roadmap).total == found.plan.total == Decimal(8000)
    assert (2000, 5000, 700) == (
        *(found.sums.asked, found.sums.granted),
        found.sums.refused,
    )
    assert Decimal(3000) == found.left
    assert [
        ("Région", Decimal(8000), Decimal(5000)),
        ("CAF", None, Decimal(0)),
        ("Fondation", None, Decimal(0)),
    ] == [(one.name, one.budgeted, one.sums.granted) for one in found.funders]
    assert [(Decimal(5000), Decimal(8000))] == [
        (one.granted, one.budgeted) for one in found.gaps
    ]


def test_what_was_granted_is_written_in_the_budget(signed_in, roadmap, action, officer):
    granted = {"state": Grant.State.GRANTED, "granted": Decimal("4999.50")}
    first = make_grant(action, "Région", 5000, by=officer, **granted)
    make_grant(action, "Région", 10, by=officer, **(granted | {"granted": Decimal(1)}))
    page = signed_in.get(reverse("funding:plan", args=[roadmap.pk])).content.decode()
    assert "Région a accordé 5\u00a0000,50\u00a0€" in page

    signed_in.post(reverse("funding:agree", args=[roadmap.pk, first.pk]))

    assert {"Région": Decimal("5000.50"), "CAF": None} == dict(
        action.budget.values_list("funder", "amount")
    )
    assert not funding_of(plan_of(roadmap)).gaps


def test_a_request_begins_with_its_scheme_and_says_what_became_of_it(
    signed_in, roadmap, space, action, officer
):
    scheme = make_scheme(space, "Ateliers", by=officer)
    ask = reverse("funding:ask", args=[roadmap.pk, action.pk])
    assert 'value="Région"' in signed_in.get(f"{ask}?aide={scheme.pk}").content.decode()
    signed_in.post(ask, ASKED | {"scheme": scheme.pk})
    grant = Grant.objects.get()
    assert (Decimal(8000), scheme) == (grant.asked, grant.scheme)

    for wrong in (
        {"funder": ""},
        {"asked": "beaucoup"},
        {"asked": "à chiffrer"},
        {"state": "granted"},
        {"granted": "5"},
        {"asked_on": "2026-02-01", "decided_on": "2026-01-01"},
        {"note": "Vu avec Mme Martin"},
        {"scheme": make_scheme(make_space(owner=officer), by=officer).pk},
    ):
        change = reverse("funding:grant", args=[roadmap.pk, grant.pk])
        told = signed_in.post(change, ASKED | wrong)
        assert "field faulty" in told.content.decode(), wrong
    answered = {"state": "granted", "granted": "5 000", "decided_on": "2026-03-01"}
    signed_in.post(change, ASKED | answered)

    grant.refresh_from_db()
    assert (Decimal(5000), date(2026, 3, 1)) == (grant.granted, grant.decided_on)
    csv = signed_in.get(reverse("funding:export_csv", args=[roadmap.pk]))
    assert "1.a.1;Un bus;Région;;accordé;8000,00;;5000,00" in csv.getvalue().decode()


def test_a_request_begins_with_the_line_of_the_budget_that_it_follows(
    signed_in, roadmap, stream, action, officer
):
    region, caf = action.budget.order_by("pk")
    other = make_action(stream, "Un car", Budgeted("État", Decimal(1)), by=officer)
    here = [roadmap.pk, action.pk]
    ask = reverse("funding:ask", args=here)

    offered = signed_in.get(reverse("funding:action", args=here)).content.decode()
    first, second, strange = (
        signed_in.get(f"{ask}?ligne={pk}").context["form"]
        for pk in (region.pk, caf.pk, other.budget.get().pk)
    )

    assert f"{ask}?ligne={region.pk}" in offered
    assert ("Région", "8\xa0000") == (first["funder"].value(), first["asked"].value())
    assert ("CAF", "") == (second["funder"].value(), second["asked"].value())
    assert "" == strange["funder"].value()
