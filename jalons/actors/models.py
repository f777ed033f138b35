from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.actors.vocabulary import read_vocabulary
from jalons.directory.models import Organisation
from jalons.search.words import words_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class Level(models.TextChoices):
    """How far an actor goes in a role; nothing said is not “no”."""

    DOES = "does", _("does it")
    TAKES_PART = "takes_part", _("takes part")
    REFERS = "refers", _("refers elsewhere")


class Reach(models.TextChoices):
    """How far a channel makes an actor known."""

    IN_PLACE = "in_place", _("in place")
    PLANNED = "planned", _("planned")
    ABSENT = "absent", _("nothing yet")


def key_of(name: str) -> str:
    """What makes two names one: capitals, accents and hyphens apart."""
    return " ".join(words_of(name))[:250]


class ActorQuerySet(models.QuerySet):
    def at_work(self) -> ActorQuerySet:
        """Those that were not put aside."""
        return self.filter(archived_at=None)

    def offered(self, named: Iterable[int | None] = ()) -> ActorQuerySet:
        """Those one may choose: at work, or named already by the row one changes."""
        return self.filter(Q(archived_at=None) | Q(pk__in=named)).in_order()

    def shown(self) -> ActorQuerySet:
        """Those that an open table shows."""
        return self.at_work().filter(is_withheld=False)

    def public(self) -> ActorQuerySet:
        """Those that everybody reads: their team is recognised, and chose so."""
        return self.shown().filter(
            space__recognised_at__isnull=False, space__public_table__isnull=False
        )

    def in_order(self) -> ActorQuerySet:
        return self.order_by("key", "pk")


class Actor(models.Model):
    """A body, or a group of people, that has a part in digital inclusion here.

    Family and college are codes of data/actors. It holds no person: those who work
    there are kept apart, and informed.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="actors")
    name = models.CharField(_("name of the actor"), max_length=250)
    # The name as it is compared with the others (`key_of`).
    key = models.CharField(max_length=250, editable=False)
    family = models.CharField(_("family"), max_length=40)
    college = models.CharField(_("college"), max_length=40)
    does = models.CharField(
        _("what it does for digital inclusion"), max_length=500, blank=True
    )
    commune = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
    )
    website = models.URLField(_("site"), max_length=500, blank=True)
    source = models.CharField(_("how you know it"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_withheld = models.BooleanField(_("kept out of the directory"), default=False)
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "key"], name="actor_once_per_space"
            ),
            models.CheckConstraint(name="actor_has_a_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def identity(self) -> str:
        """What makes it this body and no other: its name and its commune."""
        return f"{self.key}|{self.commune_id or ''}"

    @property
    def is_shown(self) -> bool:
        """Whether an open table shows it."""
        return self.archived_at is None and not self.is_withheld

    @property
    def family_words(self) -> str:
        """The name of its family; one that left the file, as it is."""
        return str(read_vocabulary().families.get(self.family, self.family))

    @property
    def college_words(self) -> str:
        return str(read_vocabulary().colleges.get(self.college, self.college))


class PublicTable(models.Model):
    """The choice of a team: everybody reads its actors, but those it withholds."""

    space = models.OneToOneField(
        Space, on_delete=models.CASCADE, related_name="public_table"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("public table of actors")
        verbose_name_plural = _("public tables of actors")

    def __str__(self) -> str:
        return str(self.space)


class ToldApart(models.Model):
    """A team said that one of its actors and one of another team are two bodies.

    It holds while neither changes its name nor its commune: `ours_was` and `theirs_was`
    are what they were called then (`Actor.identity`).
    """

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="actors_told_apart"
    )
    ours = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    theirs = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    ours_was = models.CharField(max_length=300, editable=False)
    theirs_was = models.CharField(max_length=300, editable=False)
    told_at = models.DateTimeField(auto_now=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("actors told apart")
        verbose_name_plural = _("actors told apart")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "ours", "theirs"], name="told_apart_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ours} · {self.theirs}"

    @property
    def holds(self) -> bool:
        """Whether both are still what they were."""
        now = self.ours.identity, self.theirs.identity
        return now == (self.ours_was, self.theirs_was)


class RoleHeld(models.Model):
    """How far an actor goes in one of the eight roles, as somebody stated it."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=40)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    stated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("role of an actor")
        verbose_name_plural = _("roles of actors")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "role"], name="role_once_per_actor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} · {self.role} · {self.get_level_display()}"


class ChannelUsed(models.Model):
    """What a channel does, or does not yet do, to make an actor known."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(_("channel"), max_length=40)
    level = models.CharField(_("state"), max_length=12, choices=Reach)
    stated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("channel of an actor")
        verbose_name_plural = _("channels of actors")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "channel"], name="channel_once_per_actor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} · {self.channel} · {self.get_level_display()}"


class Lead(models.Model):
    """The actor that leads on a territory, since when, and by what mandate."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="leads")
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("territory"),
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="leads", verbose_name=_("actor")
    )
    named_on = models.DateField(_("named on"))
    mandate = models.CharField(
        _("mandate"),
        max_length=300,
        help_text=_("What it leads, and who decided so: a deliberation, a letter."),
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("lead actor")
        verbose_name_plural = _("lead actors")
        constraints = [
            models.UniqueConstraint(
                name="lead_once_per_territory",
                fields=["space", "territory"],
                condition=Q(ended_on=None),
            ),
            models.CheckConstraint(
                name="lead_ends_after_it_begins",
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("named_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} · {self.territory}"


class Post(models.Model):
    """A post of adviser or mediator at an actor, and until when it is funded.

    It says nothing of who holds it.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="posts")
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="posts", verbose_name=_("actor")
    )
    title = models.CharField(_("title of the post"), max_length=120)
    share = models.DecimalField(
        _("full-time equivalent"), max_digits=3, decimal_places=2
    )
    funded_by = models.CharField(_("funded by"), max_length=200, blank=True)
    funding_ends_on = models.DateField(_("funded until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("post of adviser")
        verbose_name_plural = _("posts of advisers")
        constraints = [
            models.CheckConstraint(
                name="post_share_of_full_time", condition=Q(share__gt=0, share__lte=1)
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.actor}"
