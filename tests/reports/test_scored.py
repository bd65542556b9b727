"""How a level came about, with the assessment's own numbers."""

import re

from django.test import Client

from reports import closing, wording
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS


def page(client: Client, cast: Cast) -> str:
    html = client.get(f"{cast.assessment.get_absolute_url()}scored/").content.decode()
    return html.replace(wording.NBSP, " ")


def table(html: str, label: str) -> list[list[str]]:
    body = html.split(f'aria-labelledby="{label}"')[1].split("<tbody")[1].split("</tbody>")[0]
    rows = [re.split(r"</t[dh]>", row)[:-1] for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub("<.*?>", " ", cell.split('rowgroup">')[-1]).split()) for cell in row] for row in rows]


def answered(cast: Cast) -> None:
    for key, rating in (WORKED_RATINGS | {"b2": "P"}).items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)


def test_calculation_is_worked_with_the_own_answers(cast: Cast, bob: Client) -> None:
    answered(cast)
    html = page(bob, cast)
    assert "The result is level 1: level 2 does not reach." in html.replace(", Started", "")
    assert table(html, "rungs") == [
        ["Level 1, Started", "89 %", "0", "yes", "yes"],
        ["Level 2, Practised", "33 %", "1", "no", "no"],
    ]
    assert [row[2] for row in table(html, "worked")] == ["0", "0", "3", "0"]
    assert "(3 × 1/3) ÷ 3 = 33 %" in html


def test_calculation_of_a_closed_round_stays(cast: Cast, bob: Client) -> None:
    answered(cast)
    cast.assessment.submit(by=cast.alice)
    closing.close(cast.assessment.round)
    before = table(page(bob, cast), "rungs")
    cast.assessment.answers.update(rating="F")
    assert table(page(bob, cast), "rungs") == before


def test_result_leads_to_its_calculation(cast: Cast, bob: Client) -> None:
    path = f"{cast.assessment.get_absolute_url()}scored/"
    assert f'href="{path}"' in bob.get(f"{cast.assessment.get_absolute_url()}result/").content.decode()
