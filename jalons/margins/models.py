from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.models import Action, Roadmap, Stake, Workstream

COMMENT_LENGTH = 1000


class Comment(models.Model):
    """What a member says in the margin of a line, until it is settled."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="comments"
    )
    # The line it is about; with none left, the line was removed since.
    stake = models.ForeignKey(
        Stake, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    workstream = models.ForeignKey(
        Workstream, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    # The words of the line when it was commented on: they may have changed since.
    about = models.CharField(max_length=COMMENT_LENGTH)
    text = models.TextField(_("your comment"), max_length=COMMENT_LENGTH)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment on a line")
        verbose_name_plural = _("comments on lines")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="comment_about_one_line_at_most",
                condition=Q(workstream=None, action=None)
                | Q(stake=None, action=None)
                | Q(stake=None, workstream=None),
            )
        ]

    def __str__(self) -> str:
        # The line, not what was said of it: the journal outlives the comment.
        return self.about
