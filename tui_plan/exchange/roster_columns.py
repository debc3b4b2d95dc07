"""The columns of a roster as a spreadsheet: what each can hold, and the headings by which it is recognised.

The writer of the roster sheet takes its headings from here, so that our own reader knows every one of them. A column
that is not recognised is told of and left out: there is no place on a roster to keep it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tui_plan.exchange.sheet_columns import heading_words, named_in
from tui_plan.model.clean import name_key
from tui_plan.model.errors import ImportProblem


class RosterField(StrEnum):
    """What a column can hold; the values are the words of ``--map 'Heading=field'``."""

    NAME = "name"
    FIRST = "first name"
    LAST = "last name"
    KIND = "kind"
    ORGANISATION = "organisation"
    POST = "post"
    POST_IN = "post in"
    SINCE = "in post since"
    UNTIL = "in post until"
    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    ADDRESS = "address"
    OTHER = "other contact"
    ORDER = "order of contact"
    VERIFIED = "verified on"
    AUDIENCE = "audience"
    GROUPS = "groups"
    LOGIN = "login"
    SHORT = "short name"
    JOINED = "joined"
    LEFT = "left"
    REMARKS = "remarks"
    UID = "uid"
    IGNORE = "ignore"


ACTING = "(acting)"
"""Stands behind the post of somebody who only acts in it."""

NO_ORGANISATION = "none"
"""Stands where a post belongs to no organisation and its holder does."""

USUAL_SEAT = "member"
"""The seat in a group that is not written; another stands in brackets behind the group."""

CONTACT_FIELDS = (
    RosterField.EMAIL,
    RosterField.PHONE,
    RosterField.MOBILE,
    RosterField.ADDRESS,
    RosterField.OTHER,
)
"""In the order of the kinds of contact, which each of them holds."""

MANY = frozenset({*CONTACT_FIELDS, RosterField.GROUPS, RosterField.REMARKS, RosterField.IGNORE})
"""Fields that several columns may hold: what they say is taken together."""

HEADINGS: dict[RosterField, str] = {
    RosterField.NAME: "Name",
    RosterField.KIND: "Kind",
    RosterField.ORGANISATION: "Organisation",
    RosterField.POST: "Post",
    RosterField.POST_IN: "Post in",
    RosterField.SINCE: "In post since",
    RosterField.UNTIL: "In post until",
    RosterField.EMAIL: "E-mail",
    RosterField.PHONE: "Phone",
    RosterField.MOBILE: "Mobile",
    RosterField.ADDRESS: "Address",
    RosterField.OTHER: "Other contact",
    RosterField.ORDER: "Order of contact",
    RosterField.VERIFIED: "Verified on",
    RosterField.AUDIENCE: "Audience",
    RosterField.GROUPS: "Groups",
    RosterField.LOGIN: "Login",
    RosterField.SHORT: "Short name",
    RosterField.JOINED: "Joined",
    RosterField.LEFT: "Left",
    RosterField.REMARKS: "Remarks",
    RosterField.UID: "UID",
}
"""The headings that we write, in their order; remarks only where they are asked for."""

_SYNONYMS: dict[RosterField, str] = {
    RosterField.NAME: "full name, contact name, display name, person, contact person, name of person, formatted name",
    RosterField.FIRST: "forename, given name, christian name",
    RosterField.LAST: "surname, family name",
    RosterField.KIND: "kind of record, record kind",
    RosterField.ORGANISATION: "organization, org, company, company name, partner, partner organisation, "
    "partner organization, organisation name, organization name, agency, institution, school, employer, works at, "
    "works for, affiliation, belongs to",
    RosterField.POST: "position, job title, post title, job, designation, office held, position title",
    RosterField.POST_IN: "post s organisation, organisation of the post, organisation of post, post at",
    RosterField.SINCE: "post since, since, appointed, appointed on, holder since, in office since",
    RosterField.UNTIL: "post until, until, term end, end of term, holder until, in office until",
    RosterField.EMAIL: "e mail, e mail address, email address, mail, mail address, work email, work e mail, "
    "business email, personal email, primary email, e mail value",
    RosterField.PHONE: "telephone, phone number, tel, tel no, telephone number, work phone, business phone, "
    "home phone, office phone, landline, direct line, direct phone, phone value",
    RosterField.MOBILE: "mobile phone, mobile number, mobile no, cell, cell phone, cellphone, cell number",
    RosterField.ADDRESS: "postal address, mailing address, street address, work address, business address, "
    "home address",
    RosterField.OTHER: "other way to reach, web site, website, web page, skype, signal, fax, business fax",
    RosterField.ORDER: "contact order, order of preference",
    RosterField.VERIFIED: "verified, last verified, contact verified, contact verified on, date verified",
    RosterField.AUDIENCE: "segment",
    RosterField.GROUPS: "group, committee, mailing list, member of, working group, notification list, "
    "group membership, distribution list",
    RosterField.LOGIN: "username, user name, account",
    RosterField.SHORT: "abbreviation, acronym, nickname, short form",
    RosterField.JOINED: "joined on, date joined, member since, joining date",
    RosterField.LEFT: "left on, date left, leaving date",
    RosterField.REMARKS: "note, comment",
}
_LESS_SURE: dict[RosterField, str] = {
    RosterField.NAME: "contact, who",
    RosterField.POST: "title, role, function",
    RosterField.JOINED: "start date",
    RosterField.LEFT: "end date",
}
"""Headings that are taken for a field only where no other column holds it: "Title" may be "Dr" beside "Job title"."""

_NUMBER = re.compile(r"\b[0-9]+\b")


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column: where it stands (from 0), its heading, what it became (None: left out), and why not more."""

    index: int
    heading: str
    field: RosterField | None
    remark: str = ""


