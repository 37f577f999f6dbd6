"""Web pages (HTML, XHTML): headings, lists, tables and notes of the page's own text."""

from lxml import etree

from corpus.errors import DocumentError
from corpus.reason import Why, because
from ingest.drafts.draft import Draft
from ingest.drafts.source import structured
from ingest.parser_versions import HTML_PARSER
from ingest.proposals.from_properties import property_proposals
from ingest.structured import Structured
from ingest.web.encoding import decoded
from ingest.web.visible import Visibility
from ingest.web.web_properties import web_properties
from ingest.web.web_text import WebText, text_length

_DOUBTFUL = "Niet zeker is welk deel van de webpagina de tekst is; alles buiten menu's en banners is gelezen"
_MAIN_IDS = frozenset("main content main-content maincontent inhoud hoofdinhoud".split())


def parse_html(name: str, data: bytes) -> Structured:
    """The text of a web page in the order of the page, without menus, banners, forms and what is hidden.

    The element that the page calls its main part is taken where it holds at least half of the text. `name` is for
    messages; raises DocumentError for a page without text, or one that nests too deep to be read whole.
    """
    root = _parsed(name, decoded(data))
    drafts, problems = _chosen(root)
    return structured(name, drafts, HTML_PARSER, property_proposals(web_properties(root)), problems)


def _parsed(name: str, text: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(name, because(Why.BROKEN_PAGE, error=str(error))) from error
    if root is None:
        raise DocumentError(name, because(Why.PAGE_WITHOUT_TEXT))
    if any("depth" in str(entry.message).lower() for entry in parser.error_log):
        raise DocumentError(name, because(Why.DEEP_PAGE))
    return root


def _chosen(root: etree._Element) -> tuple[list[Draft], list[str]]:
    """The text of the main part, or of the whole page; and what is doubtful about that."""
    visibility = Visibility(root)
    whole = WebText(root, visibility).drafts
    main = _main(root)
    if main is None:
        return whole, []
    drafts = WebText(main, visibility).drafts
    if text_length(drafts) * 2 >= text_length(whole):
        return drafts, []
    return whole, [_DOUBTFUL] if text_length(whole) else []


def _main(root: etree._Element) -> etree._Element | None:
    """The element that a page calls its main part, or its only article; None where it calls none so."""
    named = [each for each in root.iter("main", "div", "section") if each.tag == "main" or each.get("role") == "main"]
    if named:
        return named[0]
    articles = list(root.iter("article"))
    if len(articles) == 1:
        return articles[0]
    return next((each for each in root.iter("div", "section") if each.get("id", "").lower() in _MAIN_IDS), None)
