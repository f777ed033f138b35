from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.panels.moments import Moment
from jalons.privacy.declarations import Criterion, LegalBasis, PersonalData, Recipient
from jalons.roadmaps.models import Roadmap

TITLE_LENGTH = 120
PURPOSE = _("Know whether the help given changes something three and six months later")


class Panel(models.Model):
    """A mini-survey of people helped: the same questions now, at three and six months.

    Nobody is named: each person holds a code on paper, of which the print alone is
    kept. After `kept_until`, told beforehand, codes and answers are erased.
    """

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="panels"
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    definition_version = models.PositiveSmallIntegerField(editable=False)
    opened_on = models.DateField(editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kept_until = models.DateField(_("last day on which answers are kept"))
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("mini-survey")
        verbose_name_plural = _("mini-surveys")
        ordering = ("-opened_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="panel_title_once_a_roadmap", fields=["roadmap", "title"]
            ),
            models.CheckConstraint(
                name="panel_kept_after_it_opens",
                condition=Q(kept_until__gt=models.F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, *, on: date) -> bool:
        return self.closed_on is None and self.opened_on <= on <= self.kept_until


class Code(models.Model):
    """The print of a code handed to somebody; who holds it is written nowhere."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # The day of the first answer, from which the next ones are awaited.
    started_on = models.DateField(null=True, editable=False)

    personal_data = PersonalData(
        purpose=PURPOSE,
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People helped who accept to answer"),
        held=_("no name: the print of a code that only the person holds"),
        kept_days=0,
        counted_from="panel__kept_until",
        since=_("the last day announced when the mini-survey opens"),
        fields=("digest",),
        recipients=(Recipient.TEAM,),
        criteria=(Criterion.VULNERABLE, Criterion.MATCHING),
    )

    class Meta:
        verbose_name = _("code of a mini-survey")
        verbose_name_plural = _("codes of mini-surveys")

    def __str__(self) -> str:
        return str(self.panel)


class Reply(models.Model):
    """What the holder of a code said at one moment; a day, never an hour."""

    class Channel(models.TextChoices):
        PERSON = "person", _("by the person")
        KEYED = "keyed", _("keyed by whoever helps")
        IMPORTED = "imported", _("read from a file")

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="replies")
    moment = models.PositiveSmallIntegerField(choices=Moment)
    answered_on = models.DateField()
    is_late = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel)
    # By code of question: "easily"… of a skill, 0 to 10, or yes and no.
    answers = models.JSONField(default=dict)

    personal_data = PersonalData(
        purpose=PURPOSE,
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People helped who accept to answer"),
        held=_("eight answers and a day, under a code without a name"),
        kept_days=0,
        counted_from="code__panel__kept_until",
        since=_("the last day announced when the mini-survey opens"),
        fields=("answers",),
        recipients=(Recipient.TEAM,),
        criteria=(Criterion.VULNERABLE, Criterion.MATCHING),
    )

    class Meta:
        verbose_name = _("reply to a mini-survey")
        verbose_name_plural = _("replies to mini-surveys")
        constraints = [
            models.UniqueConstraint(
                name="reply_once_per_moment", fields=["code", "moment"]
            )
        ]

    def __str__(self) -> str:
        return str(self.code)
