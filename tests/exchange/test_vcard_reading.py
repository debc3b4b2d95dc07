"""Cards that come in: versions 2.1 to 4.0, folded and quoted lines, broken ones, and whatever else a file may hold."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_plan.exchange.roster_entries import EntryContact, EntryPost, RosterEntry, RosterReading
from tui_plan.exchange.roster_import import import_roster
from tui_plan.exchange.roster_reading import read_roster
from tui_plan.exchange.vcard_reading import read_vcards
from tui_plan.model.base import rows
from tui_plan.model.errors import ImportProblem
from tui_plan.model.people import Party
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind


def read(text: str, encoding: str = "utf-8") -> RosterReading:
    return read_vcards(text.replace("\n", "\r\n").encode(encoding), "cards.vcf")


def one(*lines: str) -> RosterEntry:
    """Read one card with these lines, of which every one must be understood."""
    reading = read("\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]))
    assert reading.looks == ()
    (entry,) = reading.entries
    return entry


def looks(*lines: str) -> list[str]:
    """Read one card with these lines, and return what is told of it."""
    reading = read("\n".join(["BEGIN:VCARD", "VERSION:3.0", "FN:Ana", *lines, "END:VCARD", ""]))
    assert [entry.name for entry in reading.entries] == ["Ana"]
    return [look.text for look in reading.looks]


def test_a_card_of_version_3() -> None:
    entry = one(
        "UID:urn:uuid:4FBE8971-0bc3-424c-9c26-36c3e1eff6b1",
        "FN:Ana Ruiz",
        "N:Ruiz;Ana;Maria;Dr;",
        "NICKNAME:AR",
        "ORG:Harbour College\\; East",
        "TITLE:Registrar\\, deputy",
        "TEL;TYPE=WORK,VOICE:+44 20 7946 0001",
        "TEL;TYPE=CELL;TYPE=PREF:07700 900003",
        "TEL;TYPE=FAX:0123 999",
        "EMAIL;TYPE=INTERNET:second@example.org",
        "EMAIL;TYPE=INTERNET,PREF:ana@example.org",
        "item1.ADR;TYPE=WORK:;Flat 2;1 High Street\\, West;Town;;T1 1AA;UK",
        "item1.X-ABLABEL:office",
        "URL:https://example.org/ana",
        "CATEGORIES:Call list,East\\, West",
        "NOTE:Rings back\\nlate",
        "REV:20260101T000000Z",
    )
    assert (entry.kind, entry.uid) == (PartyKind.PERSON, "4fbe89710bc3424c9c2636c3e1eff6b1")
    assert (entry.name, entry.short_name, entry.organisation) == ("Ana Ruiz", "AR", "Harbour College; East")
    assert entry.posts == (EntryPost("Registrar, deputy"),)
    assert entry.contacts == (
        EntryContact("email", "ana@example.org"),
        EntryContact("email", "second@example.org"),
        EntryContact("mobile", "07700 900003"),
        EntryContact("phone", "+44 20 7946 0001"),
        EntryContact("other", "Fax: 0123 999"),
        EntryContact("address", "Flat 2, 1 High Street, West, Town, T1 1AA, UK"),
        EntryContact("other", "https://example.org/ana"),
    )
    assert entry.groups == ("Call list", "East, West")
    assert entry.remarks == "Rings back\nlate"


def test_a_card_of_version_2() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=A0imi=C4=87;An=\na;;;\n"
        "TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gesch=E4ftsf=FChrerin\n"
        "note;encoding=quoted-printable:one=0D=0Atwo =\nthree=\n\n"
        "TEL;CELL;VOICE:07700 900003\nTEL;PREF;WORK:0123 456\nEMAIL;INTERNET:ana@example.org\nEND:VCARD\n"
    )
    reading = read(text)
    assert reading.looks == ()
    (entry,) = reading.entries
    assert entry.name == "Ana Šimić"
    assert entry.posts[0].name == "Geschäftsführerin"
    assert entry.remarks == "one\ntwo three"
    assert [contact.value for contact in entry.contacts] == ["ana@example.org", "0123 456", "07700 900003"]


def test_a_card_of_version_4() -> None:
    entry = one(
        "KIND:individual",
        "FN:Ana Ruiz",
        'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+44-20-7946-0001',
        "TEL;VALUE=uri;TYPE=cell:tel:+44-7700-900003",
        "EMAIL;PREF=2:mailto:b@example.org",
        "EMAIL;PREF=1:a@example.org",
    )
    assert [tuple(contact[:2]) for contact in entry.contacts] == [
        ("email", "a@example.org"),
        ("email", "b@example.org"),
        ("phone", "+44-20-7946-0001"),
        ("mobile", "+44-7700-900003"),
    ]


@pytest.mark.parametrize("line", ["KIND:org", "X-ABShowAs:COMPANY"])
def test_organisations(line: str) -> None:
    entry = one(line, "ORG:Harbour College", "TEL:0123 456", "N:;;;;")
    assert (entry.kind, entry.name, entry.organisation) == (PartyKind.ORGANISATION, "Harbour College", "")


def test_a_title_may_share_a_group_with_its_organisation() -> None:
    entry = one("FN:Ana", "ORG:College", "TITLE:Head", "a.TITLE:Chair", "a.ORG:Council")
    assert entry.organisation == "College"
    assert entry.posts == (EntryPost("Head"), EntryPost("Chair", "Council"))
    assert one("FN:Ana", "a.TITLE:Chair", "a.ORG:Council").organisation == "Council"


def test_lines_are_unfolded() -> None:
    assert one("FN:Ana ", " Ru", "\tiz").name == "Ana Ruiz"
    assert one("FN:Ana", "EMAIL:ana@exam", " ple.org").contacts[0].value == "ana@example.org"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("this is no line", "line 4 is broken, and is left out: “this is no line”."),
        ('TEL;TYPE=a,b,"c:0123', "line 4 is broken"),
        ("EMAIL;ENCODING=QUOTED-PRINTABLE;CHARSET=klingon:a=40b", "line 4 cannot be decoded"),
        ("EMAIL;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:a=ff", "line 4 cannot be decoded"),
        (f"NOTE:{'x' * 20_001}", "line 4 is longer than 20,000 characters"),
        ("EMAIL:ana ruiz@example.org", "“ana ruiz@example.org” is no address for e-mail"),
        ("TEL:call me", "“call me” is no number to call"),
        ("PHOTO;ENCODING=b:AAAA", "left out, since a roster has no place for it: PHOTO."),
        ("BDAY:1970-01-01", "BDAY"),
        ("ORG:College;Registry", "the unit “Registry”"),
        ("BEGIN:VEVENT", "BEGIN"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_broken_or_has_no_place_is_told_and_the_rest_is_read(line: str, told: str) -> None:
    (look,) = looks(line)
    assert told in look


def test_one_broken_card_keeps_no_other_out() -> None:
    reading = read(
        "hello\nBEGIN:VCARD\nFN:Ana\nEND:VCARD\nBEGIN:VCARD\nTEL:0123 456\nEND:VCARD\n"
        "BEGIN:VCARD\nFN:Ben\nBEGIN:VCARD\nFN:Cleo\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nKIND:location\nFN:Hall\n"
        "END:VCARD\nBEGIN:VCARD\nFN:" + "x" * 301 + "\nEND:VCARD\nBEGIN:VCARD\nFN:Dan\n"
    )
    assert [(entry.number, entry.name) for entry in reading.entries] == [
        (1, "Ana"),
        (3, "Ben"),
        (4, "Cleo"),
        (7, "Dan"),
    ]
    assert [(look.number, look.text) for look in reading.looks] == [
        (0, "Line 1 stands outside a card, and is left out: “hello”."),
        (0, "Line 13 stands outside a card, and is left out: “END:VCARD”."),
        (2, "the card that begins in line 5 has no name, and is left out."),
        (3, "the card that begins in line 8 has no end, another begins in line 10; it is read as far as it is."),
        (5, "the card that begins in line 14 is of the kind “location”, and is left out."),
        (6, "The name is 301 characters long; shorten it to 300. The card is left out."),
        (7, "the card that begins in line 21 has no end, the file ends before; it is read as far as it is."),
    ]
    assert reading.remarks == ("Read as UTF-8, 7 cards",)
    assert reading.problems == ()


def test_old_encodings() -> None:
    reading = read("BEGIN:VCARD\nFN:Zoë\nEND:VCARD\n", "cp1252")
    assert (reading.entries[0].name, reading.remarks) == ("Zoë", ("Read as Windows-1252, 1 card",))
    assert read("BEGIN:VCARD\nFN:Zoë\nEND:VCARD\n", "utf-16").entries[0].name == "Zoë"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Name,E-mail\n", "cards.vcf holds no vCard"),
        (b"", "holds no vCard"),
        (b"BEGIN:VCARD\0", "is not a text file"),
        (b"BEGIN:VCARD\n" * 20_001, "more than 20,000 cards"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
    ids=["table", "empty", "binary", "many", "large"],
)
def test_files_that_are_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(ImportProblem, match=sentence):
        read_vcards(content, "cards.vcf")


def test_a_file_is_told_by_its_content(tmp_path: Path, plan_database: Path, author: Author, today: date) -> None:
    path = tmp_path / "contacts.txt"
    path.write_bytes(b"\xef\xbb\xbf\r\nbegin:vcard\r\nFN:Ana Ruiz\r\nORG:College\r\nTITLE:Head\r\nEND:VCARD\r\n")
    reading = read_roster(path)
    assert reading.unit == "card"
    outcome = import_roster(author, reading, today=today)
    assert [(party.kind, party.name) for party in outcome.new] == [
        ("organisation", "College"),
        ("person", "Ana Ruiz"),
        ("post", "Head"),
    ]
    assert import_roster(author, read_roster(path), today=today).changes_nothing
    assert len(rows(Party.select(Party.uid))) == 3


def test_hostile_lines_take_no_time() -> None:
    picture = "PHOTO;ENCODING=b:" + "\n ".join(["A" * 70] * 20_000)
    commas = "TEL;TYPE=" + "a," * 5_000 + '"'
    equals = "TEL;A" + "=a" * 5_000 + '"'
    folded = "NOTE:" + "\n x" * 20_000
    begun = time.perf_counter()
    found = looks(picture, commas, equals, folded, "TEL" + ";a" * 5_000, f"{commas[:-1]}a:0123 456", "A" * 200_000)
    assert time.perf_counter() - begun < 5
    assert len(found) == 6


_MARKS = st.sampled_from(["BEGIN:VCARD", "END:VCARD", "\r\n", "\n", ";", ",", ":", "=", '"', "\\", "\\n", " ", "\x1b"])
_WORDS = st.sampled_from(
    ["FN:", "N:", "TEL", "ORG:", "EMAIL:", "ADR:", ";TYPE=", "CHARSET=", "utf-8", "x.", "=C3", "é"]
)
_PIECES = _MARKS | _WORDS | st.just("ENCODING=QUOTED-PRINTABLE")


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join).map(str.encode) | st.binary(max_size=80))
def test_whatever_a_file_holds_only_an_import_problem_comes_out(data: bytes) -> None:
    for content in (data, b"BEGIN:VCARD\r\nFN:Ana\r\n" + data):
        try:
            reading = read_vcards(content, "cards.vcf")
        except ImportProblem:
            continue
        assert all("\x1b" not in look.text for look in reading.looks)
        assert all(entry.name for entry in reading.entries)
