from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link, User
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.territories.models import Territory


class Role(models.TextChoices):
    """What a member may do in a space; each role includes those before it."""

    READER = "reader", _("Reader")
    CONTRIBUTOR = "contributor", _("Contributor")
    EDITOR = "editor", _("Editor")
    OWNER = "owner", _("Owner")

    @property
    def prose(self) -> str:
        return str(_PROSE[self])

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def includes(self, other: Role) -> bool:
        return self.rank >= other.rank


_PROSE = {
    Role.READER: _("reads everything in the space, changes nothing"),
    Role.CONTRIBUTOR: _("reads everything, and adds answers, files and comments"),
    Role.EDITOR: _(
        "does what a contributor does, and creates, changes, closes and publishes "
        "surveys"
    ),
    Role.OWNER: _(
        "does what an editor does, and invites people, gives roles and names the space"
    ),
}


class SpaceQuerySet(models.QuerySet):
    def joined_by(self, user: User) -> SpaceQuerySet:
        return self.filter(memberships__user=user)

    def recognised(self) -> SpaceQuerySet:
        """Those that may speak for their territory to everybody."""
        return self.exclude(recognised_at=None)


class Space(models.Model):
    """A team at work on a territory: what it holds stays between its members.

    Until it is recognised, nothing that it publishes in the directory is shown.
    """

    class Kind(models.TextChoices):
        TEAM = "team", _("Team of a territory")
        RESOURCE_CENTRE = "resource_centre", _("Resource centre of a region")

    name = models.CharField(_("name of the space"), max_length=160)
    kind = models.CharField(_("kind of space"), max_length=20, choices=Kind)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="spaces",
        verbose_name=_("territory"),
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Paris")
    created_at = models.DateTimeField(auto_now_add=True)
    recognised_at = models.DateTimeField(null=True, editable=False)
    recognised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    members: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="spaces"
    )

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")

    def __str__(self) -> str:
        return self.name

    @property
    def is_recognised(self) -> bool:
        return self.recognised_at is not None


class MembershipQuerySet(models.QuerySet):
    def owners(self) -> MembershipQuerySet:
        return self.filter(role=Role.OWNER, user__is_active=True)

    def in_order(self) -> MembershipQuerySet:
        """Owners first, then by name, with the people themselves."""
        ranks = [When(role=role, then=Value(role.rank)) for role in Role]
        return self.select_related("user").order_by(
            Case(*ranks).desc(), Lower("user__name"), "user__email"
        )


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

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "user"], name="membership_once_per_space"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_role(self) -> Role:
        return Role(self.role)


class InvitationQuerySet(models.QuerySet):
    def pending(self) -> InvitationQuerySet:
        return self.filter(accepted_at=None)


class Invitation(models.Model):
    """A link that lets the person invited join a space with a given role."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    # Renewing an invitation gives it another link; the former one stays, revoked.
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

    objects = InvitationQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Invite a colleague to join a space"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals invited"),
        held=_("the e-mail address invited"),
        kept_days=90,
        counted_from="invited_at",
        since=_("the day of the invitation"),
        fields=("email",),
        recipients=(Recipient.OWNERS, Recipient.WRITTEN_TO),
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_at_and_by",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="invitation_once_while_pending",
                fields=["space", "email"],
                condition=Q(accepted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def get_role(self) -> Role:
        return Role(self.role)

    @property
    def masked_email(self) -> str:
        """Enough to recognise one's own address, not to learn somebody else's."""
        name, _at, domain = self.email.partition("@")
        return f"{name[:1]}•••@{domain}"


class Mark(models.Model):
    """By what colleagues of the same organisation are recognised, said by an owner."""

    class Kind(models.TextChoices):
        DOMAIN = "domain", _("domain of their addresses")
        SIREN = "siren", _("SIREN that ProConnect says")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(_("kind of sign"), max_length=6, choices=Kind)
    value = models.CharField(_("sign"), max_length=253)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sign of an organisation")
        verbose_name_plural = _("signs of an organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "kind", "value"], name="mark_once_per_space"
            )
        ]

    def __str__(self) -> str:
        return self.value


class JoinRequestQuerySet(models.QuerySet):
    def unanswered(self) -> JoinRequestQuerySet:
        return self.filter(answered_at=None, user__is_active=True)

    def waiting(self, at: datetime) -> JoinRequestQuerySet:
        """Those that an owner may answer; the oldest first."""
        return self.unanswered().filter(expires_at__gt=at).order_by("asked_at", "pk")


class JoinRequest(models.Model):
    """Somebody asks to join a team; an owner answers, or the request expires."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="join_requests"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests"
    )
    word = models.CharField(_("word to the owners"), max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_accepted = models.BooleanField(default=False)
    answer = models.CharField(_("word of the answer"), max_length=300, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Ask to join a space, and be answered"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who ask to join a team"),
        held=_("who asks, the word written, the answer"),
        kept_days=90,
        counted_from="asked_at",
        since=_("the day of the request"),
        fields=("user", "word", "answer"),
        ends_with_account=True,
        recipients=(Recipient.OWNERS,),
    )

    class Meta:
        verbose_name = _("request to join a space")
        verbose_name_plural = _("requests to join a space")
        constraints = [
            models.UniqueConstraint(
                name="join_request_once_while_unanswered",
                fields=["space", "user"],
                condition=Q(answered_at=None),
            ),
            # Who answered may leave the site; the moment stays.
            models.CheckConstraint(
                name="join_request_accepted_is_answered",
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def is_waiting(self, *, at: datetime) -> bool:
        return self.answered_at is None and at < self.expires_at
