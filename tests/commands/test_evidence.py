"""Evidence: refused by the database itself, and found out when it was changed all the same."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from concord.commands.ledger_writing import account_numbers, write
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import LedgerKind
from concord.records.evidence import EVIDENCE, allow_change, refuse_change
from concord.records.ledger_rows import Rows
from concord.records.models import (
    Action,
    ActionUpdate,
    AuditEntry,
    BudgetVersion,
    Decision,
    DecisionStep,
    DispensationEntry,
    DisputeEntry,
    FiledPaper,
    ForecastRecord,
    InterestEntry,
    LedgerAct,
    LedgerFile,
    LedgerMapping,
    LedgerPeriod,
    Meeting,
    MeetingEntry,
    MinutesEntry,
    Outcome,
    PromiseMet,
    Publication,
    SignOffEvent,
    Talk,
    TextVersion,
)
from concord.records.verification import verify_evidence


def refused(statement: str) -> str:
    """What the database says to a statement that it refuses."""
    with (
        pytest.raises(DatabaseError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(error.value)


# A column of each table of evidence that somebody might want to change.
COLUMNS = {
    "records_auditentry": "what",
    "records_textversion": "text",
    "records_signoffevent": "step",
    "records_publication": "title",
    "records_promisemet": "how",
    "records_filedpaper": "title",
    "records_meetingentry": "kind",
    "records_outcome": "result",
    "records_decision": "title",
    "records_decisionstep": "step",
    "records_interestentry": "person",
    "records_dispensationentry": "person",
    "records_talk": "said",
    "records_disputeentry": "said",
    "records_action": "what",
    "records_actionupdate": "says",
    "records_minutesentry": "act",
    "records_fundaccount": "line",
    "records_ledgeract": "why",
    "records_ledgertransaction": "says",
    "records_ledgerposting": "amount",
    "records_ledgerperiod": "because",
    "records_ledgerfile": "name",
    "records_ledgermapping": "name",
    "records_budgetversion": "because",
    "records_forecastrecord": "year",
}


@pytest.fixture
def evidence(middlemarch):
    """One row at least in every table of evidence."""
    at, who = datetime(2026, 11, 24, 9, tzinfo=UTC), "clerk@middlemarch.example"
    place = {"place_id": "middlemarch", "matter": "beds"}
    SignOffEvent.objects.create(**place, role="Finance", step="signed", on=at.date(), at=at, by=who)
    PromiseMet.objects.create(
        **place, promise="report", on=at.date(), how="reported", recorded_at=at, recorded_by=who
    )
    Publication.objects.create(
        **place, kind="paper", title="Beds", media_type="text/html", body=b"x", sha256="x",
        published_at=at, published_by=who,
    )  # fmt: skip
    FiledPaper.objects.create(
        place_id="middlemarch", body="board", on=at.date(), title="Letter", name="letter.pdf",
        pdf=b"x", pages=1, sha256="x", filed_at=at, filed_by=who,
    )  # fmt: skip
    _of_a_ledger(at, who)
    _of_a_meeting(middlemarch, {"recorded_at": at, "recorded_by": who, "key": "k"}, at.date())


def _of_a_ledger(at, who):
    place = {"place_id": "middlemarch"}
    file = LedgerFile.objects.create(
        **place, partner="council", name="july.csv", sha256="x", body=b"x", rows=1,
        received_at=at, received_by=who,
    )  # fmt: skip
    mapping = LedgerMapping.objects.create(
        **place, name="council", number=1, said={}, sha256="x", saved_at=at, saved_by=who
    )
    act = LedgerAct.objects.create(
        **place, act="funds.import", at=at, by=who, file=file, mapping=mapping, first=1,
        transactions=1, rows_sha256="x",
    )  # fmt: skip
    spent = LedgerAccount("care_pool", "home_care", "council", LedgerKind.ACTUAL)
    accounts = account_numbers("middlemarch", [spent, spent.other_side()]).values()
    rows = Rows()
    rows.headers.append(("k", "import", at.date(), 202611, "", "", None, "", 1))
    rows.postings.append([(a, 202611, p) for a, p in zip(accounts, (5, -5), strict=True)])
    write(act, rows)
    LedgerPeriod.objects.create(
        **place, fund="care_pool", period=202611, state="closed", at=at, by=who
    )
    made = {**place, "fund": "care_pool", "year": "2026/27", "number": 1, "rows": []}
    BudgetVersion.objects.create(**made, status="confirmed", set_at=at, set_by=who)
    ForecastRecord.objects.create(**made, at=202611, made_at=at, made_by=who)


def _of_a_meeting(text, made, on):
    place = {"place_id": "middlemarch"}
    meeting = Meeting.objects.create(
        **place, name="board", title="Board", bodies=["board"], on=on, arrangement=text
    )
    MeetingEntry.objects.create(meeting=meeting, number=1, kind="noted", at="2026-11-24", **made)
    MinutesEntry.objects.create(meeting=meeting, body="board", act="correct", on=on, **made)
    outcome = Outcome.objects.create(
        **place, meeting=meeting, item="5", arrangement=text, title="Beds", result="decided",
        manner="consensus", at="2026-11-24", on=on, **made,
    )  # fmt: skip
    decision = Decision.objects.create(
        **place, outcome=outcome, organisation="council", year=2026, number=1, title="Beds",
        reference="council-2026-1", maker="board.members", made_at="2026-11-24", made_on=on,
    )  # fmt: skip
    DecisionStep.objects.create(decision=decision, step="publish", at="2026-11-24", **made)
    action = Action.objects.create(
        **place, number=1, what="Report", owner="director", organisation="council", **made
    )
    ActionUpdate.objects.create(action=action, on=on, state="done", says="Done", **made)
    DisputeEntry.objects.create(
        **place, item="5", body="board", agreement="s75", step="passed", rung=1, on=on, by="icb",
        said="No agreement", **made,
    )  # fmt: skip
    Talk.objects.create(**place, item="5", on=on, said="thirty", **made)
    interest = {**place, "person": "Dr Sprague", "in_what": "trust", **made}
    InterestEntry.objects.create(**interest)
    DispensationEntry.objects.create(**interest, by="the chair", starts=on, ends=on)


@pytest.mark.parametrize("table", EVIDENCE)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = '7'", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_or_delete_evidence(evidence, table, statement):
    said = refused(statement.format(table=table, column=COLUMNS[table]))
    assert "is evidence" in said


def test_the_models_are_refused_too(middlemarch):
    for act in (
        lambda: TextVersion.objects.update(text="x"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.first().save(force_update=True),
    ):
        with pytest.raises(DatabaseError, match="is evidence"), transaction.atomic():
            act()


def test_a_row_cannot_be_put_in_the_place_of_another(middlemarch):
    columns = [field.column for field in AuditEntry._meta.concrete_fields]
    listed = ", ".join(columns)
    chosen = ", ".join("'x'" if column == "what" else column for column in columns)
    source = f"({listed}) SELECT {chosen} FROM records_auditentry WHERE number = 1"  # noqa: S608 - names of our own
    if connection.vendor == "sqlite":
        said = refused(f"INSERT OR REPLACE INTO records_auditentry {source}")
        assert "is evidence" in said
    else:
        said = refused(
            f"INSERT INTO records_auditentry {source} ON CONFLICT (number) DO UPDATE SET what = 'x'"
        )
        assert "is evidence" in said


def test_a_table_of_evidence_cannot_be_emptied_at_one_stroke(middlemarch):
    if connection.vendor == "sqlite":
        assert "is evidence" in refused("DELETE FROM records_textversion")  # it has no TRUNCATE
    else:
        # What a test left to be checked at the end is checked now, or PostgreSQL says that instead.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert "is evidence" in refused("TRUNCATE records_textversion CASCADE")


def test_two_entries_can_never_follow_the_same_one(middlemarch):
    first = AuditEntry.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.create(
            number=99, at=first.at, who="x", act="x.y", what="x", previous=first.previous, hash="x"
        )


def test_the_evidence_of_a_whole_cast_is_as_it_was_written(cast):
    assert list(verify_evidence()) == []
    number, digest = AuditEntry.objects.head()
    assert list(verify_evidence({number: digest})) == []


@pytest.fixture
def unguarded(middlemarch):
    """The database as somebody leaves it who may lift its guards."""
    allow_change(connection)
    yield
    refuse_change(connection)


def test_a_change_made_past_the_guards_is_found_out(unguarded):
    AuditEntry.objects.filter(number=1).update(what="nothing happened")
    assert [found.id for found in verify_evidence()] == ["audit.entry_changed"]


def test_an_adopted_text_changed_past_the_guards_is_found_out(unguarded):
    TextVersion.objects.update(text="format = 1")
    assert [found.id for found in verify_evidence()] == ["audit.text_changed"]


def test_the_last_entry_deleted_past_the_guards_is_found_out_by_its_noted_hash(unguarded):
    number, digest = AuditEntry.objects.head()
    AuditEntry.objects.all().delete()
    found = [finding.id for finding in verify_evidence({number: digest})]
    assert found == ["audit.entry_missing", "audit.text_unrecorded"]


def test_the_models_and_the_migrations_say_the_same(db):
    call_command("makemigrations", "records", check=True, dry_run=True, skip_checks=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_is_emptied_after_and_guarded_again(time, request):
    assert not AuditEntry.objects.exists()
    request.getfixturevalue("middlemarch")
    assert "is evidence" in refused("DELETE FROM records_auditentry")


def test_a_published_file_that_was_changed_past_the_guards_is_found_out(middlemarch):
    row = Publication.objects.create(
        place_id="middlemarch", matter="beds", kind="paper", title="Beds", media_type="text/html",
        body=b"as published", sha256=hashlib.sha256(b"as published").hexdigest(),
        published_at=datetime(2026, 11, 24, 9, tzinfo=UTC), published_by="clerk",
    )  # fmt: skip
    assert list(verify_evidence()) == []
    allow_change(connection)
    Publication.objects.filter(pk=row.pk).update(body=b"as changed")
    refuse_change(connection)
    assert [f.id for f in verify_evidence()] == ["audit.file_changed"]
