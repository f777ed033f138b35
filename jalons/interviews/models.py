from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory


class Guide(models.Model):
    """The questions that every interview of a survey goes through, one per line."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="interview_guide"
    )
    text = models.TextField(_("questions, one per line"))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("interview guide")
        verbose_name_plural = _("interview guides")


class Interview(models.Model):
    """A conversation with someone of a territory, by their function; no name needed."""

    is_given_by_people = True

    class Mode(models.TextChoices):
        FACE_TO_FACE = "face_to_face", _("face to face")
        VIDEO = "video", _("by video call")
        PHONE = "phone", _("by telephone")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="interviews"
    )
    function = models.CharField(
        _("function of the person"),
        max_length=160,
        help_text=_("For example: deputy director of services. No name is needed."),
    )
    departement = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("département"),
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("EPCI, if the interview is about one"),
    )
    held_on = models.DateField(_("held on"))
    mode = models.CharField(_("how"), max_length=12, choices=Mode)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_guide_followed = models.BooleanField(_("the guide was followed"), default=True)
    notes = models.TextField(_("notes"), blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(
        purpose=_("Understand what the answers to a survey do not say"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and elected members interviewed"),
        held=_("their function, their territory and what was noted of the interview"),
        kept_days=0,
        counted_from="campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("function", "notes"),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    def __str__(self) -> str:
        return str(self.campaign)


class QuoteQuerySet(models.QuerySet):
    def consented(self) -> QuoteQuerySet:
        """Those that may leave the team: the person agreed to be quoted."""
        return self.exclude(consented_on=None)

    def picked(self) -> QuoteQuerySet:
        return self.consented().filter(is_picked=True).order_by("order", "pk")


class Quote(models.Model):
    """Words somebody said or wrote, quoted by their role only, if they agreed."""

    is_given_by_people = True

    class Role(models.TextChoices):
        TECHNICIAN = "technician", _("technician")
        DECISION_MAKER = "decision_maker", _("local decision-maker")
        ADVISER = "adviser", _("digital adviser")
        OPERATOR = "operator", _("local operator")
        RESIDENT = "resident", _("resident")
        ACTOR = "actor", _("other actor of the territory")

    class Level(models.TextChoices):
        NONE = "none", _("no territory")
        REGION = "region", _("the région")
        DEPARTEMENT = "departement", _("the département")

    class Origin(models.TextChoices):
        INTERVIEW = "interview", _("interview")
        OPEN_ANSWER = "open_answer", _("open answer to the survey")
        FIELD = "field", _("conversation in the field")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="quotes"
    )
    interview = models.ForeignKey(
        Interview,
        on_delete=models.CASCADE,
        null=True,
        related_name="quotes",
    )
    text = models.TextField(_("words said, without quotation marks"))
    role = models.CharField(_("role of the person"), max_length=16, choices=Role)
    origin = models.CharField(
        _("where the words come from"), max_length=12, choices=Origin
    )
    departement = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("département"),
    )
    level = models.CharField(
        _("territory shown with the words"),
        max_length=12,
        choices=Level,
        default=Level.NONE,
    )
    tags = models.CharField(_("themes, between commas"), max_length=200, blank=True)
    consented_on = models.DateField(_("agreed to be quoted on"), null=True, blank=True)
    consent_how = models.CharField(
        _("how the person agreed"),
        max_length=200,
        blank=True,
        help_text=_("For example: orally, at the end of the interview."),
    )
    is_picked = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    picked_at = models.DateTimeField(null=True)
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = QuoteQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Let the synthesis of a survey quote the people of the field"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("People who agreed to be quoted by their role"),
        held=_("their words, their role, and how they agreed"),
        kept_days=0,
        counted_from="campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("text", "consent_how"),
        recipients=(Recipient.TEAM, Recipient.PUBLIC),
    )

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        constraints = [
            models.CheckConstraint(
                name="quote_consented_on_and_how",
                condition=Q(consented_on=None, consent_how="")
                | Q(consented_on__isnull=False) & ~Q(consent_how=""),
            ),
            models.CheckConstraint(
                name="quote_picked_with_consent_only",
                condition=Q(is_picked=False, picked_at=None, picked_by=None)
                | Q(
                    is_picked=True,
                    picked_at__isnull=False,
                    picked_by__isnull=False,
                    consented_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="quote_of_a_departement_names_it",
                condition=~Q(level="departement") | Q(departement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign)

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]
