"""A roadmap read in a minute: what moved, what is late, what is in the way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from jalons.followup import operations
from jalons.followup.figures import dashboard_of
from jalons.followup.grouping import By, groups_of
from jalons.followup.standing import Standing
from jalons.followup.telling import told_of
from jalons.roadmaps.models import Action, StatusChange
from jalons.roadmaps.operations import Budgeted, save_action
from jalons.steering.operations import wait_for
from jalons.territories.models import Territory
from tests.evaluation.plans import make_baseline, make_evaluation, make_measure
from tests.factories import make_territory
from tests.funding.money import make_grant
from tests.roadmaps.plans import make_action, make_stake, make_workstream

Status = Action.Status
TODAY = date(2026, 6, 30)
BEFORE = date(2026, 4, 1)


@pytest.fixture
def stream(roadmap, officer):
    stake = make_stake(roadmap, by=officer)
    return make_workstream(stake, by=officer, obstacle=["Peu de trains"])


def tell(action, status, reason="", *, by, on=TODAY, ends_on=None):
    action.refresh_from_db()
    said = Standing(status, ends_on, reason)
    operations.tell_standing(action, said, version=action.version, by=by, on=on)


def test_what_moved_in_the_period_is_told_with_its_reason(roadmap, stream, officer):
    bus = make_action(stream, "Un bus", by=officer)
    tell(bus, Status.UNDER_WAY, by=officer, on=date(2026, 1, 15))
    tell(bus, Status.SUSPENDED, "Plus de chauffeur", by=officer, on=date(2026, 5, 2))

    read = dashboard_of(roadmap, since=BEFORE, on=TODAY)

    assert [
        (one.action.code, one.change.before, one.change.after, one.change.reason)
        for one in read.moves
    ] == [("1.a.1", "under_way", "suspended", "Plus de chauffeur")]


def test_an_action_is_not_stopped_without_a_reason(stream, officer):
    bus = make_action(stream, "Un bus", by=officer)

    with pytest.raises(operations.WithoutAReason):
        tell(bus, Status.DROPPED, by=officer)

    assert not StatusChange.objects.exists()


def test_an_action_that_stays_late_says_why(stream, officer):
    bus = make_action(stream, "Un bus", by=officer, ends_on=date(2026, 6, 1))

    with pytest.raises(operations.WithoutAReason):
        tell(bus, Status.UNDER_WAY, by=officer, ends_on=date(2026, 6, 1))
    tell(bus, Status.UNDER_WAY, "Livraison", by=officer, ends_on=date(2026, 6, 1))

    assert bus.changes.get().reason == "Livraison"


def test_a_change_written_in_the_form_of_an_action_is_kept_too(stream, officer):
    bus = make_action(stream, "Un bus", by=officer)
    bus.status = Status.UNDER_WAY

    save_action(bus, (), version=1, by=officer)

    change = bus.changes.get()
    assert (change.before, change.after) == ("planned", "under_way")


def test_the_form_of_an_action_asks_why_it_is_given_up(signed_in, stream, officer):
    bus = make_action(stream, "Un bus", by=officer)
    address = reverse("roadmaps:action", args=[stream.stake.roadmap_id, bus.pk])
    sent = {
        "description": "Un bus",
        "status": "dropped",
        "version": "1",
        "budget-TOTAL_FORMS": "0",
        "budget-INITIAL_FORMS": "0",
    }

    refused = signed_in.post(address, sent)
    kept = signed_in.post(address, sent | {"reason": "Trop cher"})

    assert "Dites pourquoi" in refused.content.decode()
    assert kept.status_code == 302
    assert bus.changes.get().reason == "Trop cher"


def test_late_actions_come_with_their_days_the_longest_first(roadmap, stream, officer):
    make_action(stream, "Un guide", by=officer, ends_on=TODAY - timedelta(days=3))
    make_action(stream, "Un bus", by=officer, starts_on=TODAY - timedelta(days=10))

    read = dashboard_of(roadmap, since=BEFORE, on=TODAY)

    assert [(one.action.code, one.days) for one in read.late] == [
        ("1.a.2", 10),
        ("1.a.1", 3),
    ]


def test_what_is_in_the_way_is_told_action_by_action(roadmap, stream, officer):
    guide = make_action(stream, "Un guide", by=officer)
    bus = make_action(stream, "Un bus", by=officer)
    bus.feasibility = {"law": {"outcome": "blocked", "note": "Marché à passer"}}
    bus.save()
    wait_for(bus, guide, by=officer)
    tell(guide, Status.SUSPENDED, "Imprimeur fermé", by=officer)

    told = told_of(dashboard_of(roadmap, since=BEFORE, on=TODAY))

    assert [(one["code"], list(one["by"])) for one in told["hurdles"]] == [
        ("1.a.1", ["suspendue\u00a0: Imprimeur fermé"]),
        (
            "1.a.2",
            [
                "fait obstacle\u00a0: le droit (Marché à passer)",
                "attend 1.a.1 (suspendue)",
            ],
        ),
        ("1.a", ["obstacle\u00a0: Peu de trains"]),
    ]


def test_what_is_done_is_not_in_the_way(roadmap, stream, officer):
    bus = make_action(stream, "Un bus", by=officer, status=Status.DONE)
    guide = make_action(stream, "Un guide", by=officer, status=Status.DROPPED)
    wait_for(bus, guide, by=officer)

    assert not dashboard_of(roadmap, since=BEFORE, on=TODAY).hurdles


def test_actions_are_gathered_by_partner_whatever_their_role(roadmap, stream, officer):
    paid = Budgeted("CAF", Decimal(400))
    make_action(stream, "Un bus", paid, by=officer, lead="Centre social")
    make_action(stream, "Un guide", by=officer, partners="centre social\nCAF")

    read = dashboard_of(roadmap, since=BEFORE, on=TODAY)

    assert [
        (one.name, [a.code for a in one.actions], one.planned)
        for one in groups_of(read, By.PARTNERS)
    ] == [
        ("Centre social", ["1.a.1", "1.a.2"], None),
        ("CAF", ["1.a.2"], Decimal(400)),
    ]


def test_actions_are_gathered_by_commune_and_those_without_are_everywhere(
    roadmap, stream, officer
):
    here = make_territory("Bujaleuf", Territory.Kind.COMMUNE)
    bus = make_action(stream, "Un bus", by=officer)
    make_action(stream, "Un guide", by=officer)

    operations.place_in_communes(roadmap, {bus.pk: [here]}, by=officer)

    read = dashboard_of(roadmap, since=BEFORE, on=TODAY)
    assert [
        (one.name, [a.code for a in one.actions])
        for one in groups_of(read, By.COMMUNES)
    ] == [("Bujaleuf", ["1.a.1"]), ("Ensemble du territoire", ["1.a.2"])]


def test_a_name_that_is_no_commune_of_the_roadmap_is_told(
    signed_in, roadmap, stream, officer
):
    bus = make_action(stream, "Un bus", by=officer)
    address = reverse("followup:communes", args=[roadmap.pk])

    answer = signed_in.post(address, {f"action-{bus.pk}": "Atlantide"})

    assert "Atlantide" in answer.content.decode()
    assert not bus.communes.exists()


def test_the_same_numbers_stand_on_the_page_in_the_pdf_the_workbook_and_json(
    signed_in, roadmap, stream, officer
):
    paid = Budgeted("Région", Decimal("12500.50"))
    bus = make_action(stream, "Un bus", paid, by=officer)
    make_grant(bus, "Région", 9000, state="granted", granted=Decimal(9000), by=officer)
    evaluation = make_evaluation(roadmap, "O1", by=officer)
    followed = evaluation.indicators.get()
    make_baseline(followed, 1210, date(2025, 1, 31), by=officer)
    make_measure(followed, 1352, date(2026, 1, 31), by=officer)
    address = reverse("followup:dashboard", args=[roadmap.pk])

    page = signed_in.get(address).content.decode()
    files = {
        one: signed_in.get(reverse("followup:file", args=[roadmap.pk, one]))
        for one in ("pdf", "xlsx", "json")
    }

    pdf = text_of(files["pdf"].content)
    told = files["json"].json()
    cells = cells_of(files["xlsx"].content)
    for shown, number in (
        ("12 500,50", 12500.5),
        ("9 000", 9000),
        ("1 210", 1210),
        ("1 352", 1352),
    ):
        assert shown in plain(page)
        assert shown in plain(pdf)
        assert number in cells
    assert told["money"]["planned"] == "12500.5"
    assert float(told["money"]["granted"]) == 9000
    assert told["indicators"][0]["last"] == "1352"


def test_two_pages_are_never_three(signed_in, roadmap, officer):
    for number in range(12):
        stake = make_stake(
            roadmap, f"Comment faire {number} {'mieux ' * 30}?", by=officer
        )
        stream = make_workstream(
            stake, "Un chantier " * 20, by=officer, obstacle=["Un mur " * 100]
        )
        for _rank in range(3):
            action = make_action(
                stream,
                "Une action " * 60,
                Budgeted(f"Financeur {number} au nom fort long", Decimal(1000)),
                by=officer,
                lead="Communauté de communes " * 8,
                ends_on=timezone.localdate() - timedelta(days=9),
            )
            tell(action, Status.SUSPENDED, "Raison " * 40, by=officer)
    progress = operations.keep_progress(
        roadmap,
        since=BEFORE,
        comment="Un long commentaire. " * 90,
        by=officer,
        on=timezone.localdate(),
    )

    for name, args in (
        ("followup:file", [roadmap.pk, "pdf"]),
        ("followup:progress_file", [roadmap.pk, progress.pk, "pdf"]),
    ):
        content = signed_in.get(reverse(name, args=args)).content
        assert len(PdfReader(BytesIO(content)).pages) == 2


def test_the_dashboard_takes_the_same_queries_with_ten_times_as_much(
    signed_in, roadmap, stream, officer, django_assert_max_num_queries
):
    evaluation = make_evaluation(roadmap, "O1", "R4", by=officer)
    for number in range(12):
        action = make_action(stream, f"Action {number}", by=officer)
        tell(action, Status.UNDER_WAY, by=officer)
        for followed in evaluation.indicators.all():
            make_measure(followed, number, date(2025, number + 1, 1), by=officer)
    address = reverse("followup:dashboard", args=[roadmap.pk])
    signed_in.get(address)

    with django_assert_max_num_queries(35):
        signed_in.get(address)


def text_of(content: bytes) -> str:
    return "\n".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("&nbsp;", " ")


def cells_of(content: bytes) -> set[object]:
    book = load_workbook(BytesIO(content), read_only=True)
    return {
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
