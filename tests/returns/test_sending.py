"""Returns leave once, to the right address, and their link can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.invitations.models import Profile, digest_of
from jalons.invitations.operations import opt_out
from jalons.mail.models import Message
from jalons.mail.operations import say_dead
from jalons.privacy.operations import purge
from jalons.returns import operations, recipients
from jalons.returns.models import Return
from jalons.returns.recipients import State
from tests.invitations.lists import make_list
from tests.returns.made import address, link_of, make_returns, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_in_the_outbox(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        yield


def states(made) -> dict[str, State]:
    lines = recipients.lines(made.campaign, at=timezone.now())
    return {one.code: one.state for one in lines}


def test_returns_leave_once_whoever_presses():
    made = make_returns()
    address(made, made.whole, made.level, made.kept)

    first, second = send(made), send(made)

    assert (2, 0) == (first, second)
    assert {f"{one.pk}@exemple.fr" for one in (made.whole, made.level)} == set(
        Message.objects.filter(reason="territory-return").values_list(
            "recipient", flat=True
        )
    )
    assert Entry.objects.filter(verb="returns.sent").count() == 2


def test_the_mail_promises_only_what_the_return_holds():
    made = make_returns()
    address(made, made.whole, made.level)

    send(made)

    whole, level = (
        Message.objects.get(recipient=f"{one.pk}@exemple.fr").text
        for one in (made.whole, made.level)
    )
    assert "sur quoi travailler ensuite" in whole
    assert "sur quoi travailler ensuite" not in level
    assert "son niveau" in level


def test_a_territory_that_may_read_nothing_is_sent_nothing():
    made = make_returns()
    address(made, made.kept)

    assert 0 == send(made)
    assert State.KEPT is states(made)[made.kept.pk]


def test_nothing_leaves_before_the_scores_are_frozen():
    made = make_returns(closed=False)
    address(made, made.whole)

    with pytest.raises(operations.NotClosed):
        send(made)

    assert not Message.objects.exists()


def test_nothing_leaves_once_the_answers_are_erased():
    made = make_returns()
    address(made, made.whole)
    past = timezone.localdate() - timedelta(days=1)
    made.campaign.closes_on, made.campaign.answers_kept_until = past, past
    made.campaign.save()

    with pytest.raises(operations.AnswersErased):
        send(made)


def test_the_address_comes_from_the_lists_when_none_is_typed():
    made = make_returns()
    people = make_list(made.campaign.space, "aide@exemple.fr", "elue@exemple.fr")
    people.contacts.update(territory=made.whole)
    people.contacts.filter(email="aide@exemple.fr").update(
        profile=Profile.DIGITAL_ADVISER
    )
    people.contacts.filter(email="elue@exemple.fr").update(
        profile=Profile.DECISION_MAKER
    )
    lines = recipients.lines(made.campaign, at=timezone.now())

    assert ["elue@exemple.fr"] == [one.email for one in lines if one.email]


@pytest.mark.parametrize("refusal", ["dead", "stopped"])
def test_an_address_that_refuses_mail_is_left_alone(refusal):
    made = make_returns()
    address(made, made.whole)
    email, space = f"{made.whole.pk}@exemple.fr", made.campaign.space
    if refusal == "dead":
        say_dead(email, "Boîte inconnue", by=made.officer)
    else:
        opt_out(space, digest_of(space.pk, email))

    assert State.REFUSED is states(made)[made.whole.pk]
    assert 0 == send(made)


def test_an_address_no_longer_changes_once_the_return_left():
    made = make_returns()
    address(made, made.whole)
    send(made)

    with pytest.raises(operations.AlreadySent):
        address(made, made.whole)


def test_what_was_sent_does_not_change_when_sent_again():
    made = make_returns()
    address(made, made.whole)
    send(made)
    before = Return.objects.get().content
    first = link_of(made.whole)

    operations.send_again(Return.objects.get(), by=made.officer, at=timezone.now())

    assert before == Return.objects.get().content
    assert first != link_of(made.whole)


def test_whoever_asked_for_no_more_mails_is_not_sent_the_return_again():
    made = make_returns()
    address(made, made.whole)
    send(made)
    record = Return.objects.get()
    space = made.campaign.space
    opt_out(space, digest_of(space.pk, record.email))
    first = link_of(made.whole)

    with pytest.raises(operations.AddressRefuses):
        operations.send_again(record, by=made.officer, at=timezone.now())

    assert first == link_of(made.whole)


def test_a_return_that_did_not_leave_has_no_link_to_withdraw():
    made = make_returns()
    address(made, made.whole)

    with pytest.raises(operations.NotSent):
        operations.withdraw_return(Return.objects.get(), by=made.officer)


def test_the_return_goes_with_the_answers_it_comes_from():
    made = make_returns()
    address(made, made.whole)
    send(made)
    left = made.campaign.answers_kept_until - timezone.localdate()

    purge(timezone.now() + left + timedelta(days=2), dry_run=False)

    record = Return.objects.get()
    assert ("", {}) == (record.email, record.content)
