"""What of a web page a reader does not read: menus, banners, forms, and what is hidden."""

import re

from lxml import etree

_NEVER = frozenset(
    """
    script style noscript template head title svg iframe frame frameset object embed canvas audio video map area select
    option optgroup datalist button input textarea label meter progress dialog nav link meta base applet param source
    track picture img rp rt
    """.split()
)
_FRAMES = frozenset({"header", "footer"})
_CONTENT = frozenset({"html", "body", "main", "article"})
_ROLES = frozenset("navigation banner contentinfo search dialog alertdialog menu menubar toolbar tablist".split())
_HIDDEN_STYLE = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_HIDDEN_CLASS = re.compile(
    r"(?i)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|skip-?links?|skiplink-.*|hidden|print-only)"
)
_BANNER = re.compile(
    r"(?i)(?:.*[-_])?(?:cookies?(?:[-_]?(?:bar|banner|consent|melding|notice|wall|popup|message|dialog|overlay))?|"
    r"cookiebar|cookiebanner|cookieconsent|breadcrumbs?|kruimelpad|broodkruimel|share-buttons|social-share|pagination)(?:[-_].*)?"
)
_FOLDED = re.compile(
    r"(?i)(?:.*[-_])?(?:accordi?on|collaps(?:e|ed|ible)|panel|tab-?pane|faq|toggle|uitklap\w*|harmonica)(?:[-_].*)?"
)
_NO_TEXT = re.compile(r"(?i).*(?:menu|nav|search|zoek|modal|dialog|cookie|popup|overlay|share|close|sluit).*")
_TARGETS = ("aria-controls", "data-target", "data-bs-target")
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MOST_WEIGHED = 200


class Visibility:
    """Tells which elements of one page are left out; what holds most of the page never is."""

    def __init__(self, root: etree._Element) -> None:
        self._whole = weight(root)
        self._weighed = 0
        self._unfolding = {
            target.removeprefix("#")
            for each in root.iter("button", "a", "div", "h2", "h3", "h4")
            for name in _TARGETS
            for target in each.get(name, "").split()
        }

    def is_read(self, element: etree._Element) -> bool:
        """Whether a reader of the page's text reads what is in an element."""
        tag = element.tag
        if self._is_folded(element) or (tag == "button" and _is_title(element)):
            return True
        if tag in _NEVER or element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style", "")):
            return False
        if tag in _CONTENT:
            return True
        return not _is_aside(element) or self._holds_most(element)

    def _is_folded(self, element: etree._Element) -> bool:
        """Whether an element is a part of the text that a reader unfolds by its title."""
        if element.tag not in ("div", "section", "dd", "li", "p", "ul"):
            return False
        names = _names(element)
        if any(_NO_TEXT.fullmatch(name) for name in names) or element.get("role", "").lower() in _ROLES:
            return False
        return element.get("id") in self._unfolding or any(_FOLDED.fullmatch(name) for name in names)

    def _holds_most(self, element: etree._Element) -> bool:
        self._weighed += 1
        return self._weighed <= _MOST_WEIGHED and weight(element) * 2 > self._whole


def weight(root: etree._Element) -> int:
    """How many characters stand in an element, scripts and styles left out."""
    total = 0
    for element in root.iter(etree.Element):
        if element.tag not in ("script", "style"):
            total += len((element.text or "").strip())
        if element is not root:
            total += len((element.tail or "").strip())
    return total


def _names(element: etree._Element) -> list[str]:
    return [name for name in (*element.get("class", "").split(), element.get("id", "")) if name]


def _is_title(button: etree._Element) -> bool:
    """Whether a button is the title of a part that it unfolds."""
    if any(_NO_TEXT.fullmatch(name) for name in _names(button)):
        return False
    parent = button.getparent()
    if parent is not None and parent.tag in _TITLES:
        return True
    folds = button.get("aria-expanded") is not None or button.get("aria-controls") is not None
    return folds or any(_FOLDED.fullmatch(name) for name in _names(button))


def _is_aside(element: etree._Element) -> bool:
    if element.get("aria-hidden") == "true" or element.get("role", "").lower() in _ROLES:
        return True
    if any(_HIDDEN_CLASS.fullmatch(name) or _BANNER.fullmatch(name) for name in _names(element)):
        return True
    return element.tag in _FRAMES and not any(
        above.tag in ("main", "article", "section") or above.get("role") == "main" for above in element.iterancestors()
    )
