from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.models import Roadmap, Versioned
from jalons.spaces.models import Space
from jalons.territories.models import Territory

TITLE_LENGTH = 80


class FollowUp(Versioned):
    """What a resource centre knows of one territory that it supports.

    Nothing of it is read by the territory's own team, nor by anybody else.
    """

    class Strand(models.TextChoices):
        """Whether the territory's project has a part on digital inclusion (S003-06)."""

        NONE = "none", _("none")
        PLANNED = "planned", _("planned")
        ACTIVE = "active", _("under way")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="follow_ups"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    # Blank as long as nobody said: not known is not none.
    strand = models.CharField(
        _("inclusion strand"), max_length=8, choices=Strand, blank=True
    )
    strand_source = models.CharField(_("how you know it"), max_length=200, blank=True)
    strand_on = models.DateField(_("known on"), null=True, blank=True)
    is_flagged = models.BooleanField(_("fragile territory"), default=False)
    flag_reason = models.CharField(
        _("why it is called fragile"), max_length=300, blank=True
    )
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_simulated = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("follow-up sheet")
        verbose_name_plural = _("follow-up sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "territory"], name="follow_up_once_per_territory"
            ),
            models.CheckConstraint(
                name="follow_up_flag_has_a_reason",
                condition=Q(is_flagged=False) | ~Q(flag_reason=""),
            ),
            models.CheckConstraint(
                name="follow_up_strand_has_a_source",
                condition=Q(strand="")
                | ~Q(strand_source="") & Q(strand_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.territory.name


class Exchange(Versioned):
    """A contact with a territory: what was said or given, and what comes next.

    It holds the function of whoever was met, never a name.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("telephone call")
        MAIL = "mail", _("mail or letter")
        VISIT = "visit", _("visit")
        MEETING = "meeting", _("meeting or workshop")
        FORM = "form", _("form of the site")
        OTHER = "other", _("other")

    class Support(models.TextChoices):
        """What the centre may give (S001-04…07)."""

        NONE = "none", _("nothing yet: a first contact, news")
        KNOWLEDGE = "knowledge", _("knowledge of schemes and of the ecosystem")
        TOOLS = "tools", _("tools for action")
        STRATEGY = "strategy", _("help to build a strategy")
        FUNDING = "funding", _("help on funding")
        GOVERNANCE = "governance", _("help on governance")
        AWARENESS = "awareness", _("awareness of decision-makers")
        PAIRING = "pairing", _("link with another territory")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="exchanges")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind of exchange"), max_length=8, choices=Kind)
    support = models.CharField(_("what was given"), max_length=10, choices=Support)
    counterpart = models.CharField(_("with whom"), max_length=160, blank=True)
    summary = models.CharField(_("what was said"), max_length=500)
    next_step = models.CharField(_("what comes next"), max_length=200, blank=True)
    next_on = models.DateField(_("before"), null=True, blank=True)
    next_done_on = models.DateField(_("done on"), null=True, blank=True)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_simulated = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ("-day", "-pk")
        indexes = [models.Index(fields=["space", "territory", "-day"])]
        constraints = [
            models.CheckConstraint(
                name="exchange_next_step_before_its_day",
                condition=~Q(next_step="")
                | Q(next_on__isnull=True, next_done_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.summary

    def is_late(self, *, on: date) -> bool:
        if self.next_on is None or self.next_done_on is not None:
            return False
        return self.next_on < on


class Amendment(Versioned):
    """What a centre made of a proposal for a territory: other words, or none.

    A proposal of its own has a code of its own; the reason stays with it.
    """

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="amendments"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    support = models.CharField(
        _("what is proposed"), max_length=10, choices=Exchange.Support
    )
    words = models.CharField(_("in words"), max_length=300)
    is_set_aside = models.BooleanField(_("not proposed"), default=False)
    reason = models.CharField(_("why"), max_length=300)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("proposal changed")
        verbose_name_plural = _("proposals changed")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "territory", "rule"], name="amendment_once_a_rule"
            )
        ]

    def __str__(self) -> str:
        return self.words


class View(models.Model):
    """Filters of the cockpit under a name, for the whole team of the centre."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="views")
    title = models.CharField(_("name of the view"), max_length=TITLE_LENGTH)
    # As `filters.Filters.query` writes it: only what was chosen, always in one order.
    query = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("view of the cockpit")
        verbose_name_plural = _("views of the cockpit")
        ordering = ("title",)
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"], name="view_once_by_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SharedProgress(models.Model):
    """How far a roadmap is, as its team lets the resource centres of its région see it.

    Only the number of the step, the points left and the ends of posts: nothing of what
    the roadmap says. The figures are those of `read_at`.
    """

    roadmap = models.OneToOneField(
        Roadmap, on_delete=models.CASCADE, related_name="progress"
    )
    shared_at = models.DateTimeField(auto_now_add=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # 0 when the seven steps are done.
    step = models.PositiveSmallIntegerField()
    points_left = models.PositiveSmallIntegerField()
    posts_ending = models.PositiveSmallIntegerField()
    first_end = models.DateField(null=True)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("shared progress")
        verbose_name_plural = _("shared progress")

    def __str__(self) -> str:
        return str(self.roadmap)
