"""The sentences of what went wrong while a file was read, as in `reason_words`."""

from collections.abc import Mapping

from corpus.why import Why

_SAVE_AGAIN = "open het in het programma waarmee het is gemaakt en sla het opnieuw op."
_SPLIT = "deel het bestand op."
_SPLIT_OR = "deel het op, of open het in het programma waarmee het is gemaakt en sla het opnieuw op."

READING_WORDS: Mapping[Why, tuple[str, str]] = {
    Why.MANY_PAGES: (
        "has {pages} pages, and no more than {most} are read; split it into parts",
        f"Het bestand heeft {{pages}} en er worden er hoogstens {{most}} gelezen; {_SPLIT}",
    ),
    Why.MUCH_MEMORY: (
        "takes more than {mebibytes} MiB of memory to read; split it into parts, or save it again from the program "
        "that it belongs to",
        f"Het lezen van het bestand kost meer dan {{mebibytes}} MiB geheugen; {_SPLIT_OR}",
    ),
    Why.MUCH_TEXT: (
        "yields more than {mebibytes} MiB of text and places; split it into parts",
        f"Het bestand levert meer dan {{mebibytes}} MiB aan tekst op; {_SPLIT}",
    ),
    Why.LONG_READING: (
        "was not read within {seconds} seconds and was given up; split it into parts, or save it again from the "
        "program that it belongs to",
        f"Het lezen van het bestand duurde langer dan {{seconds}} seconden en is afgebroken; {_SPLIT_OR}",
    ),
    Why.ENDED_BY_SIGNAL: (
        "ended the process that read it (signal {number}), by damage in the file or for want of memory; open it in "
        "the program that it belongs to and save it again",
        f"Het lezen van het bestand brak af (signaal {{number}}), door schade in het bestand of gebrek aan geheugen; "
        f"{_SAVE_AGAIN}",
    ),
    Why.ENDED_WITH_CODE: (
        "ended the process that read it (exit code {number}), by damage in the file or for want of memory; open it in "
        "the program that it belongs to and save it again",
        f"Het lezen van het bestand brak af (code {{number}}), door schade in het bestand of gebrek aan geheugen; "
        f"{_SAVE_AGAIN}",
    ),
    Why.NO_SENSE: (
        "made the process that read it give an answer that makes no sense; open it in the program that it belongs to "
        "and save it again",
        f"Het lezen van het bestand leverde iets onbruikbaars op; {_SAVE_AGAIN}",
    ),
    Why.READER_FAILED: (
        "cannot be read: its reader failed ({place}); save it again from the program that it belongs to, and please "
        "report this",
        f"Het lezen van het bestand is mislukt ({{place}}); {_SAVE_AGAIN} Meld dit ook.",
    ),
}
