from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link, User
from jalons.privacy.declarations import Criterion, LegalBasis, PersonalData, Recipient
from jalons.questionnaires.models import Version
from jalons.spaces.models import Space
from jalons.territories.models import AUTHORITIES, Territory


class CampaignQuerySet(models.QuerySet):
    def open(self, *, on: date) -> CampaignQuerySet:
        return self.filter(closed_at=None, opens_on__lte=on, closes_on__gte=on)

    def visible_to(self, user: User) -> CampaignQuerySet:
        return self.filter(space__in=Space.objects.joined_by(user))

    def of_institutions(self) -> CampaignQuerySet:
        """Those that ask territories what they do, not people how they live."""
        return self.filter(is_of_inhabitants=False)

    def to_answer(self) -> CampaignQuerySet:
        """With what the form needs; its questions are kept by each process."""
        full = self.select_related("space", "version")
        return full.defer("version__definition")

    def with_counts(self) -> CampaignQuerySet:
        """Each campaign with its number of answers received."""
        sent = Q(responses__submitted_at__isnull=False)
        return self.annotate(response_count=Count("responses", filter=sent))


class Campaign(models.Model):
    """One campaign of answers to one version of a questionnaire, in one space."""

    class Stage(models.TextChoices):
        COMING = "coming", _("not open yet")
        OPEN = "open", _("open")
        ENDED = "ended", _("past its last day, to be closed")
        CLOSED = "closed", _("closed, scores frozen")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="campaigns")
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="campaigns"
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    sponsor = models.CharField(_("sponsor"), max_length=200)
    research_question = models.TextField(_("research question"), blank=True)
    objectives = models.TextField(_("objectives, one per line"), blank=True)
    territories: models.ManyToManyField = models.ManyToManyField(
        Territory, related_name="campaigns", verbose_name=_("territories surveyed")
    )
    unit = models.CharField(
        _("unit of analysis"),
        max_length=12,
        choices=AUTHORITIES,
        default=Territory.Kind.EPCI,
        editable=False,
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    # Announced in the notice, and kept by the purge (`jalons purge`).
    answers_kept_until = models.DateField(_("individual answers are kept until"))
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False
    )
    # The first publication of results: from then on frozen scores no longer move.
    settled_at = models.DateTimeField(null=True, editable=False)
    # Made by the page that creates it, so that a form sent twice is one survey.
    key = models.UUIDField(null=True, unique=True, editable=False)
    is_simulated = models.BooleanField(default=False, editable=False)
    # Asked of inhabitants in the field: never listed nor published as a survey of
    # institutions, and secret under eleven answers.
    is_of_inhabitants = models.BooleanField(default=False, editable=False)
    # The wave before this one, and whether drafts begin with its validated sheets.
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="next_waves",
    )
    is_prefilled = models.BooleanField(default=False, editable=False)
    # The information notice (GDPR art. 13), shown before the first question.
    notice_purpose = models.TextField(_("why we ask"))
    notice_legal_basis = models.TextField(_("legal basis"))
    notice_retention = models.TextField(_("how long answers are kept"))
    notice_rights = models.TextField(_("your rights and whom to contact"))
    notice_publication = models.TextField(_("what will be published"))
    notice_announces_class = models.BooleanField(
        _("the notice announces that each EPCI’s class may be published"),
        default=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(
                name="campaign_closed_at_and_by",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="campaign_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
            ),
            models.CheckConstraint(
                name="campaign_keeps_answers_until_it_closes",
                condition=Q(answers_kept_until__gte=F("closes_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, *, on: date) -> bool:
        return self.closed_at is None and self.opens_on <= on <= self.closes_on

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def stage(self) -> Stage:
        if self.is_closed:
            return self.Stage.CLOSED
        if self.today() < self.opens_on:
            return self.Stage.COMING
        is_over = self.closes_on < self.today()
        return self.Stage.ENDED if is_over else self.Stage.OPEN

    def today(self) -> date:
        """The day it is where the survey is run."""
        return timezone.localdate(timezone=ZoneInfo(self.space.time_zone))

    @property
    def has_erased_answers(self) -> bool:
        return self.answers_kept_until < self.today()

    @property
    def last_day(self) -> date:
        """The day it was closed, else the day it is to close."""
        if self.closed_at is None:
            return self.closes_on
        return timezone.localdate(self.closed_at, ZoneInfo(self.space.time_zone))

    @property
    def last_moment(self) -> datetime:
        """Midnight at the end of the last day, in the space's time zone."""
        after = datetime.combine(self.closes_on + timedelta(days=1), time.min)
        return after.replace(tzinfo=ZoneInfo(self.space.time_zone))


class FormerSurvey(models.Model):
    """A survey that was deleted: its public address, so that it says so."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    sponsor = models.CharField(_("sponsor"), max_length=200)
    deleted_on = models.DateField()

    class Meta:
        verbose_name = _("deleted survey")
        verbose_name_plural = _("deleted surveys")

    def __str__(self) -> str:
        return self.slug


class ResponseQuerySet(models.QuerySet):
    def submitted(self) -> ResponseQuerySet:
        return self.filter(submitted_at__isnull=False)

    def drafts(self) -> ResponseQuerySet:
        return self.filter(submitted_at=None)


class Response(models.Model):
    """One person's answers to a campaign, about one territory; holds no name."""

    is_given_by_people = True

    class Channel(models.TextChoices):
        WEB = "web", _("Online form")
        INTERVIEW = "interview", _("Face to face")
        PHONE = "phone", _("By telephone")
        PAPER = "paper", _("On paper")
        IMPORT = "import", _("Imported file")
        SIMULATION = "simulation", _("Simulation")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="responses"
    )
    # Made by the client, so that an answer sent twice is one row.
    key = models.UUIDField(default=uuid.uuid4)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.WEB)
    link = models.OneToOneField(
        Link, on_delete=models.SET_NULL, null=True, related_name="response"
    )
    # The invitation by which a draft was begun; cut when it is sent, so that nobody
    # can read who answered what (docs/decisions/0009-who-answered-what.md).
    entry_link = models.OneToOneField(
        Link, on_delete=models.SET_NULL, null=True, related_name="draft"
    )
    # Who keyed it on behalf of the person, and the day that person answered.
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    collected_on = models.DateField(null=True)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, related_name="responses"
    )
    # Territory and profile are read from the answers at each save, so that counts
    # need not open them.
    profile = models.CharField(max_length=40, blank=True)
    # The respondent chose the version that is easy to read.
    is_easy = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    # A weight computed elsewhere, that an imported file gave: never applied by itself.
    given_weight = models.FloatField(null=True)
    # The file that gave it, by its number among the imports of the survey.
    weight_file = models.PositiveBigIntegerField(null=True)
    # The respondent agrees that the team of the territory reads the points of
    # this answer even when fewer than three people answered.
    is_shared = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    objects = ResponseQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Know how far territories have got with digital inclusion"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals, elected members and inhabitants who answer"),
        held=_("what they answered about their territory, without their name"),
        kept_days=0,
        counted_from="campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("answers",),
        recipients=(Recipient.TEAM,),
        criteria=(Criterion.VULNERABLE, Criterion.LARGE),
    )

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to a survey")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"], name="response_once_per_key"
            ),
            models.CheckConstraint(
                name="response_sent_about_a_territory",
                condition=Q(submitted_at=None) | Q(territory__isnull=False),
            ),
            models.CheckConstraint(
                name="response_weight_is_positive",
                condition=Q(given_weight=None) | Q(given_weight__gt=0),
            ),
        ]
        indexes = [
            # Counts (by territory, profile, channel) and "what changed?" are read from
            # these indexes alone, without opening the answers.
            models.Index(
                fields=["campaign", "territory", "submitted_at", "updated_at"],
                name="response_sent",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                fields=["campaign", "profile", "channel", "submitted_at"],
                name="response_from",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                fields=["campaign"],
                name="response_begun",
                condition=Q(submitted_at=None),
            ),
        ]


