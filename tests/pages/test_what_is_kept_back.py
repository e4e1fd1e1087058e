"""Nothing that the public can open shows a trace of what a matter keeps back.

Every address that a visitor can reach from a place's pages is opened, with its data, its feeds
and its files; the marked words stand in the exempt parts alone. LGA 1972 Schedule 12A.
"""

import re
import zipfile
from io import BytesIO

import pytest
from tests.conftest import PLACES
from tests.documents.pdf_reading import everything
from tests.pages.decision_places import load

from concord.commands.decisions import load_matter

MARK = re.compile("SECRET[A-Z]")
LINK = re.compile(r'href="(/[^"#]*)')
# A question has no end of addresses, and bodies and people say nothing of a matter's parts.
ASIDE = re.compile(r"authority/\?|[?&](?:way|move|on)|/bodies/|/people|/static/|/account/")
# Words that checks quote, where a check that is shown to all would let them out.
WORDS = (
    "the highest is SECRETA, [insert SECRETB], under the National Health SECRETC Act 2006 and "
    "{body:SECRETD}. The SECRETE price holds until March 2011. Eight SECRETF options were weighed."
)
SPOILT = (
    ("the highest is what Raffles and Larcher each indicated for nights in the villages.", WORDS),
    ("Price bands and providers' indications", "SECRETG"),
    ("How the price bands were set", "SECRETH"),
    ("Bands, in pence an hour", "SECRETI"),
    ("Personal care by day", "=SECRETJ(1)"),
)
MATTER = "/middlemarch/decisions/kept_back"


@pytest.fixture
def kept_back(db, operator):
    load(operator, "middlemarch")
    text = (PLACES / "middlemarch" / "matters" / "home_care.toml").read_text("utf-8")
    for old, new in SPOILT:
        assert old in text
        text = text.replace(old, new)
    load_matter(operator, "middlemarch", "kept_back", text)


def words_of(answer) -> str:
    body, kind = answer.content, answer["Content-Type"]
    if "pdf" in kind:
        return everything(body)
    if "wordprocessing" in kind:
        with zipfile.ZipFile(BytesIO(body)) as word:
            return "".join(word.read(name).decode("utf-8", "replace") for name in word.namelist())
    return body.decode("utf-8", "replace")


def test_no_address_that_is_open_to_all_shows_what_is_kept_back(client, kept_back):
    waiting, seen, shown, files = ["/middlemarch/", f"{MATTER}/"], set(), {}, 0
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        words = words_of(answer)
        files += address.endswith((".pdf", ".docx", ".ics", ".atom", ".json"))
        if found := MARK.findall(words):
            shown[address] = sorted(set(found))
        if "html" in answer["Content-Type"]:
            links = {one.replace("&amp;", "&") for one in LINK.findall(words)}
            waiting += [one for one in links - seen - set(waiting) if not ASIDE.search(one)]
    assert shown == {}
    assert {f"{MATTER}/paper/cabinet/", f"{MATTER}/paper/cabinet.pdf", f"{MATTER}.json"} <= seen
    assert files > 20


def test_the_draft_and_its_findings_are_for_those_who_write_or_read_drafts(client, cast, kept_back):
    for page in ("/report.json", "/report/edit/"):
        client.force_login(cast.provider)
        assert client.get(MATTER + page).status_code == 403
        client.logout()
        assert client.get(MATTER + page).status_code in (302, 403)
    client.force_login(cast.integration_manager)
    assert MARK.search(client.get(f"{MATTER}/report/").content.decode())
