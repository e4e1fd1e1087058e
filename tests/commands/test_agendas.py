"""An agenda from files and matters to its publication: proof, supplement, correction, lateness."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from tests.commands.test_publishing import TEXT, person, signed
from tests.documents.test_packs import blank, words_over

from concord.commands import agendas, agendas_making, command
from concord.commands.agendas import publish_agenda, upload_paper
from concord.commands.agendas_making import begin_pack, carry_out
from concord.commands.agendas_read import AGENDA, CORRECTION, SUPPLEMENT
from concord.commands.command import Acting
from concord.commands.decisions import load_matter
from concord.commands.publishing import publish_paper, withdraw
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, FiledPaper, PackMaking, Publication
from concord.records.verification import verify_evidence

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 15)
WHERE = ("middlemarch", "cabinet", DAY)


@pytest.fixture
def people(middlemarch):
    operator = Acting(None, NOW, why="in a test")
    load_matter(operator, "middlemarch", "beds", TEXT)
    return {
        "operator": operator,
        "director": person(operator, "Caleb Garth", "integration manager"),
        "finance": person(operator, "Nicholas Bulstrode", "pool manager"),
        "clerk": person(operator, "Mary Garth", "democratic services officer"),
    }


def upload(clerk: Acting, title: str = "Letter", pages: int = 2, **more) -> FiledPaper:
    return upload_paper(clerk, *WHERE, title=title, name=f"{title}.pdf", pdf=blank(pages), **more)


def make(clerk: Acting, kind: str = AGENDA, **asked) -> PackMaking:
    row = begin_pack(clerk, *WHERE, {"kind": kind, **asked})
    carry_out(row.pk, lambda: clerk.now)
    return PackMaking.objects.get(pk=row.pk)


def publish(clerk: Acting, kind: str = AGENDA, because: str = "", **asked) -> Publication:
    row = make(clerk, kind, **asked)
    assert row.state == PackMaking.MADE, row.findings
    return publish_agenda(clerk, "middlemarch", row.pk, because=because)


def said(refusal) -> str:
    return str(refusal.value)


# Files --------------------------------------------------------------------------------


def test_a_file_is_kept_as_it_came_with_its_hash_and_who_put_it_there(people):
    row = upload(people["clerk"], ask="the clerk", late="it came on Friday")
    assert bytes(row.pdf) == blank(2)
    assert row.sha256 == hashlib.sha256(blank(2)).hexdigest()
    assert (row.pages, row.filed_by) == (2, people["clerk"].who)
    entry = AuditEntry.objects.order_by("-number").first()
    assert entry.act == "decisions.upload_paper"
    assert row.sha256 in entry.after
    assert not list(verify_evidence())


@pytest.mark.parametrize("role", ["director", "finance"])
def test_only_a_clerk_puts_a_file_to_a_meeting(people, role):
    with pytest.raises(Refused) as refusal:
        upload(people[role])
    assert "put a file to a meeting" in said(refusal)


def with_change(change) -> bytes:
    pdf = pikepdf.open(BytesIO(blank(1)))
    change(pdf)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def launching(pdf: pikepdf.Pdf) -> None:
    act = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="rm")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([note])


def attaching(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["prices.xlsx"] = pikepdf.AttachedFileSpec(pdf, b"secret")


def asking(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="name", V="Dorothea"))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def locked() -> bytes:
    out = BytesIO()
    pikepdf.open(BytesIO(blank(1))).save(out, encryption=pikepdf.Encryption(user="u", owner="o"))
    return out.getvalue()


def protected() -> bytes:
    out = BytesIO()
    pikepdf.open(BytesIO(blank(1))).save(out, encryption=pikepdf.Encryption(user="", owner="o"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("pdf", "says"),
    [
        (b"", "not a PDF"),
        (b"PK\x03\x04 a Word file", "not a PDF"),
        (b"%PDF-1.7 and nothing more %%EOF", "cannot be read"),
        (blank(3)[:300], "cannot be read"),
        (locked(), "password"),
        (protected(), "encrypted"),
        (blank(1, "app.alert(1)"), "a script"),
        (with_change(launching), "starts a program"),
        (with_change(attaching), "an attached file"),
        (with_change(asking), "form fields"),
        (b"%PDF-" + b"0" * 20_000_000, "20.0 MB"),
    ],
    ids=["nothing", "word", "stub", "cut", "locked", "protected", "script", "launch", "attached",
         "form", "large"],
)  # fmt: skip
def test_a_file_that_is_no_open_pdf_or_can_act_is_refused_and_nothing_is_kept(people, pdf, says):
    with pytest.raises(Refused) as refusal:
        upload_paper(people["clerk"], *WHERE, title="Letter", name="letter.pdf", pdf=pdf)
    assert says in said(refusal)
    assert refusal.value.verdict.remedies
    assert not FiledPaper.objects.exists()


def test_a_file_is_named_without_its_path_and_must_have_a_title(people):
    row = upload_paper(
        people["clerk"], *WHERE, title="Letter", name="C:\\secret\\Letter\x00.pdf", pdf=blank(1)
    )
    assert row.name == "Letter.pdf"
    with pytest.raises(Refused, match="no title"):
        upload(people["clerk"], title="  ")


def test_a_file_is_put_only_to_a_meeting_and_an_item_that_there_are(people):
    clerk = people["clerk"]
    with pytest.raises(Refused, match="no meeting"):
        upload_paper(
            clerk, "middlemarch", "cabinet", date(2026, 12, 16), title="x", name="x", pdf=blank(1)
        )
    with pytest.raises(Refused, match="no item"):
        upload(clerk, item="beds/council")
    assert upload(clerk, item="beds/cabinet").item == "beds/cabinet"


def test_a_newer_file_takes_the_place_of_one_and_both_are_kept(people):
    first = upload(people["clerk"])
    second = upload(people["clerk"], "Letter, signed", replaces=first.pk)
    assert list(FiledPaper.objects.of_meeting(*WHERE)) == [second]
    assert FiledPaper.objects.count() == 2
    with pytest.raises(Refused, match="takes the place"):
        upload(people["clerk"], "Third", replaces=first.pk)


# The pack -----------------------------------------------------------------------------


def test_a_report_that_is_not_signed_stands_on_the_agenda_as_one_to_follow(people):
    (item,) = make(people["clerk"]).told["details"]["items"]
    assert item["papers"] == []
    assert item["note"].endswith("Report to follow.")


def test_a_signed_report_is_in_the_pack_on_the_page_that_the_agenda_names(people):
    signed(people)
    row = make(people["clerk"], where="Town Hall")
    (item,) = row.told["details"]["items"]
    assert item["page"] == 2
    with pikepdf.open(BytesIO(bytes(row.pdf))) as pdf:
        words = words_over(pdf.pages[1])
        assert "Reablement" in words
        assert row.told["details"]["last"] == len(pdf.pages)


def test_what_is_exempt_is_in_no_byte_of_the_pack(people):
    signed(people)
    row = make(people["clerk"])
    text = "".join(
        words_over(page) for page in pikepdf.open(BytesIO(bytes(row.pdf))).pages
    )  # fmt: skip
    assert "Reablement" in text
    assert "What each provider asked" not in text


def test_nothing_is_public_before_it_is_published_and_then_all_of_it_with_proof(people):
    signed(people)
    upload(people["clerk"])
    row = make(people["clerk"])
    assert not Publication.objects.filter(kind=AGENDA).exists()
    pdf = bytes(row.pdf)
    made = publish_agenda(people["clerk"], "middlemarch", row.pk)
    assert bytes(made.body) == pdf
    assert made.sha256 == hashlib.sha256(pdf).hexdigest()
    assert made.details["not_tagged"] == ["Letter"]
    assert made.late_by == ""
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.act, made.sha256 in entry.after) == ("decisions.publish_agenda", True)
    with pytest.raises(Refused, match="no such pack"):
        publish_agenda(people["clerk"], "middlemarch", row.pk)


def test_a_pack_is_not_published_once_something_in_it_has_changed(people):
    signed(people)
    row = make(people["clerk"])
    upload(people["clerk"])
    with pytest.raises(Refused, match="changed since this pack was made"):
        publish_agenda(people["clerk"], "middlemarch", row.pk)


def test_a_second_agenda_is_refused_and_so_is_a_supplement_to_none(people):
    with pytest.raises(Refused, match="no agenda yet"):
        make(people["clerk"], SUPPLEMENT)
    publish(people["clerk"])
    with pytest.raises(Refused, match="agenda of this meeting is public"):
        make(people["clerk"])


def test_an_agenda_with_nothing_on_it_is_refused(people):
    with pytest.raises(Refused, match="nothing to put on"):
        make(people["clerk"], left_out=["beds/cabinet"])


def test_a_supplement_brings_only_what_is_new_and_goes_on_with_pages_and_numbers(people):
    clerk = people["clerk"]
    first = publish(clerk)
    signed(people)  # the report that was to follow
    upload(clerk, "Another matter")
    second = publish(clerk, SUPPLEMENT)
    assert second.details["first"] == first.details["last"] + 1
    told = {i["key"]: i for i in second.details["items"]}
    assert told["beds/cabinet"]["number"] == first.details["items"][0]["number"] == "1"
    assert told["beds/cabinet"]["new"] is False
    (other,) = [i for k, i in told.items() if k.startswith("file/")]
    assert (other["number"], other["new"]) == ("2", True)
    (names,) = second.details["said"]
    assert "a paper to item 1" in names
    assert "item 2, Another matter" in names
    with pikepdf.open(BytesIO(bytes(second.body))) as pdf:
        number = second.details["first"]
        assert f"Page{number}of" in "".join(words_over(pdf.pages[0]).split())
    with pytest.raises(Refused, match="nothing has been added"):
        make(clerk, SUPPLEMENT)


def test_a_corrected_paper_comes_in_the_next_supplement(people):
    clerk = people["clerk"]
    signed(people)
    publish_paper(clerk, "middlemarch", "beds", "cabinet")
    first = publish(clerk)
    (item,) = first.details["items"]
    assert item["sources"][0].startswith("version:")


def test_a_correction_says_why_keeps_numbers_and_pages_and_supersedes(people):
    clerk = people["clerk"]
    first = publish(clerk)
    row = make(clerk, CORRECTION, corrects=first.pk, where="Guildhall")
    with pytest.raises(Refused, match="why it is corrected"):
        publish_agenda(clerk, "middlemarch", row.pk)
    second = publish_agenda(clerk, "middlemarch", row.pk, because="the room was wrong")
    assert second.supersedes == first
    assert second.kind == AGENDA
    assert second.details["first"] == 1
    assert second.details["because"] == "the room was wrong"
    assert Publication.objects.get(pk=first.pk).sha256 == first.sha256


def test_a_correction_that_grew_into_a_supplements_pages_is_refused(people):
    clerk = people["clerk"]
    first = publish(clerk)
    upload(clerk)
    publish(clerk, SUPPLEMENT)
    signed(people)
    row = make(clerk, CORRECTION, corrects=first.pk)
    with pytest.raises(Refused, match="first of a supplement"):
        publish_agenda(clerk, "middlemarch", row.pk, because="the report was missing")


def test_a_withdrawn_agenda_makes_room_for_another(people):
    clerk = people["clerk"]
    first = publish(clerk)
    withdraw(clerk, "middlemarch", first.pk, "the wrong day")
    assert publish(clerk).supersedes is None


# Late ---------------------------------------------------------------------------------


def test_a_late_agenda_needs_its_lawful_way_out_and_is_told_of_it_for_ever(people):
    """Tuesday 15 December 2026: the fifth clear day before is Tuesday 8, the last day Monday 7."""
    late = replace(people["clerk"], now=datetime(2026, 12, 9, 9, 30, tzinfo=UTC))
    row = make(late)
    with pytest.raises(Refused) as refusal:
        publish_agenda(late, "middlemarch", row.pk)
    assert "7 December 2026" in said(refusal)
    who = "whoever may convene the meeting under the council's own rules"
    used = ExitUsed("executive_shorter_notice", who, date(2026, 12, 9), "a ward closed overnight")
    made = publish_agenda(late, "middlemarch", row.pk, used=(used,))
    assert "a ward closed overnight" in made.late_by
    assert "7 December 2026" in made.late_by


def test_an_agenda_is_not_published_after_its_meeting(people):
    row = make(people["clerk"])
    after = replace(people["clerk"], now=datetime(2026, 12, 16, 9, 30, tzinfo=UTC))
    with pytest.raises(Refused, match="the meeting was on"):
        publish_agenda(after, "middlemarch", row.pk)


# While it is made ---------------------------------------------------------------------


def test_the_making_tells_each_step_and_what_stopped_it(people, monkeypatch):
    upload(people["clerk"])
    told = []
    tell = agendas_making._tell
    monkeypatch.setattr(
        agendas_making, "_tell", lambda *a, **says: (told.append(says), tell(*a, **says))
    )
    assert make(people["clerk"]).state == PackMaking.MADE
    steps = [(s["done"], s["of"]) for s in told if "done" in s]
    assert steps == sorted(steps, key=lambda s: s[0] / s[1])
    assert any("Letter" in s.get("says", "") for s in told)
    monkeypatch.setattr(agendas_making, "make_pack", lambda *_: 1 / 0)
    row = begin_pack(people["clerk"], *WHERE, {"kind": AGENDA})
    with pytest.raises(ZeroDivisionError):
        carry_out(row.pk, lambda: NOW)
    row.refresh_from_db()
    assert row.state == PackMaking.FAILED
    assert "could not be made" in row.findings[0]["says"]


def test_packs_that_nobody_published_are_forgotten_after_two_days(people):
    row = make(people["clerk"])
    later = replace(people["clerk"], now=NOW + timedelta(days=3))
    make(later)
    assert not PackMaking.objects.filter(pk=row.pk).exists()


def test_no_more_than_three_packs_of_a_meeting_are_made_at_once(people):
    for _ in range(3):
        begin_pack(people["clerk"], *WHERE, {"kind": AGENDA})
    with pytest.raises(Refused, match="being made already"):
        begin_pack(people["clerk"], *WHERE, {"kind": AGENDA})


def test_a_pack_of_five_hundred_pages_is_made_in_under_ten_seconds(people):
    signed(people)
    upload(people["clerk"], "Specification", 495)
    began = time.perf_counter()
    row = make(people["clerk"])
    assert row.told["details"]["last"] >= 500
    assert time.perf_counter() - began < 10


# The one turn that every act takes ------------------------------------------------------


def test_papers_are_laid_out_before_the_turn_and_never_within_it(people, monkeypatch):
    """Laying out takes as long as a paper is long; within the act everybody would wait for it."""
    signed(people)
    order: list[str] = []
    take_turn, lay = command._take_turn, agendas_making.contents
    monkeypatch.setattr(command, "_take_turn", lambda: (order.append("turn"), take_turn())[1])
    for module in (agendas_making, agendas):
        monkeypatch.setattr(module, "contents", lambda *a: (order.append("laid out"), lay(*a))[1])
    row = make(people["clerk"])
    assert order == ["laid out", "turn", "laid out"]  # asked for, then made outside any act
    order.clear()
    publish_agenda(people["clerk"], "middlemarch", row.pk)
    assert order == ["laid out", "turn"]


def test_what_is_put_to_a_meeting_while_its_pack_is_published_stops_it(people, monkeypatch):
    signed(people)
    row, lay = make(people["clerk"]), agendas.contents
    came: list[str] = []

    def and_a_file_comes(*asked):
        ready = lay(*asked)
        if not came:
            came.append(upload(people["clerk"]).title)
        return ready

    monkeypatch.setattr(agendas, "contents", and_a_file_comes)
    with pytest.raises(Refused, match="changed since this pack was made"):
        publish_agenda(people["clerk"], "middlemarch", row.pk)
    assert not Publication.objects.filter(kind=AGENDA).exists()


def test_a_meeting_whose_papers_never_rest_is_refused_calmly(people, monkeypatch):
    lay = agendas_making.contents

    def and_a_file_comes(*asked):
        upload(people["clerk"])
        return lay(*asked)

    signed(people)
    monkeypatch.setattr(agendas_making, "contents", and_a_file_comes)
    with pytest.raises(Refused, match="are being changed at this moment"):
        begin_pack(people["clerk"], *WHERE, {"kind": AGENDA})
    assert not PackMaking.objects.exists()


def test_whoever_may_not_publish_is_told_that_and_not_what_the_pack_lacks(people):
    signed(people)
    row = make(people["clerk"])
    with pytest.raises(Refused, match="you may not publish"):
        publish_agenda(people["finance"], "middlemarch", row.pk)


def test_a_making_tells_the_step_it_is_in(people, monkeypatch):
    signed(people)
    upload(people["clerk"])
    heard: list[str] = []
    tell = agendas_making._tell

    def hear(making, clock, **says) -> None:
        heard.append(says.get("says", ""))
        tell(making, clock, **says)

    monkeypatch.setattr(agendas_making, "_tell", hear)
    make(people["clerk"])
    assert [h.split(" ")[0] for h in heard] == [
        "Laying", "Reading", "Setting", "Marking", "Putting", "Saving", "Done", "Done"
    ]  # fmt: skip
    assert "takes longest" in heard[2]
