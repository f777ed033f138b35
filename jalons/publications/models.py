from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.roadmaps.models import Versioned
from jalons.spaces.embargo import EmbargoedQuerySet
from jalons.spaces.models import Space


class Report(Versioned):
    """The synthesis of a région as its resource centre prepares it: one draft."""

    # Who made it, each under the heading that the document gives it.
    PEOPLE = ("director", "coordination", "writing", "layout", "credits", "contact")

    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="report")
    # Made once, never changed: the address stays printed.
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    foreword = models.TextField(_("foreword"), max_length=4000, blank=True)
    conclusion = models.TextField(_("what comes next"), max_length=4000, blank=True)
    # Codes of `composition.PARTS` and "survey:<pk>", in the order of the document.
    parts = models.JSONField(default=list)
    director = models.CharField(_("publication director"), max_length=160, blank=True)
    coordination = models.CharField(_("coordination"), max_length=300, blank=True)
    writing = models.CharField(_("writing"), max_length=300, blank=True)
    layout = models.CharField(_("layout"), max_length=300, blank=True)
    credits = models.CharField(_("photographs and credits"), max_length=300, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    partners = models.TextField(_("partners, one a line"), max_length=2000, blank=True)
    funders = models.TextField(_("funders, one a line"), max_length=2000, blank=True)
    thanks = models.TextField(_("thanks"), max_length=2000, blank=True)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    personal_data = PersonalData(
        purpose=_("Say who made the synthesis of the région"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Those who directed, coordinated, wrote or laid out a synthesis"),
        held=_("the name and the function, as a printed document gives them"),
        kept_days=3650,
        counted_from="written_at",
        since=_("the last time it was written"),
        fields=("director", "coordination", "writing", "layout", "credits", "contact"),
        recipients=(Recipient.TEAM, Recipient.PUBLIC),
    )

    class Meta:
        verbose_name = _("synthesis of a région")
        verbose_name_plural = _("syntheses of régions")

    def __str__(self) -> str:
        return self.title


class IssueQuerySet(EmbargoedQuerySet):
    def public(self, *, at: datetime) -> Self:
        """Those of recognised centres only."""
        return super().public(at=at).filter(report__space__recognised_at__isnull=False)


class Issue(models.Model):
    """A version of the synthesis as it was published, at its own address, for good."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(editable=False)
    # Which chapter rests on which survey: what is taken back there is taken out here.
    origins = models.JSONField(default=list, editable=False)
    public_from = models.DateTimeField(_("public from (embargo)"))
    code_version = models.CharField(max_length=20, editable=False)
    published_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"), max_length=300, blank=True
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a synthesis of a région")
        verbose_name_plural = _("versions of a synthesis of a région")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                name="issue_once_a_number", fields=["report", "number"]
            ),
            models.CheckConstraint(
                name="issue_withdrawn_with_its_reason",
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.number}"
