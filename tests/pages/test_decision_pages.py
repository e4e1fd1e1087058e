"""The public pages of decisions: they answer, keep their data beside them, ask no other host."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.pages.decision_places import load, small_place

MATTER = "/middlemarch/decisions/home_care"
PAGES = (
    "/middlemarch/decisions/",
    f"{MATTER}/",
    f"{MATTER}/route/",
    f"{MATTER}/route/?move.cabinet=2027-06-15",
    f"{MATTER}/route/?way=forwards&sign_off=10",
    f"{MATTER}/route/?way=backwards&wanted=2027-09-01",
    f"{MATTER}/paper/cabinet/",
    f"{MATTER}/paper/icb/",
    "/middlemarch/forward-plan/",
    "/middlemarch/notices/",
    "/middlemarch/promises/",
    "/middlemarch/papers/",
)
REAL = ("city_of_london", "doncaster", "nottinghamshire", "sheffield", "southampton")
ELSEWHERE = re.compile(r"""(?:src|action|srcset)=["'](?:https?:)?//""")


def data_address(page: str) -> str:
    path, mark, query = page.partition("?")
    return path.rstrip("/") + ".json" + mark + query


def words(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def middlemarch_decides(db, operator):
    load(operator, "middlemarch")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_with_its_data_beside_it_and_nothing_of_its_own_style(
    client, middlemarch_decides, page
):
    shown = words(client, page)
    assert f'href="{data_address(page).partition("?")[0]}' in shown
    for inline in (r" style=", r"<style", r" on\w+=", r"<script(?![^>]*\bsrc=)"):
        assert not re.search(inline, shown), inline
    assert not ELSEWHERE.search(shown)
    data = client.get(data_address(page))
    assert data.status_code == 200
    assert json.loads(data.content)["place"]["name"] == "middlemarch"


@pytest.mark.parametrize("place", REAL)
def test_every_page_of_the_matters_of_the_five_published_places_answers(
    client, db, operator, place
):
    load(operator, place)
    listed = json.loads(client.get(f"/{place}/decisions.json").content)["matters"]
    assert listed, "a published place has the matter of its report"
    for matter in listed:
        base = f"/{place}/decisions/{matter['name']}"
        addresses = [f"{base}/", f"{base}/route/", f"{base}/route.ics"]
        addresses += [f"{base}/paper/{stop['stop']}/" for stop in matter["stops"]]
        for address in addresses:
            assert client.get(address).status_code == 200, address
    for page in ("forward-plan", "notices", "promises", "papers"):
        assert client.get(f"/{place}/{page}/").status_code == 200


def test_a_matter_says_key_or_not_who_may_decide_and_in_what_capacity(client, middlemarch_decides):
    shown = words(client, f"{MATTER}/")
    # £2,400,000 a year against the council's figure of £500,000; the NHS has no key decisions.
    assert "A key decision." in shown
    assert "£2,400,000 is more than £500,000" in shown
    assert "Who may decide it" in shown
    assert "paragraph 3 of Part 1 of Schedule 12A" in shown


def test_what_is_exempt_is_in_no_public_page_nor_in_its_data(client, db, operator):
    small_place(operator, "small", 1)
    base = "/small/decisions/matter_01"
    around = ("decisions/", "forward-plan/", "notices/", "decisions.atom")
    pages = [*(f"/small/{page}" for page in around), *(f"{base}/{p}" for p in ("", "route/"))]
    for address in (*pages, f"{base}/paper/cabinet/"):
        assert b"seven shillings" not in client.get(address).content, address
    for kind in ("pdf", "docx"):
        assert client.get(f"{base}/paper/cabinet.{kind}").status_code == 200
    data = client.get(f"{base}/paper/cabinet.json").content.decode()
    assert "seven shillings" not in data
    assert "Not for publication under paragraph 3" in data


def test_a_moved_meeting_moves_what_comes_after_and_the_page_says_what_changed(
    client, middlemarch_decides
):
    # Cabinet waits for the NHS Board; moved from 13 to 27 May, past Cabinet's day of 25 May 2027.
    data = json.loads(client.get(f"{MATTER}/route.json?move.icb=2027-05-27").content)
    moved = {(one["stop"], one["what"]): one["becomes"] for one in data["changes"]}
    assert moved["icb", "meets"] == "2027-05-27"
    assert moved["cabinet", "meets"] > "2027-05-27"
    shown = words(client, f"{MATTER}/route/?move.icb=2027-05-27")
    assert "What changes" in shown
    assert "A trial." in shown


def test_a_step_that_cannot_be_done_says_why_and_offers_days_to_try(client, middlemarch_decides):
    # Cabinet before the NHS Board, whose outcome it waits for.
    shown = words(client, f"{MATTER}/route/?move.cabinet=2027-05-04")
    assert "Cannot be done as planned" in shown
    assert "would meet before what it waits for" in shown
    button = re.search(r'name="move\.(\w+)" value="(\d{4}-\d\d-\d\d)"', shown)
    assert button, "a way out carries the date that it tries"


def test_a_way_out_that_sets_a_test_aside_can_be_tried_and_mends_the_route(client, operator, db):
    # City, 2016: the Health and Wellbeing Board's papers close on 17 November, a day before the
    # decision it is to be told of; told in the room, every step can be done.
    load(operator, "city_of_london")
    matters = json.loads(client.get("/city_of_london/decisions.json").content)["matters"]
    route = f"/city_of_london/decisions/{matters[0]['name']}/route"
    shown = words(client, f"{route}/")
    button = re.search(r'name="waive\.(\w+)" value="([^"]+)"', shown)
    assert button.group(2) == "told in the room"
    query = f"?waive.{button.group(1)}=told+in+the+room"
    assert json.loads(client.get(f"{route}.json{query}").content)["feasible"]
    assert "It supposes told in the room for" in words(client, f"{route}/{query}")


def test_a_route_that_was_wanted_sooner_than_can_be_says_so_and_moves_nothing(
    client, middlemarch_decides
):
    data = json.loads(client.get(f"{MATTER}/route.json?wanted=2027-01-15").content)
    assert not data["feasible"]
    assert data["changes"] == []


@pytest.mark.parametrize(
    "query",
    ["move.nobody=2027-01-01", "move.cabinet=tomorrow", "move.cabinet=0001-01-01", "way=sideways",
     "waive.cabinet=luck", "waive.nobody=special+urgency",
     "wanted=2027-02-30", "sign_off=-1", "sign_off=1000", "move.cabinet=" + "9" * 5000],
)  # fmt: skip
def test_a_question_about_a_route_that_cannot_be_read_is_told_calmly(
    client, middlemarch_decides, query
):
    assert client.get(f"{MATTER}/route/?{query}").status_code == 400
    assert client.get(f"{MATTER}/route.json?{query}").status_code == 400
    assert client.get(f"{MATTER}/route.ics?{query}").status_code == 400


@pytest.mark.parametrize("stop", ["scrutiny", "board", "icb", "cabinet", "wellbeing"])
@pytest.mark.parametrize("day", ["2026-01-01", "2026-11-24", "2027-12-25", "2150-01-01"])
def test_no_day_to_which_a_stop_is_moved_breaks_the_page(client, middlemarch_decides, stop, day):
    assert client.get(f"{MATTER}/route/?move.{stop}={day}").status_code == 200


def test_the_picture_is_told_in_words_and_drawn_wide_and_narrow(client, middlemarch_decides):
    shown = words(client, f"{MATTER}/route/")
    drawn = re.findall(r'<svg class="c-svg c-route" role="img".*?</svg>', shown, re.S)
    assert len(drawn) == 2
    for picture in drawn:
        assert "Cabinet, for decision, 25 May 2027" in picture
        assert "viewBox" not in picture, "words in a scaled picture shrink"


def test_the_forward_plan_says_by_when_each_notice_and_what_must_be_in_it(
    client, middlemarch_decides
):
    data = json.loads(client.get("/middlemarch/forward-plan.json").content)
    one = next(e for e in data["entries"] if e["matter"] == "home_care" and e["key"] is True)
    # 28 clear days before 25 May 2027: neither 26 April nor 25 May counts, 27 April to 24 May do.
    assert one["notice_by"] == "2027-04-26"
    assert [line["letter"] for line in one["must_say"]] == list("abcdefgh")


def test_a_place_without_matters_says_so_on_every_page(client, middlemarch):
    for page in ("decisions", "forward-plan", "notices", "promises", "papers"):
        assert client.get(f"/middlemarch/{page}/").status_code == 200
    assert "No matter is recorded" in words(client, "/middlemarch/decisions/")
    assert "To be decided next" not in words(client, "/middlemarch/")


def test_a_place_says_first_what_is_decided_next_and_what_is_overdue(client, db, operator):
    small_place(operator, "small", 3)
    shown = words(client, "/small/?on=2026-11-24")
    assert "To be decided next" in shown
    assert "Promised and overdue" in shown
    assert "A review of matter 01" in shown


def test_what_is_not_kept_is_a_page_that_says_so(client, middlemarch_decides):
    of_matter = (f"{MATTER}/paper/nowhere/", f"{MATTER}/paper/nowhere.pdf")
    of_place = ("decisions/nothing/", "decisions/nothing/route/", "papers/99/")
    for address in ("/atlantis/decisions/", *of_matter, *(f"/middlemarch/{p}" for p in of_place)):
        assert client.get(address).status_code == 404, address


ASKED = ("decisions/", "decisions/matter_01/", "decisions/matter_01/route/", "forward-plan/",
         "decisions/matter_01/paper/cabinet/", "notices/", "promises/", "papers/",
         "decisions.atom", "meetings.ics", "decisions/matter_01/route.ics", "")  # fmt: skip


def counted(client) -> dict[str, int]:
    found = {}
    for page in ASKED:
        client.get(f"/small/{page}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/small/{page}").status_code == 200, page
        found[page] = len(asked)
    return found


def test_no_page_asks_more_of_the_database_for_many_places_and_matters(client, db, operator):
    from tests.pages.test_many_places import generated

    from concord.commands.agreements import load_place

    small_place(operator, "small", 2)
    few = counted(client)
    assert max(few.values()) <= 8, few
    small_place(operator, "small", 60)
    for number in range(1, 151):
        load_place(operator, f"p{number:03}", generated(number))
    assert counted(client) == few


def test_a_long_list_of_matters_is_cut_into_pages(client, db, operator):
    small_place(operator, "small", 60)
    first = json.loads(client.get("/small/decisions.json").content)
    second = json.loads(client.get("/small/decisions.json?page=2").content)
    assert len(first["matters"]) == 50
    assert len(second["matters"]) == 10
    assert not {m["name"] for m in first["matters"]} & {m["name"] for m in second["matters"]}
