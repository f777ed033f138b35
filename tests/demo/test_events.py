"""The agenda of the demonstration holds invented events, which say that they are."""

from __future__ import annotations

from django.urls import reverse

from jalons.demo.events import invent_events
from jalons.spaces.models import Space
from tests.factories import make_space, make_user


def test_the_public_agenda_shows_an_event_to_come_marked_as_invented(db, client):
    officer = make_user("Chargée de mission")
    centre = make_space(owner=officer)
    centre.kind = Space.Kind.RESOURCE_CENTRE
    centre.save()

    past, coming = invent_events(centre, officer)

    page = client.get(reverse("events:agenda")).content.decode()
    assert coming.meeting.title in page
    assert past.meeting.title not in page
    assert "SIMULÉ" in page
    answer = client.get(reverse("events:show", args=[coming.pk]))
    assert "noindex" in answer.content.decode()
