from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jalons.documents.words import date_format
from jalons.questionnaires.models import Version
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.surveys import notices, perimeter
from jalons.surveys.models import Campaign, FormerSurvey, Involvement
from jalons.surveys.operations import ANSWERS_KEPT
from jalons.territories.models import Territory

LONGEST = timedelta(days=5 * 365)
"""No survey ends later than so long from today: a slip of the keyboard does."""

OF_PERSONS = _(
    "Questionnaires that ask people their age are for a field survey, and are not in "
    "this list: %(titles)s."
)
WITHOUT_TERRITORY = _(
    "Questionnaires that do not ask which territory one speaks of are not in this "
    "list: %(titles)s."
)


class StartForm(forms.Form):
    """The key, made once by the page, that keeps a form sent twice one answer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    is_easy = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SendForm(forms.Form):
    is_shared = forms.BooleanField(
        label=_(
            "I agree that the team of my territory reads the points of my answer, and "
            "that my institution reads my answer if it is asked to validate it, even "
            "when fewer than three people have answered."
        ),
        required=False,
    )


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Version) -> str:
        """The title with its number: two versions of one title are told apart."""
        title = obj.read().title.in_language(get_language() or "fr")
        told = {"title": title, "number": obj.number}
        return _("%(title)s, version %(number)s") % told


class CampaignForm(forms.ModelForm):
    """A survey and its perimeter; `territories` are those chosen, once valid."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    version = VersionField(
        label=_("Questionnaire"), queryset=Version.objects.none(), empty_label=None
    )
    departements = forms.ModelMultipleChoiceField(
        label=_("Départements surveyed"),
        help_text=_("All the EPCI of the départements ticked are surveyed."),
        queryset=Territory.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    codes = forms.CharField(
        label=_("A list of your own"),
        help_text=_(
            "SIREN codes of EPCI, one per line. A list replaces the choice above."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    class Meta:
        model = Campaign
        fields = (
            "title",
            "sponsor",
            "research_question",
            "objectives",
            "version",
            "departements",
            "codes",
            "opens_on",
            "closes_on",
            "answers_kept_until",
            "notice_purpose",
            "notice_legal_basis",
            "notice_retention",
            "notice_rights",
            "notice_publication",
            "notice_announces_class",
        )
        widgets = {"opens_on": Day, "closes_on": Day, "answers_kept_until": Day}
        help_texts = {
            "answers_kept_until": _(
                "The notice announces it, and answers are erased after it. One year "
                "after the last day when left empty."
            )
        }

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers_kept_until"].required = False
        self.territories: list[Territory] = []
        self.instance.space = space
        for name in self.fields:
            if isinstance(self.fields[name].widget, forms.Textarea):
                self.fields[name].widget.attrs["rows"] = 4
        departements = perimeter.departements_of(space.territory)
        self._offer_versions(space)
        _offer(self.fields["departements"], departements)
        if not departements:
            del self.fields["departements"]
        self._set_initial(departements)

    def _offer_versions(self, space: Space) -> None:
        """The versions that may be asked; the others are named, with the reason."""
        field = self.fields["version"]
        assert isinstance(field, VersionField)
        usable, left_out = _versions(space, self.instance.version_id)
        _offer(field, usable)
        field.help_text = " ".join(
            why % {"titles": gettext("; ").join(map(field.label_from_instance, those))}
            for why, those in left_out.items()
        )

    def _set_initial(self, departements) -> None:
        if self.instance.pk:
            codes = self.instance.territories.order_by("name").values_list("pk")
            self.initial["codes"] = "\n".join(code for (code,) in codes)
        else:
            first = {"sponsor": self.instance.space.name, "departements": departements}
            self.initial.update(notices.first_words() | first)

    def clean_notice_rights(self) -> str:
        text = self.cleaned_data["notice_rights"]
        if notices.TO_COMPLETE in text:
            raise ValidationError(
                _("Replace the words between square brackets by the real address.")
            )
        return text

    def clean_codes(self) -> str:
        text = self.cleaned_data["codes"]
        codes = perimeter.codes_in(text)
        found = Territory.objects.epci().by_codes(codes)
        unknown = set(codes) - {territory.pk for territory in found}
        if unknown:
            message = _("These codes are not those of EPCI: %(codes)s.")
            listed = ", ".join(sorted(unknown))
            raise ValidationError(message, params={"codes": listed})
        self.territories = list(found)
        return text

    def clean(self) -> None:
        super().clean()
        self._check_days()
        if "codes" in self.errors:
            return
        if not self.territories or self._is_ticked_anew():
            self.territories = self._chosen()
        if not self.territories:
            raise ValidationError(
                _("No EPCI is surveyed: tick a département, or write codes.")
            )

    def _check_days(self) -> None:
        opens, closes = (self.cleaned_data.get(d) for d in ("opens_on", "closes_on"))
        if closes and opens and closes < opens:
            self.add_error("closes_on", _("The survey closes before it opens."))
        if closes and closes > timezone.localdate() + LONGEST:
            self.add_error("closes_on", _("Choose a day within the next five years."))
            return
        if closes and not self.cleaned_data.get("answers_kept_until"):
            self.cleaned_data["answers_kept_until"] = closes + ANSWERS_KEPT
        kept_until = self.cleaned_data.get("answers_kept_until")
        if closes and kept_until and kept_until < closes:
            message = _("Answers must be kept until the survey closes at least.")
            self.add_error("answers_kept_until", message)
        elif kept_until and kept_until < timezone.localdate():
            message = _("Answers would be erased already: choose a day to come.")
            self.add_error("answers_kept_until", message)

    def _is_ticked_anew(self) -> bool:
        """Whether départements were ticked beside the codes that stood there."""
        if self.instance.pk is None or "departements" not in self.changed_data:
            return False
        # Codes are compared: a browser sends other ends of line than it was given.
        stood = perimeter.codes_in(self.initial["codes"])
        return set(perimeter.codes_in(self.cleaned_data["codes"])) == set(stood)

    def _chosen(self) -> list[Territory]:
        if "departements" not in self.fields:
            return list(perimeter.epci_of(self.instance.space.territory))
        chosen = self.cleaned_data.get("departements", [])
        return [epci for one in chosen for epci in perimeter.epci_of(one)]

    def named(self) -> Campaign:
        """The survey of the form, with an address made from its title."""
        campaign: Campaign = self.instance
        if not campaign.slug:
            campaign.slug = free_slug(campaign.title)
            campaign.key = self.cleaned_data["key"]
        return campaign


class ClosingDayForm(forms.Form):
    """All that can change once somebody has answered."""

    closes_on = forms.DateField(label=_("closes on"), widget=Day)

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.initial["closes_on"] = campaign.closes_on

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        if day < max(self.campaign.opens_on, self.campaign.today()):
            raise ValidationError(_("Choose today or a later day."))
        if day > self.campaign.answers_kept_until:
            message = _(
                "Answers are announced as kept until %(date)s: choose an earlier day."
            )
            date = date_format(self.campaign.answers_kept_until)
            raise ValidationError(message, params={"date": date})
        return day


class InvolvementForm(forms.ModelForm):
    class Meta:
        model = Involvement
        fields = ("departement", "level", "source", "stated_on")
        labels = {"departement": _("Département")}
        widgets = {"stated_on": Day}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        departements = perimeter.departements_of(space.territory)
        _offer(self.fields["departement"], departements)


def _offer(field: forms.Field, choices: QuerySet) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = choices


def _versions(
    space: Space, current: int | None
) -> tuple[QuerySet[Version], dict[str, list[Version]]]:
    """The last version of each questionnaire, shipped or ours, with a territory.

    The others come second, by the reason: those that ask people their age are for a
    field survey, prepared elsewhere. A survey already prepared keeps offering its own,
    so that a version published since is never taken without being chosen.
    """
    usable = [current] if current else []
    left_out: dict[str, list[Version]] = {}
    for version in Version.objects.latest_each().offered_to(space):
        definition = version.read()
        if version.pk == current:
            continue
        if not definition.with_role("territory"):
            left_out.setdefault(str(WITHOUT_TERRITORY), []).append(version)
        elif definition.with_role("age"):
            left_out.setdefault(str(OF_PERSONS), []).append(version)
        else:
            usable.append(version.pk)
    offered = Version.objects.filter(pk__in=usable).select_related("questionnaire")
    return offered, left_out


def free_slug(title: str) -> str:
    """An address made from the title, with a number when it is or was taken."""
    base = slugify(title)[:70] or "enquete"
    taken = {
        slug
        for model in (Campaign, FormerSurvey)
        for slug in model.objects.filter(slug__startswith=base).values_list(
            "slug", flat=True
        )
    }
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