class Contact(models.Model):
    """What a respondent agreed to leave so as to be called back, apart from answers."""

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="contacts"
    )
    question_code = models.CharField(max_length=40)
    value = models.TextField()
    consent_text = models.TextField()
    consented_at = models.DateTimeField()
    purge_on = models.DateField()

    personal_data = PersonalData(
        purpose=_("Call back the respondents who asked for it"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("Respondents who left a contact"),
        held=_("the address, telephone number or words left"),
        kept_days=0,
        counted_from="purge_on",
        since=_("the date announced when the contact was given"),
        fields=("value",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("contact left")
        verbose_name_plural = _("contacts left")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question_code"], name="contact_once_per_question"
            )
        ]


class Validation(models.Model):
    """An EPCI's agreement, as an institution, to the answer given in its name."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="validations"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    validated_at = models.DateTimeField()
    # Nobody of the team when the EPCI validated by its own link.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    statement = models.CharField(_("who validated, and how"), max_length=300)
    # The answers that give points, as the institution validated them by its link, or
    # as they stood when the team recorded its agreement to them: the next wave begins
    # with them. Empty when they would tell what one colleague said.
    sheet = models.JSONField(null=True)

    class Meta:
        verbose_name = _("validation by an EPCI")
        verbose_name_plural = _("validations by EPCI")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "territory"], name="validation_once_per_territory"
            )
        ]


class Reconciliation(models.Model):
    """How several answers become one, for a territory or, without one, for all."""

    class Method(models.TextChoices):
        MEDIAN = "median", _("median of the answers")
        WEIGHTED = "weighted", _("median weighted by profile")
        MAXIMUM = "maximum", _("highest answer to each question")
        CONSENSUS = "consensus", _("answer validated by the institution")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="reconciliations"
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, related_name="+"
    )
    method = models.CharField(_("method"), max_length=12, choices=Method)
    # By code of profile, when the median is weighted.
    weights = models.JSONField(default=dict)
    reason = models.CharField(_("why"), max_length=300)
    # Nobody of the team when the institution decided by its own link.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("choice of reconciliation")
        verbose_name_plural = _("choices of reconciliation")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "territory"],
                name="reconciliation_once_per_territory",
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(territory=None),
                name="reconciliation_once_for_all",
            ),
        ]


class Score(models.Model):
    """The points of one territory, frozen when its campaign closed."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="scores"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    code_version = models.CharField(max_length=20)
    respondent_count = models.PositiveIntegerField()
    # Half points exist: the median of an even number of respondents.
    low = models.DecimalField(max_digits=4, decimal_places=1)
    high = models.DecimalField(max_digits=4, decimal_places=1)
    class_code = models.CharField(max_length=40)
    is_uncertain = models.BooleanField()
    is_borderline = models.BooleanField()
    # Per dimension and per respondent, as `analysis.scoring` returned them.
    details = models.JSONField()
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("frozen score")
        verbose_name_plural = _("frozen scores")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "territory"], name="score_once_per_territory"
            ),
            models.CheckConstraint(
                name="score_low_under_high", condition=Q(low__lte=F("high"))
            ),
        ]


class Involvement(models.Model):
    """What a département itself does for digital inclusion, entered by the centre."""

    class Level(models.TextChoices):
        NONE = "none", _("none known")
        SCHEME = "scheme", _("a departmental scheme")
        ELECTED_LEAD = "elected_lead", _("an elected lead")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="involvements"
    )
    departement = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField(_("level"), max_length=20, choices=Level)
    source = models.CharField(_("source"), max_length=300)
    stated_on = models.DateField(_("date of the source"))

    class Meta:
        verbose_name = _("involvement of a département")
        verbose_name_plural = _("involvements of départements")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "departement"], name="involvement_once_per_departement"
            )
        ]
