from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from benchmarks.load.site import PAGES, WITH_TERRITORIES


def test_each_page_that_the_load_reads_is_one_of_the_site():
    found = [resolve(urlsplit(page).path).view_name for page in PAGES]
    found += [resolve(page).view_name for page in WITH_TERRITORIES]

    assert ["front:territory", "diagnosis:show"] == found[-2:]
    with pytest.raises(Resolver404):
        resolve("/diagnostic/200071934/")
