from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.roadmaps.models.approach import Roadmap


class Revision(models.Model):
    """A line of a roadmap, or a text of its document, as it stood once written.

    Its own words are kept, never a link to the line: what was removed can be read and
    brought back. Two revisions one after the other tell what changed between them.
    """

    class Kind(models.TextChoices):
        STAKE = "stake", _("stake")
        WORKSTREAM = "workstream", _("key workstream")
        ACTION = "action", _("action of a workstream")
        PART = "part", _("text of the document")

    class Fate(models.TextChoices):
        KNOWN = "known", _("Before this history began:")
        WRITTEN = "written", _("has written")
        CHANGED = "changed", _("has changed")
        MOVED = "moved", _("has moved")
        REMOVED = "removed", _("has removed")
        RESTORED = "restored", _("has put back as it was")

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="revisions"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    # The number of the line, which outlives it.
    row = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField()
    fate = models.CharField(max_length=8, choices=Fate)
    state = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The page that wrote it, when it keeps by itself what is typed.
    written_from = models.UUIDField(null=True)
    # What was put back, when something was.
    source = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    personal_data = PersonalData(
        purpose=_("Know who wrote what in a roadmap, and put back what was lost"),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        subject=_("Professionals who use Jalons"),
        held=_("the name of the person who wrote"),
        kept_days=1095,
        counted_from="written_at",
        since=_("the writing"),
        fields=("written_by",),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("earlier state of a line")
        verbose_name_plural = _("earlier states of lines")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["roadmap", "kind", "row"])]

    def __str__(self) -> str:
        return f"{self.kind}-{self.row}"
