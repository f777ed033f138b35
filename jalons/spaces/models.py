from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link, User
from jalons.privacy.declarations import LegalBasis, PersonalData
from jalons.territories.models import Territory


class Role(models.TextChoices):
    """What a member may do in a space; each role includes those before it."""

    READER = "reader", _("Reader")
    CONTRIBUTOR = "contributor", _("Contributor")
    EDITOR = "editor", _("Editor")
    OWNER = "owner", _("Owner")

    @property
    def prose(self) -> str:
        return _PROSE[self]

    @property
    def rank(self) -> int:
        return list(Role).index(self)


_PROSE = {
    Role.READER: _("reads everything in the space, changes nothing"),
    Role.CONTRIBUTOR: _("reads everything and adds answers, files and comments"),
    Role.EDITOR: _("also creates, changes, closes and publishes surveys"),
    Role.OWNER: _("also invites people, gives roles and changes the space"),
}


class SpaceQuerySet(models.QuerySet):
    def joined_by(self, user: User):
        return self.filter(memberships__user=user)


class Space(models.Model):
    """A team at work on a territory: what it holds stays between its members."""

    class Kind(models.TextChoices):
        TEAM = "team", _("Team of a territory")
        RESOURCE_CENTRE = "resource_centre", _("Resource centre of a region")

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="spaces"
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Paris")
    created_at = models.DateTimeField(auto_now_add=True)
    members: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="spaces"
    )

    objects = SpaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in a space."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "user"], name="membership_once_per_space"
            )
        ]


class Invitation(models.Model):
    """A link that lets the person invited join a space with a given role."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    link = models.OneToOneField(Link, on_delete=models.CASCADE)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
    )

    personal_data = PersonalData(
        purpose=_("Invite a colleague to join a space"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals invited"),
        kept_days=90,
        fields=("email",),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_at_and_by",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            )
        ]
