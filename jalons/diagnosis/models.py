from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.documents.languages import for_reader
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class Diagnosis(models.Model):
    """What a team knows of a territory: findings, visits, what was made known."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="diagnoses")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="diagnoses"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    refreshed_at = models.DateTimeField(editable=False)
    is_simulated = models.BooleanField(_("simulated comments"), default=False)

    class Meta:
        verbose_name = _("diagnosis")
        verbose_name_plural = _("diagnoses")
        constraints = [
            models.UniqueConstraint(
                name="diagnosis_once_per_space_and_territory",
                fields=["space", "territory"],
            )
        ]

    def __str__(self) -> str:
        return self.territory.name


class Finding(models.Model):
    """A strength, a weak point or a question: from a figure, or written by the team.

    `evidence` is the figure as it is now; each `Review` keeps the one it was read with.
    A finding whose figure no longer stands out is kept, and says so.
    """

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("Strength")
        WEAKNESS = "weakness", _("Weak point")
        QUESTION = "question", _("Question to ask")

    diagnosis = models.ForeignKey(
        Diagnosis, on_delete=models.CASCADE, related_name="findings"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # The indicator from which it came; empty when the team wrote it.
    indicator = models.SlugField(max_length=40, blank=True)
    evidence = models.JSONField(default=dict)
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # When the figure changed for the last time; empty for what the team wrote.
    figure_changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(
                name="finding_once_per_indicator",
                fields=["diagnosis", "indicator"],
                condition=~Q(indicator=""),
            )
        ]

    def __str__(self) -> str:
        title = self.evidence.get("title", {}).get("fr", "")
        kind = self.get_kind_display()
        return (
            _("%(kind)s: %(title)s") % {"kind": kind, "title": title} if title else kind
        )


class Review(models.Model):
    """What a member said of a finding one day; never changed, the last one holds."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To be discussed")
        DISCUSSED = "discussed", _("Discussed")
        CONFIRMED = "confirmed", _("Confirmed by the field")
        NUANCED = "nuanced", _("Nuanced by the field")
        CONTRADICTED = "contradicted", _("Contradicted by the field")
        SET_ASIDE = "set_aside", _("Set aside")

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="reviews"
    )
    state = models.CharField(_("state"), max_length=12, choices=State)
    # Empty: the sentence made from the figure.
    wording = models.TextField(_("wording"), blank=True, max_length=600)
    comment = models.TextField(_("what makes you say so"), blank=True, max_length=1000)
    evidence = models.JSONField(default=dict)
    reviewed_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("review of a finding")
        verbose_name_plural = _("reviews of findings")

    def __str__(self) -> str:
        return self.get_state_display()


class Visit(models.Model):
    """A commune visited: whom the team met, by role, and what it learnt."""

    diagnosis = models.ForeignKey(
        Diagnosis, on_delete=models.CASCADE, related_name="visits"
    )
    commune = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name=_("commune"),
    )
    visited_on = models.DateField(_("date of the visit"))
    roles_met = models.CharField(
        _("whom you met, by role"),
        max_length=200,
        help_text=_("For example: the mayor, two residents, a librarian. No name."),
    )
    learnt = models.TextField(
        _("what you learnt"),
        max_length=2000,
        help_text=_("Facts and words heard, without anything that tells who spoke."),
    )
    findings = models.ManyToManyField(
        Finding,
        blank=True,
        related_name="visits",
        verbose_name=_("findings that the visit sheds light on"),
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self) -> str:
        return self.commune.name


class Communication(models.Model):
    """Something made known to the public: an article, a meeting, a poster."""

    class Channel(models.TextChoices):
        PRESS = "press", _("Local press or radio")
        BULLETIN = "bulletin", _("Municipal bulletin or site")
        POSTER = "poster", _("Posters and leaflets")
        MEETING = "meeting", _("Public meeting, market, village fête")
        RELAYS = "relays", _("Town-hall secretaries, banks, shops")
        NETWORKS = "networks", _("Social networks")
        OTHER = "other", _("Other")

    diagnosis = models.ForeignKey(
        Diagnosis, on_delete=models.CASCADE, related_name="communications"
    )
    said_on = models.DateField(_("date"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    message = models.CharField(_("what was made known"), max_length=300)
    logged_at = models.DateTimeField(auto_now_add=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("communication")
        verbose_name_plural = _("communications")

    def __str__(self) -> str:
        return self.message


class Note(models.Model):
    """What a team noted at a step of the hour: its choice, and why, in its words."""

    diagnosis = models.ForeignKey(
        Diagnosis, on_delete=models.CASCADE, related_name="notes"
    )
    question = models.SlugField(max_length=20)
    # The code of a figure, of a public or of a territory; `about` as it was read then.
    choice = models.CharField(_("choice"), max_length=40, blank=True)
    about = models.CharField(max_length=300, blank=True)
    # The same in the other languages of the site, where they differ.
    otherwise = models.JSONField(default=dict, db_default={}, editable=False)
    text = models.TextField(_("in your words"), max_length=600, blank=True)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("note of the hour")
        verbose_name_plural = _("notes of the hour")
        constraints = [
            models.UniqueConstraint(
                name="note_once_per_question", fields=["diagnosis", "question"]
            ),
            models.CheckConstraint(
                name="note_says_something", condition=~Q(choice="", text="")
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def said_about(self) -> str:
        """In the language of the reader, when it was kept in it."""
        return for_reader(self.about, self.otherwise)


class SkippedStep(models.Model):
    """A step of the diagnosis in one hour that the team passed over, and why."""

    diagnosis = models.ForeignKey(
        Diagnosis, on_delete=models.CASCADE, related_name="skipped_steps"
    )
    step = models.SlugField(max_length=20)
    reason = models.CharField(_("why you pass over this step"), max_length=300)
    skipped_at = models.DateTimeField(auto_now_add=True)
    skipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("step passed over")
        verbose_name_plural = _("steps passed over")
        constraints = [
            models.UniqueConstraint(
                name="step_skipped_once", fields=["diagnosis", "step"]
            )
        ]

    def __str__(self) -> str:
        return self.step
