"""Modern.Gov's XML as rows to look at: the quirks of its installs, and bad files."""

import tomllib
from pathlib import Path

import pytest

from concord.cli import main
from concord.documents.moderngov_import import MOST, plain, read_answer

DATA = Path(__file__).parents[3] / "shared" / "data" / "moderngov_doncaster_CouncillorsByWard.xml"
MEETING = """<meeting><meetingid>9</meetingid><meetingdate>31/03/2018</meetingdate>
<meetingtime>2.00 pm</meetingtime><meetingstatus>Cancelled</meetingstatus><agendaitems>
<agendaitem><agendaitemtitle>Care &amp;amp; health</agendaitemtitle><isdecision>True</isdecision>
<decisionnonemptyhtmlbody>{}</decisionnonemptyhtmlbody></agendaitem>
<agendaitem><agendaitemtitle>Minutes</agendaitemtitle><isdecision>False</isdecision></agendaitem>
</agendaitems></meeting>"""


def rows(text):
    return tomllib.loads(read_answer(text, "council").text())


def names(text):
    return [f.id for f in read_answer(text, "council").findings]


@pytest.mark.skipif(not DATA.exists(), reason="no real answer lies beside the project")
def test_every_councillor_of_a_real_answer_is_a_post_with_its_holder():
    text = DATA.read_text("utf-8")
    posts = rows(text)["posts"]
    assert len(posts) == text.count("<councillor>")
    one = posts["councillor_tony_corden"]
    assert one["name"] == "Portfolio holder for Customer, Corporate and Trading Services"
    # "unspecified" is no day: the term has a first day and no last one.
    assert one["held_by"][0]["starts"].isoformat() == "2015-05-10"
    assert "ends" not in one["held_by"][0]


@pytest.mark.parametrize(
    "body", ["&lt;p&gt;Agreed &amp;amp; noted&lt;/p&gt;", "<p>Agreed &amp; noted<br></p>",
             "&amp;lt;p&amp;gt;Agreed &amp;amp;amp; noted"]
)  # fmt: skip
def test_html_escaped_twice_escaped_once_or_not_at_all_reads_alike(body):
    (one,) = rows(MEETING.format(body))["earlier_decisions"]
    assert one["title"] == "Care & health"
    assert one["text"] == "Agreed & noted"
    assert one["imported"] is True
    assert one["on"].isoformat() == "2018-03-31"


def test_a_meeting_answered_alone_is_one_row_and_is_called_off():
    (one,) = rows(MEETING.format("x"))["meetings"]
    assert (one["on"].isoformat(), one["at"], one["cancelled"]) == ("2018-03-31", "14:00", True)
    assert one["body"] == "not stated"


def test_a_single_committee_is_a_list_of_one_and_a_deleted_one_is_none():
    one = "<committee><committeetitle>Board</committeetitle><committeedeleted>{}</committeedeleted>"
    text = f"<committees>{one}</committee></committees>"
    assert rows(text.format("False"))["bodies"]["board"]["of"] == ["council"]
    assert "bodies" not in rows(text.format("True"))


def test_a_bomb_a_wrong_root_no_xml_and_too_many_rows_are_each_a_finding():
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><committees>&c;</committees>'
    assert names(bomb) == ["moderngov.unreadable"]
    assert names("<html><body/></html>") == ["moderngov.root"]
    assert names("Access denied by the firewall") == ["moderngov.unreadable"]
    assert names("") == ["moderngov.unreadable"]
    many = "<committees>" + "<committee/>" * (MOST + 1) + "</committees>"
    assert names(many) == ["moderngov.too_many"]
    wrong = "<meeting><meetingdate>31/02/2018</meetingdate></meeting>"
    assert names(wrong) == ["moderngov.no_date"]


def test_what_is_not_markup_stays():
    assert plain("a &lt; b &amp;amp; c") == "a < b & c"


def test_the_command_prints_rows_and_writes_nothing(tmp_path, capsys):
    file = tmp_path / "meeting.xml"
    file.write_text(MEETING.format("x"), "utf-8")
    assert main(["import-moderngov", str(tmp_path), "--place", "middlemarch"]) == 0
    assert tomllib.loads(capsys.readouterr().out)["earlier_decisions"][0]["text"] == "x"
    assert [f.name for f in tmp_path.iterdir()] == ["meeting.xml"]
    file.write_text("<html/>", "utf-8")
    assert main(["import-moderngov", str(file), "--place", "middlemarch"]) == 1
    assert "moderngov.root" in capsys.readouterr().err
