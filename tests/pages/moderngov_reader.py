"""A small reader of Modern.Gov's web service, as its published clients are: nothing of ours in it.

It asks by GET, reads lower-case elements by name, days as dd/mm/yyyy and yes and no as words, and
knows nothing of who answers.
"""

from datetime import datetime
from xml.etree import ElementTree


class Reader:
    def __init__(self, get, base):
        self.get, self.base = get, base

    def ask(self, operation, **parameters):
        answer = self.get(f"{self.base}/mgWebService.asmx/{operation}", parameters)
        assert answer.status_code == 200, operation
        assert "xml" in answer.headers["Content-Type"]
        return ElementTree.fromstring(answer.content)  # noqa: S314

    def committees(self):
        top = self.ask("GetCommittees")
        assert top.tag == "committees"
        assert int(top.findtext("committeescount")) == len(top.findall("committee"))
        return {
            one.findtext("committeetitle"): int(one.findtext("committeeid"))
            for one in top.findall("committee")
            if one.findtext("committeedeleted") == "False"
            and one.findtext("committeeexpired") == "False"
        }

    def meetings(self, committee, start, end):
        top = self.ask("GetMeetings", lCommitteeId=committee, sFromDate=start, sToDate=end)
        assert top.tag == "getmeetings"
        return [
            self.meeting_row(one) for one in top.iterfind("committee/committeemeetings/meeting")
        ]

    def all_meetings(self, start, end, ascending="True"):
        top = self.ask("GetAllMeetingsByDate", sFromDate=start, sToDate=end,
                       bIsAscendingDateOrder=ascending)  # fmt: skip
        assert top.tag == "getmeetingsbydate"
        return [
            {**self.meeting_row(one), "committee": int(one.findtext("committeeid")),
             "title": one.findtext("committeetitle")}
            for one in top.iterfind("meetings/meeting")
        ]  # fmt: skip

    def meeting_row(self, one):
        assert one.findtext("iswebcast") in ("True", "False")
        return {
            "id": int(one.findtext("meetingid")),
            "date": datetime.strptime(one.findtext("meetingdate"), "%d/%m/%Y").date(),  # noqa: DTZ007
            "time": one.findtext("meetingtime") or "",
            "status": one.findtext("meetingstatus"),
        }

    def meeting(self, number):
        top = self.ask("GetMeeting", lMeetingId=number)
        assert top.tag == "meeting"
        found = self.meeting_row(top)
        found["published"] = top.findtext("agendapublished") == "True"
        found["decided"] = top.findtext("decisionpublished") == "True"
        found["items"] = [
            {"number": one.findtext("agendaitemnumber"), "title": one.findtext("agendaitemtitle"),
             "decision": one.findtext("isdecision") == "True",
             "html": one.findtext("decisionnonemptyhtmlbody") or "",
             "documents": [d.findtext("url") for d in one.iterfind("linkeddocuments/linkeddoc")]}
            for one in top.iterfind("agendaitems/agendaitem")
        ]  # fmt: skip
        found["people"] = [dict(one.attrib) for one in top.iterfind("attendees/attendee")]
        return found

    def councillors(self):
        top = self.ask("GetCouncillorsByWard")
        assert top.tag == "councillorsbyward"
        return {
            one.findtext("fullusername"): int(one.findtext("councillorid"))
            for one in top.iterfind("wards/ward/councillors/councillor")
        }
