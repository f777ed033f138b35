"""INSEE's inhabitants by sex and age, given by an administrator of the site."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jalons.accounts.access import SignedInRequest
from jalons.indicators.access import require_administrator
from jalons.rounds import operations
from jalons.rounds.population import NotThisTable, Read, read
from jalons.rounds.population_files import lines_of
from jalons.territories import passage

FIRST_YEAR, LAST_YEAR = 2006, 2100


class PopulationForm(forms.Form):
    """The file as INSEE publishes it, and the year of its census."""

    file = forms.FileField(
        label=gettext_lazy("File of INSEE (CSV, or its ZIP archive)"),
        help_text=gettext_lazy(
            "Tables POP1A or POP1B by commune; a part of France is enough. 50 MB at "
            "most: the ZIP archive of INSEE weighs far less than its table. "
            "The whole of France is read in a few minutes at most."
        ),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year of the census"),
        help_text=gettext_lazy("The one in the name of the table: 2021, for example."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                _(
                    "This file is too large for a page: keep the lines of your région, "
                    "or load it with the command load-population."
                )
            )
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def population(request: SignedInRequest) -> HttpResponse:
    """Give the file, read what it holds; one line that is wrong, and nothing enters."""
    require_administrator(request.user)
    form = PopulationForm(request.POST or None, request.FILES or None)
    found: Read | None = None
    if request.method == "POST" and form.is_valid():
        file, year = form.cleaned_data["file"], form.cleaned_data["year"]
        try:
            found = read(lines_of(file.file), year=year, passage=passage.read())
        except NotThisTable as error:
            form.add_error("file", str(error))
        else:
            if not found.wrong and found.counts:
                operations.load_inhabitants(
                    found.counts, vintage=str(year), by=request.user
                )
    wrong = found.wrong if found else ()
    context = {"form": form, "found": found, "wrong": wrong}
    return render(request, "rounds/population.html", context)
