from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.groups.models import Group
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Workstream
from jalons.spaces.models import Space

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Body(models.Model):
    """A group of actors that decides or advises: at which level, how often it meets.

    Its members, their role and the days of their mandate are those of the group.
    """

    class Level(models.TextChoices):
        STRATEGIC = "strategic", _("strategic: it sets the course")
        TECHNICAL = "technical", _("technical: it makes things happen")
        ADVISORY = "advisory", _("advisory: it gives its opinion")
        OTHER = "other", _("other body")

    class Rhythm(models.TextChoices):
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every three months")
        HALF_YEAR = "half_year", _("twice a year")
        YEAR = "year", _("once a year")
        NEEDED = "needed", _("when it is needed")

    group = models.OneToOneField(
        Group,
        on_delete=models.CASCADE,
        related_name="body",
        verbose_name=_("group of actors"),
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    rhythm = models.CharField(_("how often it meets"), max_length=10, choices=Rhythm)
    agenda = models.TextField(_("usual agenda"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("body of the coordination")
        verbose_name_plural = _("bodies of the coordination")

    def __str__(self) -> str:
        return str(self.group)

    @property
    def agenda_points(self) -> list[str]:
        return [one.strip() for one in self.agenda.splitlines() if one.strip()]


class Contribution(models.Model):
    """What an actor gives to digital inclusion in a year, or promises to give.

    Those who put procedures online have an interest in giving (S004-12). A value that
    nobody worked out is missing, not zero.
    """

    class Kind(models.TextChoices):
        CASH = "cash", _("money")
        STAFF = "staff", _("staff time")
        EQUIPMENT = "equipment", _("equipment")
        PREMISES = "premises", _("premises")
        SKILLS = "skills", _("skills")
        COMMUNICATION = "communication", _("communication")

    class State(models.TextChoices):
        PROMISED = "promised", _("promised")
        GIVEN = "given", _("given")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="contributions"
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="contributions",
        verbose_name=_("actor"),
    )
    kind = models.CharField(_("kind of contribution"), max_length=13, choices=Kind)
    what = models.CharField(_("what exactly"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    value = models.DecimalField(
        _("value, in euros"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    days = models.DecimalField(
        _("days of work"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("how you know it"), max_length=200, blank=True)
    workstream = models.ForeignKey(
        Workstream,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("key workstream"),
    )
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("contribution of an actor")
        verbose_name_plural = _("contributions of actors")
        ordering = ("-year", "actor__key", "pk")
        constraints = [
            models.CheckConstraint(
                name="contribution_not_negative",
                condition=(Q(value=None) | Q(value__gte=0))
                & (Q(days=None) | Q(days__gte=0)),
            ),
            models.CheckConstraint(
                name="contribution_in_a_year_of_ours",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class OnlineService(models.Model):
    """A procedure that an actor has put online, which people then need help with."""

    actor = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="online_services",
        verbose_name=_("actor"),
    )
    what = models.CharField(_("what is done online"), max_length=200)

    class Meta:
        verbose_name = _("procedure put online")
        verbose_name_plural = _("procedures put online")
        ordering = ("actor__key", "pk")

    def __str__(self) -> str:
        return self.what


class Sitting(models.Model):
    """A meeting of the space at which a body sits, with its attendance sheet."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="sittings")
    meeting = models.OneToOneField(
        Meeting,
        on_delete=models.CASCADE,
        related_name="sitting",
        verbose_name=_("meeting"),
    )

    class Meta:
        verbose_name = _("sitting of a body")
        verbose_name_plural = _("sittings of bodies")
        ordering = ("-meeting__starts_at", "pk")

    def __str__(self) -> str:
        return str(self.meeting)


class Decision(models.Model):
    """What a body decided, who sees to it, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", _("to be done")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")

    sitting = models.ForeignKey(
        Sitting, on_delete=models.CASCADE, related_name="decisions"
    )
    text = models.CharField(_("what is decided"), max_length=300)
    actor = models.ForeignKey(
        Actor,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    due_on = models.DateField(_("for which day"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.OPEN
    )
    note = models.CharField(_("what became of it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("decision of a body")
        verbose_name_plural = _("decisions of bodies")
        ordering = ("sitting__meeting__starts_at", "pk")

    def __str__(self) -> str:
        return self.text

    def is_late(self, *, on: date) -> bool:
        is_open = self.state == self.State.OPEN
        return is_open and self.due_on is not None and self.due_on < on


class Agreement(models.Model):
    """What several actors signed together, between which days."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="agreements"
    )
    title = models.CharField(_("title"), max_length=200)
    parties: models.ManyToManyField = models.ManyToManyField(
        Actor, related_name="agreements", verbose_name=_("who signed")
    )
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    signed_on = models.DateField(_("signed on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)

    class Meta:
        verbose_name = _("agreement between actors")
        verbose_name_plural = _("agreements between actors")
        ordering = ("-signed_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_is_signed",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("signed_on")),
            )
        ]

    def __str__(self) -> str:
        return self.title


class StageDone(models.Model):
    """A stage of coordination that a team says it went through, and when (S004-22)."""

    class Stage(models.TextChoices):
        LEADERS = "leaders", _("meet those who lead the organisations")
        WORKSHOPS = "workshops", _("hold thematic workshops for mediators")
        PLATFORM = "platform", _("share news and problems in one place")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="stages_done"
    )
    stage = models.CharField(_("stage"), max_length=9, choices=Stage)
    done_on = models.DateField(_("done on"))
    note = models.CharField(_("what shows it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("stage of coordination done")
        verbose_name_plural = _("stages of coordination done")
        constraints = [
            models.UniqueConstraint(name="stage_once", fields=["space", "stage"])
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())
