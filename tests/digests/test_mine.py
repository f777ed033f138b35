"""One page where each one chooses, and what it keeps."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.digests.models import Subscription, Told
from jalons.mail.models import Message
from tests.community.network import tell
from tests.digests.mails import choose
from tests.factories import make_space

pytestmark = pytest.mark.django_db
MINE = reverse("digests:mine")
ALL = {
    "rhythm": "week",
    "language": "fr",
    "sections": [
        *("joining", "actions", "measures", "posts", "centre", "network", "library"),
    ],
}


def test_each_one_chooses_rhythm_sections_teams_and_language(signed_in, space, officer):
    other = make_space(owner=officer)
    kept = {"sections": ["network"], "spaces": [other.pk], "language": "en"}

    signed_in.post(MINE, ALL | kept | {"rhythm": "day"})

    mine = Subscription.objects.get(user=officer)
    assert ("day", "en") == (mine.rhythm, mine.language)
    left = {"joining", "actions", "measures", "posts", "centre", "library"}
    assert left == set(mine.left_out)
    assert [space] == list(mine.spaces_left_out.all())
    page = signed_in.get(MINE).content.decode()
    boxes = re.findall(r'<input[^>]*name="spaces"[^>]*value="(\d+)"([^>]*)>', page)
    assert {str(other.pk): True, str(space.pk): False} == {
        pk: "checked" in rest for pk, rest in boxes
    }


def test_a_choice_that_is_not_offered_is_refused(signed_in, space, colleague):
    strange = make_space(owner=colleague)
    make_space(owner=signed_in and space.memberships.get(role="owner").user)

    for wrong in ({"rhythm": "hour"}, {"sections": ["x"]}, {"spaces": [strange.pk]}):
        assert 200 == signed_in.post(MINE, ALL | wrong).status_code

    assert not Subscription.objects.exists()


def test_whoever_asks_again_is_not_told_of_what_passed_meanwhile(
    signed_in, space, officer, colleague
):
    choose(officer, "never")
    tell(space, "Passé", by=colleague)

    signed_in.post(MINE, ALL)

    assert Subscription.objects.get().told_until > space.news.get().posted_at


def test_a_mail_that_waits_is_taken_back_with_the_choice_of_none(
    signed_in, space, officer
):
    choose(officer, "week")
    Message.objects.create(reason="digest", recipient=officer.email, subject="x")
    Message.objects.create(reason="event-place", recipient=officer.email, subject="x")

    signed_in.post(MINE, ALL | {"rhythm": "never"})

    assert ["event-place"] == [one.reason for one in Message.objects.all()]


def test_the_preview_says_what_would_leave_and_marks_nothing(
    signed_in, space, officer, colleague
):
    choose(officer, "week")
    tell(space, "Panne <b>du</b> site", by=colleague)

    page = signed_in.get(reverse("digests:preview")).content.decode()

    assert "Panne &lt;b&gt;du&lt;/b&gt; site" in page
    assert not Told.objects.exists()
    assert not Message.objects.exists()
    choose(colleague, "week", told_until=timezone.now())
    signed_in.force_login(colleague)
    empty = signed_in.get(reverse("digests:preview")).content.decode()
    assert "Panne" not in empty
