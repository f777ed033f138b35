from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.meetings.models import Meeting
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData
from jalons.workshops.definitions import ActivityKind, Phase, read_kinds

CELL_LENGTH = 1000
IDEA_LENGTH = 280
"""A contribution that fits on a card and on a screen."""
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
    dots = models.PositiveSmallIntegerField(_("dots each"), default=5)
    dots_cap = models.PositiveSmallIntegerField(_("at most on one option"), default=3)
    has_factors = models.BooleanField(_("category, change or inertia"), default=False)
    # The matrix is cut at the median, or at the middle of the scale when asked.
    is_cut_at_midpoint = models.BooleanField(default=False)
    order = models.CharField(
        _("order of the table"), max_length=8, choices=Order, default=Order.IMPACT
    )
    phase = models.CharField(max_length=40)
    # Put back to the vote, it has another round; the votes of the former ones stay.
    round = models.PositiveSmallIntegerField(default=1)
    results_shown = models.BooleanField(default=False)

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
    def has_votes(self) -> bool:
        return any(one.takes == "votes" for one in self.definition.phase)


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
    )

    class Meta:
        verbose_name = _("participant in a workshop")
        verbose_name_plural = _("participants in workshops")

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return str(self.workshop)


class ItemQuerySet(models.QuerySet):
    def standing(self) -> ItemQuerySet:
        """Neither withdrawn by its author, nor set aside, nor merged in another."""
        return self.filter(withdrawn_at=None, set_aside_at=None, merged_into=None)

    def in_order(self) -> ItemQuerySet:
        return self.order_by("number", "pk")


class Item(models.Model):
    """An idea, a factor or an option: what people write, and what they vote on."""

    class Category(models.TextChoices):
        ECONOMIC = "economic", _("economic")
        POLITICAL = "political", _("political")
        TECHNOLOGICAL = "technological", _("technological")
        REGULATORY = "regulatory", _("regulatory")
        SOCIAL = "social", _("social")
        OTHER = "other", _("other category")

    class Direction(models.TextChoices):
        CHANGE = "change", _("factor of change")
        INERTIA = "inertia", _("factor of inertia")

    is_given_by_people = True

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="items"
    )
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("text"), max_length=IDEA_LENGTH)
    category = models.CharField(
        _("category"), max_length=14, choices=Category, blank=True
    )
    direction = models.CharField(
        _("change or inertia"), max_length=8, choices=Direction, blank=True
    )
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="items"
    )
    # Made by the telephone, so that an idea sent twice is one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="merged"
    )
    # The idea of a wall that this item of a later activity was.
    origin = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The stake that this key workstream answers; nothing else has one.
    stake = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="workstreams"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of an activity")
        verbose_name_plural = _("items of activities")
        constraints = [
            models.UniqueConstraint(
                name="item_once_per_number", fields=["activity", "number"]
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def stands(self) -> bool:
        """The same as `standing`, for one."""
        return not (self.withdrawn_at or self.set_aside_at or self.merged_into_id)


class BallotQuerySet(models.QuerySet):
    def counted(self, activity: Activity) -> BallotQuerySet:
        """The last word of each, in the round that is played."""
        return self.filter(activity=activity, round=activity.round, is_current=True)


class Ballot(models.Model):
    """What one person answered once; changed, the former answer stays, not counted."""

    is_given_by_people = True

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="ballots"
    )
    round = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="ballots"
    )
    # Where items are rated, which one; elsewhere it is about the whole activity.
    item = models.ForeignKey(
        Item, on_delete=models.CASCADE, null=True, related_name="ballots"
    )
    key = models.UUIDField(unique=True)
    marks = models.JSONField()
    is_current = models.BooleanField(default=True)
    cast_at = models.DateTimeField(auto_now_add=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot of a workshop")
        verbose_name_plural = _("ballots of workshops")
        constraints = [
            models.UniqueConstraint(
                name="ballot_current_once",
                fields=["activity", "round", "participant"],
                condition=Q(is_current=True, item=None),
            ),
            models.UniqueConstraint(
                name="ballot_current_once_an_item",
                fields=["activity", "round", "participant", "item"],
                condition=Q(is_current=True, item__isnull=False),
            ),
        ]


class PaperCount(models.Model):
    """The points that people gave an item on paper, added up by hand; one a round."""

    item = models.ForeignKey(
        Item, on_delete=models.CASCADE, related_name="paper_counts"
    )
    round = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField(_("people"))
    impact_points = models.PositiveSmallIntegerField(_("points of impact"))
    mastery_points = models.PositiveSmallIntegerField(_("points of mastery"))

    class Meta:
        verbose_name = _("points counted on paper")
        verbose_name_plural = _("points counted on paper")
        constraints = [
            models.UniqueConstraint(
                name="paper_count_once_a_round", fields=["item", "round"]
            ),
            models.CheckConstraint(
                name="paper_points_four_a_person_at_most",
                condition=Q(
                    impact_points__lte=F("people") * 4,
                    mastery_points__lte=F("people") * 4,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)


class Writing(models.Model):
    """What somebody wrote in one cell of a key workstream; former ones are kept."""

    class Column(models.TextChoices):
        TITLE = "title", _("Title of the key workstream")
        SUCCESS = "success", _("Objectives: we will have succeeded if…")
        ACTIONS = "actions", _("Actions of the workstream")
        GOVERNANCE = "governance", _("Governance: who leads? who does? who joins in?")
        RESOURCES = "resources", _("Resources at hand, and to be found")
        OBSTACLES = "obstacles", _("Obstacles to be lifted")
        FEASIBILITY = "feasibility", _("Feasibility note")

    is_given_by_people = True

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="writings")
    column = models.CharField(max_length=12, choices=Column)
    # Its place in the cell: what a writer says they had before their eyes.
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=CELL_LENGTH, blank=True)
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="writings"
    )
    # Somebody of the team, when it is not a participant.
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    key = models.UUIDField(unique=True)
    is_current = models.BooleanField(default=False)
    # Written while somebody else changed the cell: waits until a hand chooses.
    is_waiting = models.BooleanField(default=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("writing in a cell")
        verbose_name_plural = _("writings in cells")
        constraints = [
            models.UniqueConstraint(
                name="writing_once_per_number", fields=["item", "column", "number"]
            ),
            models.UniqueConstraint(
                name="writing_current_once",
                fields=["item", "column"],
                condition=Q(is_current=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def hand(self) -> str:
        """Under which name it is shown; nothing once names are erased."""
        if self.author:
            return self.author.alias
        return str(_("the team")) if self.editor_id else ""


class Minutes(models.Model):
    """The minutes of a workshop: what the team writes around what was counted."""

    workshop = models.OneToOneField(
        Workshop, on_delete=models.CASCADE, related_name="minutes"
    )
    opening = models.TextField(_("what it was for, and how it went"), blank=True)
    decisions = models.TextField(_("decisions"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    # Counted up at each change: whoever wrote from an older one is told.
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("minutes of a workshop")
        verbose_name_plural = _("minutes of workshops")

    def __str__(self) -> str:
        return str(self.workshop)


class Remark(models.Model):
    """What the minutes say of one activity, or that its results are left out."""

    minutes = models.ForeignKey(
        Minutes, on_delete=models.CASCADE, related_name="remarks"
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, related_name="remark"
    )
    text = models.TextField(_("what was said"), blank=True)
    is_left_out = models.BooleanField(_("leave its results out"), default=False)

    class Meta:
        verbose_name = _("remark of the minutes")
        verbose_name_plural = _("remarks of the minutes")

    def __str__(self) -> str:
        return str(self.activity)
