from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.library.definitions import Tag, read_tags
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space

UNCONFIRMED_DAYS = 7
"""An address that nobody confirmed is forgotten after a week."""
SUBSCRIBED_DAYS = 3 * 365
"""Three years after the address was confirmed, one subscribes again if one wishes."""
NOTICE_VERSION = "2026-11"
"""Version of the text shown to those who subscribe; kept with what they accepted."""
TEXT_LENGTH = 20_000


class ArticleQuerySet(models.QuerySet):
    def public(self) -> ArticleQuerySet:
        """Those that everybody reads, as long as their centre is recognised."""
        known = self.filter(current__isnull=False, space__recognised_at__isnull=False)
        return known.select_related("current", "space")


class Article(models.Model):
    """What a resource centre tells to all: its draft, and the edition that one reads.

    The text is Markdown without HTML. Changing it changes nothing of what is read
    until it is published again.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="articles")
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in two sentences"), max_length=400)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    # Codes of the themes of the library.
    topics = models.JSONField(_("topics"), default=list, blank=True)
    # Drawn again by us: nothing of the file given is kept.
    picture = models.BinaryField(default=bytes, editable=False)
    picture_alt = models.CharField(
        _("what the picture shows, in words"), max_length=300, blank=True
    )
    current = models.OneToOneField(
        "Edition", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    first_published_at = models.DateTimeField(null=True, editable=False)
    # Words of the edition that one reads, as they are searched.
    key = models.TextField(editable=False, default="")
    written_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_simulated = models.BooleanField(default=False, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-first_published_at"])]
        constraints = [
            models.CheckConstraint(
                name="article_read_since_a_day",
                condition=Q(current=None) | Q(first_published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.current_id is not None

    @property
    def has_changed(self) -> bool:
        """Whether the draft says something else than what everybody reads."""
        if self.current is None:
            return False
        return any(
            getattr(self, one) != getattr(self.current, one) for one in Edition.TOLD
        )


class Edition(models.Model):
    """One version of an article, as it was published; never changed."""

    TOLD = ("title", "summary", "text", "topics", "picture", "picture_alt")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="editions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400)
    text = models.TextField(max_length=TEXT_LENGTH)
    topics = models.JSONField(default=list)
    picture = models.BinaryField(default=bytes)
    picture_alt = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        constraints = [
            models.UniqueConstraint(
                name="article_edition_once_a_number", fields=["article", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"

    @property
    def has_picture(self) -> bool:
        return bool(self.picture)

    @property
    def topic_words(self) -> list[Tag]:
        return read_tags().said(self.topics)


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self) -> SubscriberQuerySet:
        return self.exclude(confirmed_at=None)


class Subscriber(models.Model):
    """An address that asked for the letter of a centre; stopping it erases the row."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="subscribers"
    )
    email = models.EmailField(_("your e-mail"))
    # In the links of the mails (`secrets.token_of`).
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    language = models.CharField(max_length=5, editable=False)
    notice_version = models.CharField(max_length=10, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    kept_until = models.DateField(editable=False)

    objects = SubscriberQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Send the letter of a resource centre to those who asked for it"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("Subscribers to a letter"),
        held=_("the e-mail address"),
        kept_days=0,
        counted_from="kept_until",
        since=_("a week after they asked if they do not confirm, else three years"),
        fields=("email",),
        recipients=(Recipient.CENTRE,),
    )

    class Meta:
        verbose_name = _("subscriber to a letter")
        verbose_name_plural = _("subscribers to a letter")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "email"], name="subscriber_once_a_space"
            ),
            models.CheckConstraint(
                name="subscriber_email_in_lower_case",
                condition=Q(email=Lower("email")),
            ),
        ]

    def __str__(self) -> str:
        # Without the address: the journal outlives it.
        return str(self.space)


class LetterQuerySet(models.QuerySet):
    def leaving(self) -> LetterQuerySet:
        """Those whose sending began and is not at its end."""
        return self.filter(state=Letter.State.LEAVING)

    def public(self) -> LetterQuerySet:
        """The archive that everybody reads."""
        gone = self.exclude(state=Letter.State.DRAFT)
        return gone.filter(space__recognised_at__isnull=False).select_related("space")


class Letter(models.Model):
    """A letter of a centre to its subscribers: a draft, then what was sent."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        LEAVING = "leaving", _("being sent")
        SENT = "sent", _("sent")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="letters")
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    # The number of the last subscriber written to: a sending cut short goes on there.
    reached = models.PositiveBigIntegerField(default=0, editable=False)
    written_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True, editable=False)
    is_simulated = models.BooleanField(default=False, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to subscribers")
        verbose_name_plural = _("letters to subscribers")
        constraints = [
            models.CheckConstraint(
                name="letter_left_since_a_moment",
                condition=Q(state="draft", left_at=None)
                | ~Q(state="draft") & Q(left_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT
