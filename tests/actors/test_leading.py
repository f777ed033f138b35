from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from jalons.actors import leading
from jalons.actors.models import Lead, Post
from jalons.actors.posts import posts_of, thresholds_passed
from jalons.territories.models import Membership, Territory
from tests.actors.people import make_actor
from tests.factories import make_territory

TODAY = date(2026, 7, 1)


@pytest.fixture
def actor(space, officer):
    return make_actor(space, "CCAS", by=officer)


@pytest.fixture(autouse=True)
def _first_of_july():
    with time_machine.travel(TODAY, tick=False):
        yield


def make_post(actor, officer, ends, **fields):
    given = {"title": "Conseiller numérique", "share": Decimal("0.5"), **fields}
    post = Post(space=actor.space, actor=actor, funding_ends_on=ends, **given)
    return leading.save_post(post, by=officer)


def lead_form(space, actor, **given):
    form = {
        "place": space.territory.pk,
        "actor": actor.pk,
        "named_on": "2026-06-01",
        "mandate": "Délibération du 1er juin",
    }
    return form | given


def test_another_lead_ends_the_one_before_and_the_history_keeps_both(
    desk, space, officer, actor
):
    other = make_actor(space, "EPN", by=officer)
    address = reverse("actors:leads", args=[space.pk])
    desk.post(address, lead_form(space, actor))

    desk.post(address, lead_form(space, other, named_on="2026-06-15"))

    rows = Lead.objects.order_by("named_on").values_list("actor__name", "ended_on")
    assert list(rows) == [("CCAS", date(2026, 6, 15)), ("EPN", None)]
    page = desk.get(address).content.decode()
    assert "depuis le 15 juin 2026" in page
    assert "du 1er juin 2026 au 15 juin 2026" in page


@pytest.mark.parametrize("day", ["2026-05-01", "2026-07-02"])
def test_a_lead_before_the_present_one_or_to_come_is_refused(desk, space, actor, day):
    address = reverse("actors:leads", args=[space.pk])
    desk.post(address, lead_form(space, actor))

    answer = desk.post(address, lead_form(space, actor, named_on=day))

    assert answer.status_code == 200
    assert Lead.objects.count() == 1


def test_a_commune_inside_has_its_own_lead_and_one_outside_none(desk, space, actor):
    inside = make_territory("Bourg", Territory.Kind.COMMUNE, "99001")
    make_territory("Ailleurs", Territory.Kind.COMMUNE, "99002")
    Membership.objects.create(member=inside, group=space.territory, since=2026)
    address = reverse("actors:leads", args=[space.pk])

    desk.post(address, lead_form(space, actor, place="bourg"))
    refused = desk.post(address, lead_form(space, actor, place="99002"))

    assert [one.territory for one in Lead.objects.all()] == [inside]
    assert "pas dans le vôtre" in refused.content.decode()


def test_two_leads_at_once_on_a_territory_cannot_be_stored(space, actor):
    given = {"space": space, "territory": space.territory, "actor": actor}
    Lead.objects.create(named_on=TODAY, mandate="x", **given)

    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.create(named_on=TODAY, mandate="y", **given)


def test_posts_are_listed_by_end_with_what_is_near_and_what_is_not_known(
    space, officer, actor
):
    make_post(actor, officer, date(2027, 6, 30))
    make_post(actor, officer, None, share=Decimal("1"))
    make_post(actor, officer, date(2026, 9, 30))
    make_post(actor, officer, date(2026, 6, 30))

    found = posts_of(space, TODAY)

    assert [line.threshold for line in found.lines] == [0, 3, None, None]
    assert found.full_time == Decimal("2.5")
    assert found.near_full_time == Decimal("1")
    assert found.unknown_count == 1


def test_a_post_ended_is_no_longer_near(desk, space, officer, actor):
    post = make_post(actor, officer, TODAY)
    assert thresholds_passed(TODAY) == {space.pk}

    desk.post(reverse("actors:end_post", args=[space.pk, post.pk]))

    assert posts_of(space, TODAY).lines == []
    assert thresholds_passed(TODAY) == set()


@pytest.mark.parametrize("share", ["0", "1,5", "-1", "beaucoup"])
def test_a_share_of_full_time_is_between_0_and_1(desk, space, actor, share):
    form = {"title": "Conseiller", "actor": actor.pk, "share": share}

    answer = desk.post(reverse("actors:add_post", args=[space.pk]), form)

    assert answer.status_code == 200
    assert not Post.objects.exists()


def test_a_post_is_noted_on_the_page_and_given_as_a_file(desk, space, actor):
    form = {"title": "Conseiller", "actor": actor.pk, "share": "0,8"}
    desk.post(
        reverse("actors:add_post", args=[space.pk]),
        form | {"funding_ends_on": "2026-07-20", "funded_by": "État"},
    )

    answer = desk.get(reverse("actors:posts_csv", args=[space.pk]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [line] = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert line["Équivalent temps plein"] == "0,80"
    assert line["À surveiller"] == "moins de 1 mois restant"
