from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Roadmap, Versioned


class Announcement(Versioned):
    """Something to make known: to whom, by which channel, on what day, with what.

    Planned as long as it has no day of its own in the log.
    """

    class Channel(models.TextChoices):
        # The first four are those of the field (S004-28).
        TOWN_HALLS = "town_halls", _("Town-hall secretaries")
        BANKS = "banks", _("Bank branches, post offices, shops")
        FETES = "fetes", _("Village fêtes, markets and squares")
        PLACES = "places", _("Third places, MJC, social centres")
        BULLETIN = "bulletin", _("Municipal bulletin or site")
        PRESS = "press", _("Local press or radio")
        MAIL = "mail", _("Mail or letter")
        MEETING = "meeting", _("Said at a meeting")
        OTHER = "other", _("Other")

    class Material(models.TextChoices):
        POSTER = "poster", _("A4 poster")
        SLIP = "slip", _("A5 slip")
        BULLETIN = "bulletin", _("Text for the bulletin")
        MINUTES = "minutes", _("Minutes of a workshop")
        DOCUMENT = "document", _("The roadmap or its summary")
        NONE = "none", _("Nothing: said by word of mouth")
        OTHER = "other", _("Other")

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="announcements"
    )
    subject = models.CharField(_("what is made known"), max_length=200)
    audience = models.CharField(_("to whom"), max_length=200)
    actors: models.ManyToManyField = models.ManyToManyField(
        Actor, related_name="+", blank=True, verbose_name=_("actors told")
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    material = models.CharField(_("material"), max_length=10, choices=Material)
    copies = models.PositiveIntegerField(_("number of copies"), null=True, blank=True)
    planned_on = models.DateField(_("planned on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.CheckConstraint(
                name="announcement_has_an_outcome_once_done",
                condition=Q(outcome="") | Q(done_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def is_late(self, *, on: date) -> bool:
        return self.done_on is None and self.planned_on < on
