from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jalons.library.definitions import (
    Content,
    Tag,
    from_store,
    is_english,
    read_tags,
)
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class SheetQuerySet(models.QuerySet):
    def public(self) -> SheetQuerySet:
        """Those that come with the project, and those of recognised teams."""
        kept = Q(space=None) | Q(space__recognised_at__isnull=False)
        return self.filter(kept, state=Sheet.State.PUBLISHED)

    def tagged(self, tag: str) -> SheetQuerySet:
        # A list of codes stored as JSON: quotes keep one code apart from a longer one.
        return self.filter(tags__icontains=f'"{tag}"')


class Sheet(models.Model):
    """A thing worth knowing, on one page: an initiative, a scheme, a figure, a lesson.

    What stands here is what is public, or the draft as long as nothing is; each version
    is kept beside.
    """

    class Kind(models.TextChoices):
        INITIATIVE = "initiative", _("initiative")
        STORY = "story", _("story of a territory")
        SCHEME = "scheme", pgettext_lazy("library", "scheme")
        FIGURE = "figure", _("key figure")
        LESSON = "lesson", _("lesson of a witness")
        ECOSYSTEM = "ecosystem", _("body to turn to")
        LANDMARK = "landmark", _("point of reference")
        TOOL = "tool", _("tool sheet")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind of sheet"), max_length=10, choices=Kind)
    # None: it comes with the project.
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="sheets", null=True
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    # The version that everybody reads; 0 when none was ever published.
    edition_number = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    summary = models.TextField(_("in a few words"))
    summary_en = models.TextField(blank=True)
    tags = models.JSONField(default=list)
    content = models.JSONField()
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", null=True
    )
    published_at = models.DateTimeField(null=True, editable=False)
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet of the library")
        verbose_name_plural = _("sheets of the library")
        constraints = [
            models.CheckConstraint(
                name="sheet_published_says_when",
                condition=~Q(state="published")
                | Q(published_at__isnull=False, edition_number__gte=1),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said_title(self) -> str:
        return (is_english() and self.title_en) or self.title

    @property
    def said_summary(self) -> str:
        return (is_english() and self.summary_en) or self.summary

    @property
    def is_in_french(self) -> bool:
        """Whether an English page shows its title in French."""
        return is_english() and not self.title_en

    @cached_property
    def read(self) -> Content:
        return from_store(self.content)

    @cached_property
    def tag_words(self) -> list[Tag]:
        return read_tags().said(self.tags)

    @property
    def is_over(self) -> bool:
        """Whether its last day is behind us."""
        ends_on = self.read.ends_on
        return ends_on is not None and ends_on < timezone.localdate()


class Edition(models.Model):
    """One version of a sheet, never changed; who wrote it, and when."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a sheet")
        verbose_name_plural = _("versions of sheets")
        constraints = [
            models.UniqueConstraint(
                name="edition_once_a_number", fields=["sheet", "number"]
            ),
            models.CheckConstraint(
                name="edition_counted_from_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.number}"

    @cached_property
    def read(self) -> Content:
        return from_store(self.content)


class Witness(models.Model):
    """Who may be asked about a sheet: shown once they agreed, by a link, to be."""

    sheet = models.OneToOneField(
        Sheet, on_delete=models.CASCADE, related_name="witness"
    )
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"))
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    kept_until = models.DateField(_("kept until"))

    personal_data = PersonalData(
        purpose=_("Name who may be asked about an initiative"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("Witnesses of initiatives"),
        held=_("their name, their role and their e-mail"),
        kept_days=0,
        counted_from="kept_until",
        since=_(
            "a month after they were asked if they do not agree, else two years after "
            "they agreed"
        ),
        fields=("name", "role", "email"),
        recipients=(Recipient.CENTRE, Recipient.PUBLIC),
    )

    class Meta:
        verbose_name = _("contact of a sheet")
        verbose_name_plural = _("contacts of sheets")

    def __str__(self) -> str:
        # Without the name: the journal outlives it.
        return str(self.sheet)


class Following(models.Model):
    """A theme or a territory of which somebody wishes to be told what is new."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings"
    )
    tag = models.CharField(_("theme"), max_length=40, blank=True)
    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="+", null=True
    )
    since = models.DateTimeField(default=timezone.now)

    personal_data = PersonalData(
        purpose=_("Tell people what is new about what they follow"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("Professionals who use Jalons"),
        held=_("the themes and the territories that they follow"),
        kept_days=1095,
        counted_from="since",
        since=_("the day they chose it; they may stop at any time"),
        fields=("user",),
        ends_with_account=True,
        recipients=(Recipient.NOBODY,),
    )

    class Meta:
        verbose_name = _("theme or territory followed")
        verbose_name_plural = _("themes and territories followed")
        constraints = [
            models.CheckConstraint(
                name="following_of_one_thing",
                condition=(Q(territory=None) & ~Q(tag=""))
                | Q(territory__isnull=False, tag=""),
            ),
            models.UniqueConstraint(
                name="following_once_a_tag",
                fields=["user", "tag"],
                condition=Q(territory=None),
            ),
            models.UniqueConstraint(
                name="following_once_a_territory",
                fields=["user", "territory"],
                condition=Q(territory__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.tag or str(self.territory)


class SheetText(models.Model):
    """The stems of a sheet, by what they weigh; the databases index `stems`.

    Written with the sheet by `operations`; never shown.
    """

    sheet = models.OneToOneField(
        Sheet, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    title = models.TextField()
    tags = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    stems = models.TextField()

    class Meta:
        verbose_name = _("words of a sheet")
        verbose_name_plural = _("words of sheets")

    def __str__(self) -> str:
        return str(self.sheet_id)


class Word(models.Model):
    """A word that some sheet holds, and its stem: what a slip is mended towards."""

    form = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=40)
    size = models.PositiveSmallIntegerField(db_index=True)

    class Meta:
        verbose_name = _("word of the library")
        verbose_name_plural = _("words of the library")

    def __str__(self) -> str:
        return self.form


class LinkCheck(models.Model):
    """What an address of the library or of the resources answered, the last time."""

    class Answer(models.TextChoices):
        OK = "ok", _("it opens")
        DEAD = "dead", _("it no longer opens")
        UNSURE = "unsure", _("no clear answer")

    address = models.URLField(max_length=500, unique=True)
    answer = models.CharField(max_length=6, choices=Answer)
    detail = models.CharField(max_length=160, blank=True)
    checked_at = models.DateTimeField()
    # Since when it does not open; empty as long as it does.
    dead_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("check of an address")
        verbose_name_plural = _("checks of addresses")
        constraints = [
            models.CheckConstraint(
                name="link_dead_since_before_its_check",
                condition=Q(dead_since=None) | Q(dead_since__lte=F("checked_at")),
            )
        ]

    def __str__(self) -> str:
        return self.address
