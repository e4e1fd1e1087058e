"""The pages of decisions in a real browser at three widths, and without JavaScript."""

import pytest
from tests.pages.conftest import WIDTHS
from tests.pages.decision_places import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MATTER = "/middlemarch/decisions/home_care"
BEDS = "/middlemarch/decisions/reablement_beds"
PUBLIC = (
    "/middlemarch/",
    "/middlemarch/decisions/",
    f"{MATTER}/",
    f"{MATTER}/route/",
    f"{MATTER}/route/?move.cabinet=2027-05-04",
    f"{MATTER}/route/?move.icb=2027-05-27&sign_off=10",
    f"{MATTER}/paper/cabinet/",
    f"{MATTER}/paper/icb/",
    "/middlemarch/forward-plan/",
    "/middlemarch/notices/",
    "/middlemarch/promises/",
    "/middlemarch/papers/",
)
REAL = (
    "/city_of_london/decisions/integrated_commissioning/route/",
    "/city_of_london/decisions/integrated_commissioning/paper/community/",
    "/southampton/decisions/shared_commissioning/",
    "/southampton/decisions/shared_commissioning/paper/council/",
    "/nottinghamshire/decisions/joint_commissioning_plans/route/",
)
SIGNED_IN = (
    f"{BEDS}/report/",
    f"{BEDS}/report/edit/",
    f"{BEDS}/report/edit/?part=2",
    f"{MATTER}/report/?stop=cabinet",
    f"{MATTER}/notice/cabinet/forward-plan-notice/",
    "/middlemarch/notices/",
    "/middlemarch/promises/",
)


def faults_of(visitor, paths, width):
    found = []
    for path in paths:
        visitor.open(path, width)
        visitor.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found += visitor.check(f"{path} at {width}")
    return found


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_every_public_page_of_decisions_is_without_fault(visit, operator, width):
    load(operator, "middlemarch")
    assert not (faults := faults_of(visit(), PUBLIC, width)), "\n".join(faults)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_matters_of_published_places_fit_and_are_without_fault(visit, operator, width):
    for place in ("city_of_london", "southampton", "nottinghamshire"):
        load(operator, place)
    assert not (faults := faults_of(visit(), REAL, width)), "\n".join(faults)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_report_is_without_fault(visit, cast, operator, width):
    load(operator, "middlemarch")
    visitor = visit(cast.board_officer)
    assert not (faults := faults_of(visitor, SIGNED_IN, width)), "\n".join(faults)


def test_another_date_is_tried_with_a_button_and_without_javascript(visit, operator):
    load(operator, "middlemarch")
    visitor = visit(java_script_enabled=False)
    visitor.open(f"{MATTER}/route/?move.cabinet=2027-05-04")
    visitor.sees("Cannot be done as planned")
    visitor.page.get_by_role("button", name="Try this date").first.click()
    visitor.misses("Cannot be done as planned")
    visitor.sees("A trial.", ".c-head")
    assert "move." in visitor.page.url


def test_the_figures_that_are_the_answer_stand_on_the_first_screen_of_a_phone(visit, operator):
    load(operator, "middlemarch")
    visitor = visit()
    visitor.open(f"{MATTER}/route/", 375)
    last = visitor.page.locator(".c-figures > div").last.bounding_box()
    assert last["y"] + last["height"] < 830


@pytest.mark.parametrize("width", [375, 768, 1024, 1280])
def test_no_words_of_the_time_line_lie_on_other_words_or_leave_the_picture(visit, operator, width):
    load(operator, "middlemarch")
    load(operator, "southampton")
    load(operator, "city_of_london")
    visitor, faults = visit(), []
    for path in (f"{MATTER}/route/", f"{BEDS}/route/", f"{MATTER}/route/?move.icb=2026-12-10",
                 "/southampton/decisions/shared_commissioning/route/",
                 "/city_of_london/decisions/integrated_commissioning/route/"):  # fmt: skip
        visitor.open(path, width)
        boxes = visitor.page.evaluate(
            """[...document.querySelectorAll('svg[role=img] text')]
            .map(t => ({ words: t.textContent, box: t.getBoundingClientRect() }))
            .filter(t => t.box.width)
            .map(t => [t.words, t.box.left, t.box.top, t.box.right, t.box.bottom])"""
        )
        assert boxes
        for number, (words, left, top, right, bottom) in enumerate(boxes):
            if left < 0 or right > width:
                faults.append(f"{path}: {words!r} leaves the page")
            for other, left_, top_, right_, bottom_ in boxes[number + 1 :]:
                apart = right <= left_ + 1 or right_ <= left + 1
                if not (apart or bottom <= top_ + 3 or bottom_ <= top + 3):
                    faults.append(f"{path}: {words!r} lies on {other!r}")
    assert not faults, "\n".join(faults)


def test_a_note_stands_level_with_its_line_and_after_it_on_a_phone(visit, cast, operator):
    load(operator, "middlemarch")
    visitor = visit(cast.board_officer)
    for width, beside in ((1280, True), (375, False)):
        visitor.open(f"{BEDS}/report/", width)
        line = visitor.page.locator(".c-report__line:has(mark)").first
        words = line.locator(".c-report__words").bounding_box()
        note = line.locator(".c-note").first.bounding_box()
        if beside:
            assert abs(words["y"] - note["y"]) < 30
            assert note["x"] > words["x"] + words["width"]
        else:
            assert note["y"] >= words["y"] + words["height"] - 2
