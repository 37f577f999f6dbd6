"""The sentences of what is wrong in the file that describes a document, as in `reason_words`."""

from collections.abc import Mapping

from corpus.why import Why

SIDECAR_WORDS: Mapping[Why, tuple[str, str]] = {
    Why.SIDECAR: (
        "is left out, for {sidecar} cannot be used: {faults}; mend that and ingest it again",
        "Het bestand is niet gelezen, want de beschrijving ernaast ({naam}) is niet te gebruiken: {fouten}; "
        "verbeter de beschrijving en lees het bestand opnieuw in.",
    ),
    Why.SIDECAR_GONE: ("it does not exist", "zij bestaat niet"),
    Why.SIDECAR_UNREADABLE: ("it cannot be read: {error}", "zij is niet te lezen (fout {number} van het systeem)"),
    Why.SIDECAR_ENCODING: ("it is not UTF-8 (byte {position})", "zij is geen UTF-8 (byte {position})"),
    Why.SIDECAR_NO_TOML: ("it is not TOML: {error}", "zij is geen goede TOML ({place})"),
    Why.UNKNOWN_KEY: (
        "unknown key {key!r}; known are {known}",
        "onbekende sleutel {key!r}; bekend zijn {known}",
    ),
    Why.IMPOSSIBLE_PERIOD: (
        "impossible period: valid_until {until} is before valid_from {start}",
        "onmogelijke looptijd: valid_until {until} ligt voor valid_from {start}",
    ),
    Why.NO_LIST: (
        'municipalities: {value} is not a list of names or GM codes, such as ["GM0344"]',
        'municipalities: {value} is geen lijst van namen of GM-codes, zoals ["GM0344"]',
    ),
    Why.UNKNOWN_MUNICIPALITY: ("unknown municipality {value!r}", "onbekende gemeente {value!r}"),
    Why.NEARLY_A_MUNICIPALITY: (
        "unknown municipality {value!r}; did you mean {near}?",
        "onbekende gemeente {value!r}; wordt {bijna} bedoeld?",
    ),
    Why.TWICE_A_MUNICIPALITY: (
        "municipalities: {value} is named twice",
        "municipalities: {value} is twee keer genoemd",
    ),
    Why.VALUE_NO_TEXT: ("{key}: {value} is not a text", "{key}: {value} is geen tekst"),
    Why.VALUE_EMPTY: (
        "{key}: is empty; leave the key out when it is unknown",
        "{key} is leeg; laat de sleutel weg als het niet bekend is",
    ),
    Why.VALUE_NO_ID: (
        "{key}: {value!r} is not lower-case letters and digits with single hyphens, at most {most}",
        "{key}: {value!r} bestaat niet uit kleine letters en cijfers met losse streepjes, hoogstens {most}",
    ),
    Why.VALUE_NO_IDS: (
        '{key}: {value} is not a list of document ids, such as ["utrecht-jeugdnota-2021"]',
        '{key}: {value} is geen lijst van kenmerken van documenten, zoals ["utrecht-jeugdnota-2021"]',
    ),
    Why.REPLACES_ITSELF: (
        "replaces: {value!r} is this document itself",
        "replaces: {value!r} is dit document zelf",
    ),
    Why.NO_FILE_KEY: (
        "file is missing: the path of the document, from the catalogue's folder",
        "file ontbreekt: het pad van het document, vanuit de map van de catalogus",
    ),
    Why.NO_ID_KEY: (
        "id is missing, such as id = 'utrecht-jeugdnota-2025'",
        "id ontbreekt, zoals id = 'utrecht-jeugdnota-2025'",
    ),
    Why.NO_SUCH_FILE: (
        "file {file!r} does not exist (looked for {place})",
        "file {file!r} bestaat niet (gezocht is {place})",
    ),
    Why.VALUE_UNKNOWN: (
        "{key}: {value!r} is unknown; known are {known}",
        "{key}: {value!r} is onbekend; bekend zijn {known}",
    ),
    Why.VALUE_NO_DATE: (
        "{key}: {value} is not a TOML date, such as 2025-01-31 without quotes",
        "{key}: {value} is geen datum in TOML, zoals 2025-01-31 zonder aanhalingstekens",
    ),
    Why.VALUE_NO_MONTH: (
        '{key}: {value} is not a year, month or day, such as "2024", "2024-02" or "2024-02-13"',
        '{key}: {value} is geen jaar, maand of dag, zoals "2024", "2024-02" of "2024-02-13"',
    ),
    Why.VALUE_NO_DAY: ("{key}: {value} is not in the calendar", "{key}: {value} staat niet in de kalender"),
}
