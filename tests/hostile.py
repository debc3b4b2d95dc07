"""Texts that broke terminal programs: markup, escape sequences, bidi controls, wide characters, and sheer length."""

HOSTILE = (
    "Budget [/] review",
    "Ask [/red] team",
    "[draft] plan [TBC]",
    "[@click=app.bell]ring[/]",
    "\x1b[31mred\x1b[0m \x1b]52;c;aGVsbG8=\x07 \x1b]0;title\x07",
    "one\ttwo\r\nthree\x00four\x7f\x9b31m",
    "\u202eright to left\u202c \u2066isolated\u2069",
    "مرحبا بالعالم שלום עולם",
    "日本語の計画と予算",
    "👩‍👩‍👧 family 🎉🏳️‍🌈",
    "Z" + "\u0301\u0300\u0302\u0303\u0304" * 40 + "algo",
    "zero\u200bwidth\ufeffjoined\u00adsoft",
    "\ud800lone surrogate",
    "word " * 2000,
    "x" * 10_000,
    "",
    " ",
)


def control_characters(text: str) -> set[str]:
    """Return the characters of ``text`` that a terminal would obey or hide words with."""
    import unicodedata

    return {each for each in text if unicodedata.category(each) in {"Cc", "Cs", "Co"} or each in "\u202e\u2066\u200b"}
