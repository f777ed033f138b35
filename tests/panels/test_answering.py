"""The holder of a slip: a code, eight questions, when to come back; every refusal."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.panels import access, operations
from jalons.panels.models import Code, Reply
from jalons.privacy.operations import purge
from tests.panels.people import QUARTER, answer, make_codes, open_panel, said

pytestmark = pytest.mark.django_db
ENTER = "/mini-enquete/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def fresh(roadmap, officer, today):
    """A mini-survey that opens today."""
    return open_panel(roadmap, officer, today, title="Aujourd’hui")


@pytest.fixture
def code(fresh, officer):
    return make_codes(fresh, 1, officer)[0]


def test_a_code_typed_leads_to_the_questions_and_answers_are_kept(client, code, fresh):
    led = client.post(ENTER, {"code": f" {code[:4].lower()} {code[4:]} "})
    page = client.get(led.url)
    sent = client.post(led.url, {"confidence": "7", "alone": "yes"}, follow=True)

    assert led.url == f"{ENTER}{code[:4]}-{code[4:]}/"
    assert "quelle confiance" in page.content.decode()
    assert "vos réponses sont gardées" in sent.content.decode()
    kept = Reply.objects.get()
    assert {"confidence": 7, "alone": "yes"} == kept.answers
    assert (0, "person", fresh.pk) == (kept.moment, kept.channel, kept.code.panel_id)


def test_nothing_kept_of_a_code_gives_it_back(code):
    row = Code.objects.get()

    kept = "".join(str(value) for value in vars(row).values())
    assert code not in kept
    assert code[:4] not in row.digest.upper()
    assert access.find_code(code) == row


def _other(sign):
    return "3" if sign == "2" else "2"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda code: code[:-1], "pas bien écrit"),
        (
            lambda code: code[:3] + ("2" if code[3] != "2" else "3") + code[4:],
            "pas bien",
        ),
        (lambda code: "K7QM3FX9", "Personne n’a reçu ce code"),
        (lambda code: "", "obligatoire"),
        (lambda code: "<script>", "pas bien écrit"),
        (lambda code: "\x00" * 8, "caractère"),
    ],
)
def test_a_code_typed_wrongly_says_how_to_mend_it(client, code, change, told):
    page = client.post(ENTER, {"code": change(code)})

    assert 200 == page.status_code
    assert told in page.content.decode()


def test_a_wrong_address_says_the_same_and_is_not_found(client, code):
    page = client.get(f"{ENTER}K7QM-3FX9/")

    assert 404 == page.status_code
    assert "Personne n’a reçu ce code" in page.content.decode()


def test_once_answered_the_page_says_when_to_come_back_and_takes_no_other(client, code):
    address = f"{ENTER}{code}/"
    client.post(address, {"confidence": "7"})

    page = client.get(address).content.decode()
    again = client.post(address, {"confidence": "1"}).content.decode()

    assert '<form method="post" novalidate>' not in page
    assert "reposées à partir du" in page
    assert "trop tôt" in again
    assert 7 == Reply.objects.get().answers["confidence"]


def test_nobody_may_send_an_empty_form(client, code):
    page = client.post(f"{ENTER}{code}/", {}).content.decode()

    assert "répondez au moins à une" in page
    assert not Reply.objects.exists()


def test_a_late_answer_is_kept_and_marked(panel, officer):
    code = make_codes(panel, 1, officer)[0]
    answer(code, said(1), panel.opened_on)

    late = answer(code, said(2), panel.opened_on + timedelta(130))

    assert (3, True) == (late.moment, late.is_late)


def test_a_moment_is_answered_once(panel, officer):
    code = make_codes(panel, 1, officer)[0]
    answer(code, said(1), panel.opened_on)
    answer(code, said(2), panel.opened_on + QUARTER)

    with pytest.raises(operations.AlreadyAnswered):
        answer(code, said(3), panel.opened_on + QUARTER + timedelta(1))


def test_a_closed_mini_survey_takes_no_answer_and_says_so(client, code, fresh, officer):
    operations.close_panel(fresh, by=officer, today=fresh.opened_on)

    page = client.get(f"{ENTER}{code}/").content.decode()
    sent = client.post(f"{ENTER}{code}/", {"confidence": "7"}).content.decode()

    assert "close" in page
    assert "close" in sent
    assert not Reply.objects.exists()
    with pytest.raises(operations.NotOpen):
        make_codes(fresh, 1, officer)


def test_after_the_last_day_announced_codes_and_answers_are_erased(fresh, code, today):
    answer(code, said(1), today)
    last = datetime.combine(fresh.kept_until, time(12), UTC)

    purge(last, dry_run=False)
    assert 1 == Reply.objects.count()
    purge(last + timedelta(days=1), dry_run=False)

    assert not Reply.objects.exists()
    assert not Code.objects.exists()
    with pytest.raises(access.UnknownCode):
        access.find_code(code)


def test_questions_fit_a_phone_without_a_script(client, code):
    page = client.get(f"{ENTER}{code}/")

    assert len(page.content) < 30_000
    assert "noindex" in page.content.decode()


def test_the_page_where_a_code_is_typed_is_where_slips_say(code):
    assert ENTER == reverse("panels:enter")
