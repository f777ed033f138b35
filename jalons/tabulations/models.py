from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.surveys.models import Campaign, Response


class Tabulation(models.Model):
    """A table of the analysis desk that somebody kept, by the address that makes it."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="tabulations"
    )
    title = models.CharField(_("title"), max_length=200)
    # Rows, columns, filters and weights: the same address gives the same table.
    address = models.TextField(editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("table kept")
        verbose_name_plural = _("tables kept")
        ordering = ("-kept_at",)

    def __str__(self) -> str:
        return self.title


class CodeBook(models.Model):
    """The codes by which the open answers to one question are counted."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="code_books"
    )
    question_code = models.CharField(_("question"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("code book")
        verbose_name_plural = _("code books")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "title"], name="code_book_title_once_a_survey"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Code(models.Model):
    """One code of a book: its name, and when it applies."""

    book = models.ForeignKey(CodeBook, on_delete=models.CASCADE, related_name="codes")
    label = models.CharField(_("name"), max_length=80)
    definition = models.CharField(_("when it applies"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "label"], name="code_label_once_a_book"
            )
        ]

    def __str__(self) -> str:
        return self.label


class Coding(models.Model):
    """The codes that one person gave to one open answer, none included."""

    book = models.ForeignKey(CodeBook, on_delete=models.CASCADE, related_name="codings")
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="codings"
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    codes: models.ManyToManyField = models.ManyToManyField(Code, related_name="codings")
    coded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("coding of an answer")
        verbose_name_plural = _("codings of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "response", "coder"], name="coding_once_a_coder"
            )
        ]