def recognise_roster(headings: tuple[str, ...], mapping: Mapping[str, str] | None = None) -> tuple[RosterColumn, ...]:
    """Return what each of ``headings`` is; ``mapping`` (heading → field or ``ignore``) goes first.

    Raises ImportProblem when the mapping names an unknown heading or field, or when no column holds names.
    """
    chosen = _checked_mapping(headings, mapping or {})
    taken: dict[RosterField, str] = {field: "" for field in chosen.values() if field not in MANY}
    wanted = [chosen.get(heading_words(heading)) or _sure(heading) for heading in headings]
    columns: list[RosterColumn] = []
    for index, (heading, sure) in enumerate(zip(headings, wanted, strict=True)):
        field = sure or _maybe(heading, wanted)
        columns.append(_column(index, heading, field, heading_words(heading) in chosen, taken))
    if not {RosterField.NAME, RosterField.LAST, RosterField.FIRST} & {column.field for column in columns}:
        raise ImportProblem(
            f"No column holds the names. The headings are {_listed(headings)}: "
            "say which one it is, for example --map 'Heading=name'."
        )
    return tuple(columns)


def roster_fields(headings: tuple[str, ...], mapping: Mapping[str, str]) -> set[RosterField]:
    """Return the different fields that ``headings`` name: by them a row of headings is found.

    Raises ImportProblem when the mapping names an unknown field.
    """
    chosen = _mapped(mapping)
    found = {chosen.get(heading_words(each)) or _sure(each) or _maybe(each, ()) for each in headings if each}
    return {field for field in found if field}


def _column(
    index: int, heading: str, field: RosterField | None, chosen: bool, taken: dict[RosterField, str]
) -> RosterColumn:
    if field is None or field in MANY:
        return RosterColumn(index, heading, field)
    if field in taken and (taken[field] or not chosen):
        other = f"taken from “{taken[field]}”" if taken[field] else "mapped to another column"
        return RosterColumn(index, heading, None, f"{field} is already {other}")
    taken[field] = heading
    return RosterColumn(index, heading, field)


def _sure(heading: str) -> RosterField | None:
    return named_in(heading, _FIELDS) or named_in(_NUMBER.sub(" ", heading), _FIELDS)


def _maybe(heading: str, others: Sequence[RosterField | None]) -> RosterField | None:
    field = named_in(heading, _MAYBE_FIELDS)
    return None if field in others else field


def _checked_mapping(headings: tuple[str, ...], mapping: Mapping[str, str]) -> dict[str, RosterField]:
    known = {heading_words(heading) for heading in headings}
    for heading in mapping:
        if heading_words(heading) not in known:
            raise ImportProblem(f"There is no column “{heading}” to map: the headings are {_listed(headings)}.")
    chosen = _mapped(mapping)
    single = [field for field in chosen.values() if field not in MANY]
    twice = next((field for field in single if single.count(field) > 1), None)
    if twice is not None:
        raise ImportProblem(f"Two columns are mapped to {twice}: map one of them to ignore.")
    return chosen


def _mapped(mapping: Mapping[str, str]) -> dict[str, RosterField]:
    """Return the fields of a mapping by the words of its headings."""
    chosen: dict[str, RosterField] = {}
    for heading, name in mapping.items():
        field = next((one for one in RosterField if one == name_key(name)), None) or _FIELDS.get(heading_words(name))
        if field is None:
            raise ImportProblem(f"“{name}” is no field of a roster: choose one of {', '.join(RosterField)}.")
        chosen[heading_words(heading)] = field
    return chosen


def _listed(headings: tuple[str, ...]) -> str:
    return ", ".join(f"“{heading}”" for heading in headings if heading) or "empty"


def _by_words(synonyms: Mapping[RosterField, str]) -> dict[str, RosterField]:
    return {heading_words(word): field for field, words in synonyms.items() for word in words.split(",")}


_FIELDS: dict[str, RosterField] = {
    **{heading_words(field): field for field in RosterField},
    **{heading_words(heading): field for field, heading in HEADINGS.items()},
    **_by_words(_SYNONYMS),
}
_MAYBE_FIELDS = _by_words(_LESS_SURE)
