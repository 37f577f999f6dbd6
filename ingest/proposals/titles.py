"""Titles worth proposing, told from what programs and people leave in their place."""

import re

_PROGRAM = re.compile(r"(?i)^microsoft (?:office )?(?:word|powerpoint|excel|outlook|publisher)\s*[-–:]\s*")
_ENDING = re.compile(r"(?i)\.(?:docx?|docm|dotx?|odt|rtf|pdf|pptx?|xlsx?|indd|html?|txt|md|qxd|pub|pages)$")
_JUNK = re.compile(
    r"(?i)(?:untitled|naamloos|zonder titel|geen titel|no title|titel|title|onderwerp|document|word document|"
    r"word-document|nieuw document|new document|presentatie|presentation|powerpoint[- ]presentatie|powerpoint "
    r"presentation|dia|slide|sjabloon|template|concept|scan|scanned document|print|printen|index|home|bijlage|memo|"
    r"ontwerp|ontwerpversie|definitief|eindversie|eindrapport|vertrouwelijk|openbaar|bijlagen|verslag|agenda|"
    r"brief|notitie|rapport|blanco|test|kopie|copy|map|blad|sheet|layout|opmaak)[\s_\-]*\d*"
)
_GENERAL = re.compile(
    r"(?i)(?:\d+(?:\.\d+)*\.?\s+)?(?:inhoud(?:sopgave)?|inleiding|voorwoord|woord vooraf|samenvatting|leeswijzer|"
    r"colofon|aanleiding|uw (?:brief|verzoek|kenmerk)(?: van)?|ons kenmerk|betreft|datum|geachte .*|besluit|bijlagen?|"
    r"managementsamenvatting|onderwerp|gemeente \S+(?: \S+)?|persoonlijke gegevens|contact|toelichting)\W*"
)
_NUMBERED = re.compile(
    r"(?:(?i:hoofdstuk|artikel|paragraaf|§|deel|bijlage|vraag|antwoord|stap|thema)\s*)?[\dIVX]+(?:\.\d+)*[.:)]?(?:\s|$)"
)
_CODE = re.compile(r"(?i)\b(?=[a-z_-]*\d)(?:[a-z]{1,4}[-_]?\d{5,}|\d{5,}|[0-9a-f]{12,})\b")
_DATE = re.compile(r"\b(?:\d{1,2}[-.]\d{1,2}[-.](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d{6})\b")
_VERSION = re.compile(
    r"(?i)(?:^|(?<=\s))\(?(?:def(?:initief)?|versie|v\.?\d+(?:[._]\d+)*|\d+\.\d+|tekst|web(?:versie)?|digitaal|lowres|lr|"
    r"hires|print|final|clean(?:ed)?|scan(?:ned)?|ocr|ondertekend|getekend|geanonimiseerd|kopie|copy)\)?(?=\s|$)|\(\d\)"
)
_TEMPLATE = re.compile(r"(?i)\b(?:sjabloon|template|mal)\b")
_ODD = re.compile(r"[^\w\s.,:;'’‘\"“”„()\[\]\-–—/&?!%€+#*|@§°×²·…]")
_LONGEST = 250


def title_from(text: str | None) -> str | None:
    """The title that a property or heading holds, without what a program wrote around it; None for none."""
    if not text:
        return None
    title = _PROGRAM.sub("", " ".join(text.split())).strip(" _-–|")
    if _ENDING.search(title):
        return title_from_name(title)
    own, _, site = title.partition(" | ")
    title = own if site and len(own.split()) > 1 else title
    return title if _is_title(title) else None


def title_of_heading(text: str) -> str | None:
    """The title that the heading at the top of a text is; None for one that only says what follows it."""
    title = title_from(text)
    return None if title is None or _GENERAL.fullmatch(title) or _NUMBERED.match(title) else title


def title_from_name(name: str) -> str | None:
    """The title in a file name of at least two words, without codes, dates, versions and its ending."""
    title = _ENDING.sub("", name)
    if " " not in title:
        title = re.sub(r"[_+]|-(?!\d)|(?<!\d)-", " ", title)
    for clutter in (_DATE, _CODE, _VERSION):
        title = clutter.sub(" ", title.replace("_", " "))
    title = re.sub(r"\(\s*\)|\[\s*\]", " ", title)
    title = " ".join(title.split()).strip(" -–.,")
    words = re.findall(r"[^\W\d_]{3,}", title)
    says = len(words) >= 2 or (len(words) == 1 and len(words[0]) >= 6 and re.search(r"\b20\d\d\b", title))
    return title[0].upper() + title[1:] if says and _is_title(title) else None


def _is_title(title: str) -> bool:
    if not 4 <= len(title) <= _LONGEST or _JUNK.fullmatch(title):
        return False
    if _TEMPLATE.search(title) or len(_ODD.findall(title)) > 1 or _is_spaced_out(title):
        return False
    letters = sum(map(str.isalpha, title))
    return letters * 2 >= len(title) and bool(re.search(r"[^\W\d_]{4,}|[^\W\d_]{2,}\s+[^\W\d_]{2,}", title))


def _is_spaced_out(title: str) -> bool:
    """Whether a title is set as 'T W E E D E  K A M E R'."""
    words = title.split()
    return len(words) > 4 and sum(1 for word in words if len(word) == 1) * 2 > len(words)
