from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.ecosystems.models import ResourceMap
from jalons.meetings.models import Meeting
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.workshops.definitions import ActivityKind, Phase, read_kinds

if TYPE_CHECKING:
    from jalons.workshops.models.contributions import Item

ALIAS_LENGTH = 40


class Workshop(models.Model):
    """A meeting played live: a run-sheet, a code to join, people, contributions."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="workshop"
    )
    # Six letters read aloud and typed on a telephone; none that looks like another.
    code = models.CharField(max_length=6, unique=True, editable=False)
    current = models.ForeignKey(
        "Activity", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    timer_ends_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def __str__(self) -> str:
        return self.meeting.title

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def channel(self) -> str:
        """Where its events are told."""
        return f"workshop-{self.pk}"


class Activity(models.Model):
    """One thing done together in a workshop, phase after phase, forwards or back."""

    class Order(models.TextChoices):
        IMPACT = "impact", _("points of impact, then less mastery")
        MASTERY = "mastery", _("less mastery, then points of impact")
        NUMBER = "number", _("number of the item")

    class Form(models.TextChoices):
        SINGLE = "single", _("one choice")
        MULTIPLE = "multiple", _("several choices")
        SCALE = "scale", _("a scale from 1 to 5")
        RANKING = "ranking", _("a ranking")

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="activities"
    )
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("activity"), max_length=12)
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("question"), max_length=300)
    instructions = models.CharField(_("instructions"), max_length=600, blank=True)
    notes = models.CharField(_("private notes"), max_length=600, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    form = models.CharField(
        _("form of the answer"), max_length=10, choices=Form, default=Form.SINGLE
    )
    # The scale put earlier that this one puts again, to the same people.
    asks_again = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asks again"),
    )
    dots = models.PositiveSmallIntegerField(_("dots each"), default=5)
    dots_cap = models.PositiveSmallIntegerField(_("at most on one option"), default=3)
    has_factors = models.BooleanField(_("category, change or inertia"), default=False)
    # How many ideas the room is shown; equal ones come too, 0 is all.
    top = models.PositiveSmallIntegerField(_("ideas shown"), default=0)
    # The matrix is cut at the median, or at the middle of the scale when asked.
    is_cut_at_midpoint = models.BooleanField(default=False)
    order = models.CharField(
        _("order of the table"), max_length=8, choices=Order, default=Order.IMPACT
    )
    # What people draw together, kept by the team after the workshop.
    map = models.OneToOneField(
        ResourceMap, on_delete=models.SET_NULL, null=True, related_name="activity"
    )
    phase = models.CharField(max_length=40)
    # Put back to the vote, it has another round; the votes of the former ones stay.
    round = models.PositiveSmallIntegerField(default=1)
    results_shown = models.BooleanField(default=False)
    # The projector shows what each table retains, instead of the activity.
    in_plenary = models.BooleanField(default=False)

    # The instant of the past at which it is looked at, when it is played again.
    seen_at: datetime | None = None
    # Its items, where they were read for all the telephones of the room.
    offered: Sequence[Item] = ()

    class Meta:
        verbose_name = _("activity of a workshop")
        verbose_name_plural = _("activities of workshops")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def definition(self) -> ActivityKind:
        return read_kinds()[self.kind]

    @property
    def step(self) -> Phase:
        return self.definition.read(self.phase)

    @property
    def rates_items(self) -> bool:
        """Whether people answer item by item, or once for the whole."""
        return self.kind in ("matrix", "workstreams")

    @property
    def is_written(self) -> bool:
        return self.definition.is_written

    @property
    def takes_several(self) -> bool:
        """Whether one answer may choose several items."""
        return self.kind == "questions" or self.form == self.Form.MULTIPLE

    @property
    def has_votes(self) -> bool:
        return any(one.takes == "votes" for one in self.definition.phase)


class Moment(models.Model):
    """What the projector turned to, and when: by these a workshop is played again."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="moments"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, related_name="moments"
    )
    phase = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    results_shown = models.BooleanField(default=False)
    in_plenary = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)
    began_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("moment of a workshop")
        verbose_name_plural = _("moments of workshops")
        ordering = ("began_at", "pk")

    def __str__(self) -> str:
        return str(self.activity or self.workshop)


class Participant(models.Model):
    """Somebody who takes part in a workshop, under the name they chose."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="participants"
    )
    alias = models.CharField(_("first name or pseudonym"), max_length=ALIAS_LENGTH)
    # A code of data/actors, when they say it.
    family = models.CharField(_("family"), max_length=40, blank=True)
    # Their telephone; none for a person entered by somebody else.
    link = models.OneToOneField(
        Link, on_delete=models.CASCADE, null=True, related_name="participant"
    )
    # Whose telephone speaks for them: one telephone may serve a table.
    host = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="hosted"
    )
    # With whom they work before the whole room meets.
    table = models.ForeignKey(
        "Table", on_delete=models.SET_NULL, null=True, related_name="people"
    )
    # The number of their sheet, when they answered on paper: it stands for a name.
    sheet = models.PositiveSmallIntegerField(null=True, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(
        purpose=_("Take part in a workshop, and change one’s contributions"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who take part in workshops"),
        held=_("the first name or pseudonym given, the family of actors"),
        kept_days=0,
        counted_from="workshop__meeting__names_kept_until",
        since=_("a year after the meeting"),
        fields=("alias",),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM, Recipient.COLLEAGUES),
    )

    class Meta:
        verbose_name = _("participant in a workshop")
        verbose_name_plural = _("participants in workshops")
        constraints = [
            models.UniqueConstraint(
                name="participant_once_a_sheet", fields=["workshop", "sheet"]
            )
        ]

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return str(self.workshop)
