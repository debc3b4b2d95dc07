"""Notices to many: everybody in Bcc, no header that somebody else wrote, and read back by Python's own parser."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import HOSTILE
from tests.people_world import FIRST, TODAY, PeopleWorld
from tui_plan.exchange.mail import (
    LONGEST_LINK,
    addressees,
    addressees_of,
    checked_address,
    long_link_words,
    mailto,
    notice,
)
from tui_plan.insight.call_down import call_down
from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput
from tui_plan.operations import contacts

ON = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
REFUSED = (
    "ana@example.org\nBcc: eve@example.org",
    "ana@example.org\r\nSubject: no",
    "ana@example.org,ben@example.org",
    "Ana <ana@example.org>",
    "ana ruiz@example.org",
    "ana@exa mple.org",
    "ana@example..org",
    "ana@-example.org",
    ".ana@example.org",
    "ana.@example.org",
    '"ana"@example.org',
    "ana@[127.0.0.1]",
    "ana@",
    "@example.org",
    "ana",
    "",
    "josé@example.org",
    "ana@faß.example",
    "ana@\u200bexample.org",
    "a" * 250 + "@example.org",
    "ana@example.org\u2028Bcc: eve@example.org",
)


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def blind(message: EmailMessage) -> list[str]:
    return [address.addr_spec for address in message["Bcc"].addresses]


def body_of(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n").rstrip("\n")


def test_everybody_is_in_bcc_of_a_draft() -> None:
    message = read(notice(["ana@example.org", "ben+plan@example.org"], "Storm: call in", "First line\nSecond", on=ON))
    assert blind(message) == ["ana@example.org", "ben+plan@example.org"]
    assert message["To"].groups[0].display_name == "undisclosed-recipients"
    assert message["To"].addresses == ()
    assert (message["X-Unsent"], message["Subject"]) == ("1", "Storm: call in")
    assert message["Date"].datetime == ON
    assert body_of(message) == "First line\nSecond"
    assert not {"From", "Cc", "Sender", "Reply-To"} & set(message.keys())
    assert not message.defects


def test_a_hundred_addresses_come_back_in_order() -> None:
    many = [f"person.number{number}@example-{number}.org" for number in range(100)]
    content = notice([*many, many[0]], "To all", "", on=ON)
    assert blind(read(content)) == many
    assert max(map(len, content.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.text(st.characters(codec="utf-8"), max_size=3_000))
@settings(max_examples=40)
def test_no_subject_and_no_body_can_add_a_header(subject: str, body: str) -> None:
    message = read(notice(["ana@example.org"], subject, body, on=ON))
    assert set(message.keys()) == {
        *("X-Unsent", "Date", "To", "Bcc", "Subject"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    assert blind(message) == ["ana@example.org"]
    assert message["Subject"] == clean(subject)
    assert body_of(message) == clean(body, lines=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    message = read(notice(["ana@example.org"], text, text, on=ON))
    assert message["Subject"] == clean(text)
    assert body_of(message) == clean(text, lines=True)


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_no_single_plain_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidInput, match=r"address|domain"):
        checked_address(address)
    with pytest.raises(InvalidInput):
        notice(["ana@example.org", address], "x", "", on=ON)
    with pytest.raises(InvalidInput):
        mailto(["ana@example.org", address], "x")


def test_a_line_break_in_an_address_is_called_so() -> None:
    with pytest.raises(InvalidInput, match="has a line break in it; write it on one line"):
        checked_address("ana@example.org\nBcc: eve@example.org")


@pytest.mark.parametrize(
    ("address", "carried"),
    [
        ("ana@example.org", "ana@example.org"),
        (" Ana.Ruiz+plan@Example.ORG ", "Ana.Ruiz+plan@Example.ORG"),
        ("ana@müller.example", "ana@xn--mller-kva.example"),
        ("ana@例え.example", "ana@xn--r8jz45g.example"),
        ("o'neill@example.org", "o'neill@example.org"),
    ],
)
def test_addresses_are_carried_in_ascii(address: str, carried: str) -> None:
    assert checked_address(address) == carried
    assert blind(read(notice([address], "x", "", on=ON))) == [carried]


def test_a_link_opens_a_message_to_all_in_bcc() -> None:
    link = mailto(["ana+x@example.org", "ben@müller.example"], "Storm & flood: 50 % more?", "Call in.\nNow #1")
    assert link == (
        "mailto:?bcc=ana%2Bx@example.org,ben@xn--mller-kva.example"
        "&subject=Storm%20%26%20flood%3A%2050%20%25%20more%3F&body=Call%20in.%0D%0ANow%20%231"
    )
    asked = parse_qs(urlsplit(link).query)
    assert asked["bcc"] == ["ana+x@example.org,ben@xn--mller-kva.example"]
    assert asked["body"] == ["Call in.\r\nNow #1"]


@given(st.text(st.characters(codec="utf-8"), max_size=100))
@settings(max_examples=40)
def test_no_words_can_add_to_a_link(text: str) -> None:
    link = mailto(["ana@example.org"], text, text)
    fields = [field.partition("=") for field in link.removeprefix("mailto:?").split("&")]
    assert [name for name, _, _ in fields] == ["bcc", "subject", "body"][: 3 if text else 2]
    assert unquote(fields[1][2]) == clean(text)
    assert link.isascii()


def test_a_link_that_is_too_long_says_so() -> None:
    few, many = ["ana@example.org"], [f"person.number{number}@example.org" for number in range(80)]
    assert long_link_words(mailto(few, "x")) == ""
    link = mailto(many, "x")
    assert len(link) > LONGEST_LINK
    assert long_link_words(link) == (
        f"This link has {len(link):,} characters, and many mail programs cut it at 2,000: "
        "write the notice as an .eml file instead."
    )


def test_nobody_to_write_to_is_told() -> None:
    with pytest.raises(InvalidInput, match="nobody to write to"):
        notice([], "x", "", on=ON)
    with pytest.raises(InvalidInput, match="nobody to write to"):
        mailto([], "x")


def test_who_has_no_address_is_named(world: PeopleWorld) -> None:
    found = addressees(call_down(world.everybody, TODAY))
    assert found.addresses == ("gus@city.example.org",)
    assert found.without == ("Finn Berg", "Dana Lind", "Ben Okafor")
    assert found.unusable == ()


def test_the_address_is_found_behind_two_numbers(world: PeopleWorld) -> None:
    for value in ("01632 960010", "01632 960011"):
        contacts.add_contact(FIRST, world.dana, kind="phone", value=value)
    contacts.add_contact(FIRST, world.dana, kind="email", value="dana@trust.example.org")
    contacts.add_contact(FIRST, world.dana, kind="email", value="dana.lind@home.example.org")
    assert "dana@trust.example.org" not in str(call_down(world.officials, TODAY))
    assert addressees(call_down(world.officials, TODAY)).addresses == ("dana@trust.example.org",)


def test_an_address_that_no_mail_carries_is_named_and_left_out(world: PeopleWorld) -> None:
    contacts.add_contact(FIRST, world.ben, kind="email", value="bén@city.example.org")
    found = addressees_of([world.ben, world.ana])
    assert found.addresses == ("ana@college.example.org",)
    assert found.without == ()
    assert found.unusable == (
        "Ben Okafor: The address “bén@city.example.org” has letters before the @ that many mail servers refuse; "
        "ask them for one in plain letters.",
    )
