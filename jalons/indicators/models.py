from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jalons.files.models import StoredFile
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class Source(models.Model):
    """A producer's data set: who publishes it, under which licence, where to get it.

    A team may have sources of its own; their figures are read in its space only.
    """

    code = models.SlugField(max_length=40, primary_key=True)
    title = models.CharField(_("title"), max_length=250)
    producer = models.CharField(_("producer"), max_length=250)
    licence = models.CharField(_("licence"), max_length=120)
    url = models.URLField(_("address"), blank=True)
    # Empty for what everybody reads; the team that gave its own figures otherwise.
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, related_name="figure_sources"
    )

    class Meta:
        verbose_name = _("data source")
        verbose_name_plural = _("data sources")

    def __str__(self) -> str:
        return self.title

    @property
    def full_title(self) -> str:
        """As figures quote it: the data set, then its producer."""
        return f"{self.title}, {self.producer}"


class Indicator(models.Model):
    """What a figure measures: the question it answers, its unit, its author.

    Loaded from a file of `data/indicators`; `version` grows when the file changes.
    """

    class Unit(models.TextChoices):
        EUROS = "euros", _("euros a year")
        PERCENT = "percent", _("percent")
        PER_100 = "per_100", _("per 100 households")
        INHABITANTS = "inhabitants", _("inhabitants")
        KM = "km", _("kilometres")
        COUNT = "count", _("number")
        LEVEL = "level", _("level")

    class Direction(models.TextChoices):
        HIGHER_IS_BETTER = "higher", _("the higher, the better")
        LOWER_IS_BETTER = "lower", _("the lower, the better")
        NEITHER = "neither", _("neither better nor worse")

    code = models.SlugField(max_length=40, primary_key=True)
    version = models.PositiveSmallIntegerField(default=1)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="indicators"
    )
    # Texts by language: fr, en and, where it helps, fr_easy.
    title = models.JSONField()
    question = models.JSONField()
    limits = models.JSONField()
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    formula = models.CharField(_("formula"), max_length=60)
    columns = models.JSONField(default=list)
    author = models.CharField(_("author"), max_length=120)
    reviewer = models.CharField(_("reviewer"), max_length=120, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    review_before = models.DateField(_("to be reviewed before"), null=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                name="indicator_reviewer_and_date",
                condition=Q(reviewer="", reviewed_on=None)
                | Q(~Q(reviewer=""), reviewed_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The title in the reader's language; French when it has no other."""
        return self.title.get(get_language() or "fr", self.title["fr"])

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_on is not None


class Release(models.Model):
    """One vintage of a source, as it was loaded from one file."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="releases"
    )
    vintage = models.CharField(_("vintage"), max_length=12)
    # What the file is, whatever the name it was given: `filosofi/commune`.
    file = models.CharField(_("file"), max_length=250)
    name = models.CharField(_("file name"), max_length=250, blank=True)
    # Of the file and of the codes of what is read in it: another figure read of the
    # same file makes another one. It is not the SHA-256 of the file alone.
    checksum = models.CharField(max_length=64)
    # Unknown for the figures that come with the project.
    retrieved_at = models.DateTimeField(_("retrieved at"), null=True)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now=True)
    # Figures by status, counted when the file is loaded.
    counts = models.JSONField(default=dict)
    territory_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                name="release_once_per_file", fields=["source", "vintage", "file"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.vintage}"


class Replaced(models.Model):
    """The figures whose place a file took, kept packed so that they can come back."""

    release = models.OneToOneField(
        Release, on_delete=models.CASCADE, related_name="replaced"
    )
    name = models.CharField(_("file name"), max_length=250)
    checksum = models.CharField(max_length=64)
    retrieved_at = models.DateTimeField(_("retrieved at"), null=True)
    counts = models.JSONField(default=dict)
    territory_count = models.PositiveIntegerField(default=0)
    # Compressed JSON: one list a figure, in the order of rows.FIGURE_COLUMNS.
    figures = models.BinaryField()

    class Meta:
        verbose_name = _("replaced file")
        verbose_name_plural = _("replaced files")

    def __str__(self) -> str:
        return self.name


class Observation(models.Model):
    """The value of an indicator for a territory, or the reason why there is none.

    Missing is not zero, and secret is not missing: a value that is not known stays
    empty, and `status` says why. `base` is the number of persons, households or places
    on which the value rests, `numerator` those counted among them; for a value computed
    from parts, `known_share` is the part of the base whose numerator is known.
    """

    class Status(models.TextChoices):
        PUBLISHED = "published", _("published")
        SECRET = "secret", _("statistical secrecy")
        MISSING = "missing", _("missing")
        INHERITED = "inherited", _("value of the larger territory")
        IMPUTED = "imputed", _("estimated")

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="observations"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="observations"
    )
    release = models.ForeignKey(
        Release, on_delete=models.CASCADE, related_name="observations"
    )
    value = models.FloatField(_("value"), null=True)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    numerator = models.FloatField(_("numerator"), null=True)
    base = models.FloatField(_("base"), null=True)
    known_share = models.FloatField(_("known share"), null=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                name="observation_once_per_release",
                fields=["indicator", "territory", "release"],
            ),
            models.CheckConstraint(
                name="observation_has_a_value_or_a_reason",
                condition=Q(
                    status__in=["published", "inherited", "imputed"],
                    value__isnull=False,
                )
                | Q(status__in=["secret", "missing"], value=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.territory_id}"


class Load(models.Model):
    """A file of figures given on a page: read in the background, then confirmed.

    Of the installation, or of the space of the team whose own figures it holds; in
    that case the columns are named by hand (`mapping`).
    """

    class State(models.TextChoices):
        COLUMNS = "columns", _("columns to be named")
        READING = "reading", _("being read")
        READY = "ready", _("read, to be confirmed")
        WRITING = "writing", _("being loaded")
        LOADED = "loaded", _("loaded")
        REFUSED = "refused", _("to be mended")

    stored = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, related_name="+"
    )
    # Rows that could not be read, as a CSV file to mend.
    refused = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, related_name="loads"
    )
    source = models.SlugField(max_length=40)
    vintage = models.CharField(_("vintage"), max_length=12, blank=True)
    as_shares = models.BooleanField(default=False)
    is_part = models.BooleanField(default=False)
    # Names of columns, by the fields of producers.own.Mapping.
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State)
    rows_read = models.PositiveIntegerField(default=0)
    # Grows when the file is started again: an older attempt then writes nothing.
    attempt = models.PositiveSmallIntegerField(default=1)
    # Last sign of life of whoever reads or writes it; none after a failure.
    moved_at = models.DateTimeField(null=True)
    report = models.JSONField(default=list)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of figures to confirm")
        verbose_name_plural = _("files of figures to confirm")

    def __str__(self) -> str:
        return self.stored.name
