"""The list of frameworks, and a framework statement by statement."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from frameworks.definition import Basis, OfficialBand
from frameworks.drafting import draft
from frameworks.models import Version
from tests.factories import bundled, make_bundled_version, make_version, worked_example
from tests.frameworks.builders import cell, framework, s

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_list_without_a_framework_says_who_publishes_them(client: Client) -> None:
    assert "No framework is published yet. The people who run Waymark publish them." in page(client, "/frameworks/")


def test_list_shows_of_each_framework_the_newest_published_version(client: Client) -> None:
    make_version()
    make_version(replace(worked_example(), version="1.10", name="Worked example, revised"))
    draft(replace(worked_example(), version="2.0", name="Worked example, drafted"))
    make_version(replace(worked_example(), slug="retired")).retire()
    html = page(client, "/frameworks/")
    assert re.findall(r'<a href="/frameworks/([\w-]+)/">(.*?)</a>', html) == [
        ("worked-example", "Worked example, revised")
    ]
    assert "Waymark, version 1.10" in html
    assert "2 levels, 2 pillars, 5 statements, about 3 minutes" in html


def test_framework_shows_its_newest_published_version(client: Client) -> None:
    make_version()
    make_version(replace(worked_example(), version="1.10", name="Worked example, revised"))
    draft(replace(worked_example(), version="2.0", name="Worked example, drafted"))
    assert "<h1>Worked example, revised</h1>" in page(client, "/frameworks/worked-example/")


@pytest.mark.parametrize("state", ["unknown", "draft", "retired"])
def test_framework_without_a_published_version_is_not_found(client: Client, state: str) -> None:
    if state == "draft":
        draft(worked_example())
    if state == "retired":
        make_version().retire()
    assert client.get("/frameworks/worked-example/").status_code == 404


def test_framework_shows_every_cell_with_what_the_source_says_and_how_well(client: Client) -> None:
    make_version(
        framework(
            cell(1, "a", s("a1", essential=True), s("a2")),
            cell(2, "a", s("a3"), basis=Basis.WEAK),
            cell(2, "b", basis=Basis.FLOOR),
        )
    )
    html = page(client, "/frameworks/sample/")
    found = re.findall(r'<details class="cell.*?</details>', html, re.DOTALL)
    cells = [" ".join(re.sub("<.*?>", " ", re.sub("</?a.*?>", "", each)).split()) for each in found]
    assert cells == [
        "1 Level 1 stated by the source What the source says: What the source says on a at 1. (paper) "
        "We do a1. Essential We do a2.",
        "2 Level 2 only implied by the source What the source says: What the source says on a at 2. (paper) We do a3.",
        "2 Level 2 the source describes its absence What the source says: What the source says on b at 2. (paper) "
        "The source describes only the absence of the thing, so nothing is asked.",
    ]


def test_framework_counts_in_a_table_what_each_cell_asks_and_how_well_it_is_supported(client: Client) -> None:
    make_version(
        framework(cell(1, "a", s("a1"), s("a2")), cell(2, "a", s("a3"), basis=Basis.WEAK), cell(2, "b", s("b1")))
    )
    table = re.search(r'<table class="heat-table coverage".*?</table>', page(client, "/frameworks/sample/"), re.DOTALL)
    assert table
    rows = re.findall(r"<tr.*?</tr>", table[0], re.DOTALL)[1:]
    assert [" ".join(re.sub("<.*?>", " ", row).split()) for row in rows] == [
        "A 2 in A, level 1 stated by the source 1 in A, level 2 only implied by the source",
        "B not covered 1 in B, level 2 stated by the source",
    ]


def test_version_that_a_newer_one_followed_has_its_page(client: Client) -> None:
    make_version()
    make_version(replace(worked_example(), version="1.10", name="Worked example, revised"))
    draft(replace(worked_example(), version="2.0"))
    assert "<h1>Worked example</h1>" in page(client, "/frameworks/worked-example/1.0/")
    assert "<h1>Worked example, revised</h1>" in page(client, "/frameworks/worked-example/1.10/")
    missing = ["2.0", "3.0", "x", "1.0.0"]
    assert [client.get(f"/frameworks/worked-example/{number}/").status_code for number in missing] == [404] * 4


def test_version_that_a_newer_one_followed_leads_to_it(client: Client, django_assert_num_queries: Any) -> None:
    for number in ("1.0", "1.1", "2.0", "3.0"):
        make_version(replace(worked_example(), version=number))
    Version.objects.get(major=3).retire()
    old, newest = (page(client, f"/frameworks/worked-example/{number}/") for number in ("1.0", "2.0"))
    assert '<a href="/frameworks/worked-example/2.0/">Read version 2.0</a>' in old
    assert "is newer" not in newest
    with django_assert_num_queries(2):
        page(client, "/frameworks/worked-example/1.0/")
    listed = re.findall(r'<dt><a href="/frameworks/worked-example/([\d.]+)/"( aria-current="page")?>', newest)
    assert listed == [("3.0", ""), ("2.0", ' aria-current="page"'), ("1.1", ""), ("1.0", "")]


def test_retired_version_says_that_it_is_retired(client: Client) -> None:
    make_version().retire()
    assert "This version is retired" in page(client, "/frameworks/worked-example/1.0/")


def test_comparison_has_a_column_for_every_published_framework(client: Client) -> None:
    for slug in bundled().frameworks.values():
        make_bundled_version(slug.slug)
    html = page(client, "/compare-frameworks/")
    assert re.findall(r'<th scope="col" role="columnheader"><a href="/frameworks/([\w-]+)/">', html) == [
        "aim-genai",
        "datastax-genai",
        "genai-blind-spots",
        "genai-cmm",
        "ibm-genai-adoption",
        "microsoft-genaiops",
    ]
    assert re.findall(r"(\d+ of \d+) cells", html) == [
        "13 of 25",
        "14 of 16",
        "18 of 18",
        "22 of 25",
        "21 of 25",
        "23 of 24",
    ]


def test_comparison_tells_of_a_practice_at_which_levels_each_model_asks_for_it(client: Client) -> None:
    for each in bundled().frameworks.values():
        make_bundled_version(each.slug)
    rows = re.findall(r'<tr role="row"><th scope="row".*?</tr>', page(client, "/compare-frameworks/"), re.DOTALL)
    told = [[re.sub("<.*?>", "", cell) for cell in re.findall("<t[hd].*?</t[hd]>", row)] for row in rows]
    asked = {cells[0]: cells[1:] for cells in told}
    assert asked["Fine-tuning where it pays"] == [
        "level 3",
        "level 2",
        "–not asked for",
        "level 4",
        "levels 2, 5",
        "level 4",
    ]
    assert "Incident response and continuity" not in asked


def test_comparison_says_what_each_model_leaves_out(client: Client) -> None:
    make_version(replace(worked_example(), limits=("Says nothing about people.",)))
    make_version(replace(worked_example(), slug="other", name="Without limits", limits=()))
    found = re.findall(r'<h3>(.*?)</h3><ul class="leaves-out">(.*?)</ul>', page(client, "/compare-frameworks/"))
    assert found == [("Worked example", "<li>Says nothing about people.</li>")]


@pytest.mark.parametrize("frameworks", [1, 30])
def test_comparison_asks_the_database_equally_often_for_one_and_thirty_frameworks(
    client: Client, django_assert_num_queries: Any, frameworks: int
) -> None:
    for number in range(frameworks):
        make_version(replace(worked_example(), slug=f"model-{number}"))
    page(client, "/compare-frameworks/")
    with django_assert_num_queries(2):
        page(client, "/compare-frameworks/")


@pytest.mark.parametrize("slug", sorted(framework.slug for framework in bundled().frameworks.values()))
def test_bundled_framework_is_shown_in_full(client: Client, slug: str) -> None:
    known = make_bundled_version(slug).definition()
    html = page(client, f"/frameworks/{slug}/").replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    said = [known.summary, known.licence_note, *known.limits]
    said += [text for each in known.statements.values() for text in (each.text, each.help, *each.evidence)]
    said += [each.fact for each in known.cells] + [source.title for source in known.sources]
    assert [text for text in said if text not in html] == []


def test_framework_is_read_from_memory_once_it_was_shown(client: Client, django_assert_num_queries: Any) -> None:
    make_version()
    page(client, "/frameworks/worked-example/")
    with django_assert_num_queries(2):  # the versions beside it
        page(client, "/frameworks/worked-example/")


def test_pages_take_no_post(client: Client) -> None:
    make_version(replace(worked_example(), official_bands=(OfficialBand(1, 0, 9),)))
    assert [
        client.post(path).status_code
        for path in ("/frameworks/", "/frameworks/worked-example/", "/compare-frameworks/")
    ] == [405] * 3
