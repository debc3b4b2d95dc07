"""A paper in one of its three forms, each imported when it is asked for. Called by the papers and the command line."""

from tui_plan.exchange.document import Document


def paper_as(paper: Document, form: str, width: int = 80) -> str | bytes:
    """Return a paper as ``text`` in lines of ``width`` cells, ``md`` or ``html``."""
    if form == "html":
        from tui_plan.exchange.document_html import document_html

        return document_html(paper)
    if form == "md":
        from tui_plan.exchange.document_markdown import document_markdown

        return document_markdown(paper)
    from tui_plan.exchange.document_text import document_text

    return document_text(paper, width)
