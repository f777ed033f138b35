"""Compare before and after; nothing of what is typed is kept."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.evaluation import comparing
from jalons.evaluation.pages import begun, opened
from jalons.roadmaps.pages import page


class CompareForm(forms.Form):
    """How people were asked, and what they said; no name, a code of their own."""

    kind = forms.ChoiceField(
        label=_("Whom do you compare?"),
        choices=comparing.Kind.choices,
        initial=comparing.Kind.PAIRED,
        widget=forms.RadioSelect,
    )
    lines = forms.CharField(
        label=_("The numbers"),
        max_length=20_000,
        help_text=_(
            "The same people: a line each, “code before after”, a dash where missing, "
            "for example “A12 2 4”, or “A12 no yes”. Different people: a line of "
            "numbers before, a line after. Shares: “12 40” before, “25 60” after. "
            "Never a name."
        ),
        widget=forms.Textarea({"rows": 10}),
    )


@never_cache
@form_page
def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """The difference, how sure it is, and what one may say of it."""
    roadmap = opened(request, pk)
    begun(roadmap)
    form, told = CompareForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            told = comparing.compare(said["kind"], said["lines"])
        except comparing.Unreadable as error:
            form.add_error("lines", str(error))
    context = page(request.user, roadmap, form=form, told=told)
    return render(request, "evaluation/compare.html", context)
