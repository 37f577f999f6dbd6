"""The sentences of every kind of reason: in English after the name of a file, and in Dutch for readers."""

from collections.abc import Mapping

from corpus.why import Why

_AS_PDF = "sla het op als PDF en bied die aan."
_AS_DOCX = "sla het op als .docx of als PDF en bied dat aan."
_UNPACK = "pak het uit en bied de documenten aan die erin zitten."
_SAVE_AGAIN = "open het in het programma waarmee het is gemaakt en sla het opnieuw op."
_NO_ORDINARY = "zo'n bestand is geen gewoon document; sla het op als PDF en bied die aan."
_PAGES_AGAIN = "open het in een programma voor PDF's en sla het opnieuw op."

WORDS: Mapping[Why, tuple[str, str]] = {
    Why.GONE: (
        "cannot be read: {error}; check the path and its rights",
        "Het bestand is er niet (meer); controleer waar het staat en hoe het heet.",
    ),
    Why.FORBIDDEN: (
        "cannot be read: {error}; check the path and its rights",
        "Het bestand mag niet gelezen worden; geef dit programma leesrechten op het bestand en zijn map.",
    ),
    Why.UNREADABLE: (
        "cannot be read: {error}; check the path and its rights",
        "Het bestand is niet te lezen (fout {number} van het systeem); controleer de schijf en de rechten.",
    ),
    Why.NO_FILE: (
        "is not a file; give a file or a folder",
        "Dit is geen gewoon bestand; bied een bestand of een map aan.",
    ),
    Why.TOLD: ("could not be read: {told}", "{told}"),
    Why.IMAGE: (
        "is an image, perhaps a scan; make a PDF of it, with its text recognised (OCR), and give that",
        "Het bestand is een afbeelding, misschien een scan; maak er een PDF met tekstherkenning (OCR) van "
        "en bied die aan.",
    ),
    Why.PACKED: (
        "is packed ({form}); unpack it and give the documents in it",
        f"Het bestand is ingepakt ({{form}}); {_UNPACK}",
    ),
    Why.ARCHIVE: (
        "is a {form} archive; unpack it and give the documents in it",
        f"Het bestand is een archief ({{form}}); {_UNPACK}",
    ),
    Why.EMPTY_ARCHIVE: (
        "is an empty zip archive; give the documents that should be in it",
        "Het bestand is een leeg zip-archief; bied de documenten aan die erin hadden moeten zitten.",
    ),
    Why.PROGRAM: (
        "is a program, not a document; remove it from the list",
        "Het bestand is een programma en geen document; haal het weg.",
    ),
    Why.DATABASE: (
        "is a database, not a document; remove it from the list",
        "Het bestand is een database en geen document; haal het weg.",
    ),
    Why.RTF: (
        "is an RTF file, which cannot be read; save it as .docx or as PDF and give that",
        f"Het bestand is een RTF-bestand en dat kan niet gelezen worden; {_AS_DOCX}",
    ),
    Why.POSTSCRIPT: (
        "is a PostScript file; save it as PDF and give that",
        f"Het bestand is een PostScript-bestand; {_AS_PDF}",
    ),
    Why.EXCEL: (
        "is an Excel workbook, which cannot be read; save it as PDF and give that",
        f"Het bestand is een Excel-werkmap en die kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.POWERPOINT: (
        "is a PowerPoint presentation, which cannot be read; save it as PDF and give that",
        f"Het bestand is een PowerPoint-presentatie en die kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.VISIO: (
        "is a Visio drawing, which cannot be read; save it as PDF and give that",
        f"Het bestand is een Visio-tekening en die kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.SPREADSHEET: (
        "is an OpenDocument spreadsheet, which cannot be read; save it as PDF and give that",
        f"Het bestand is een rekenblad (OpenDocument) en dat kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.PRESENTATION: (
        "is an OpenDocument presentation, which cannot be read; save it as PDF and give that",
        f"Het bestand is een presentatie (OpenDocument) en die kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.OPENDOCUMENT: (
        "is an OpenDocument file that is no text, which cannot be read; save it as PDF and give that",
        f"Het bestand is een OpenDocument-bestand, maar geen tekstdocument; {_AS_PDF}",
    ),
    Why.EBOOK: (
        "is an e-book (EPUB), which cannot be read; save it as PDF and give that",
        f"Het bestand is een e-boek (EPUB) en dat kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.OLD_WORD: (
        "is an older Word file (.doc), which cannot be read; save it as .docx or as PDF and give that",
        f"Het bestand is een ouder Word-bestand (.doc) en dat kan niet gelezen worden; {_AS_DOCX}",
    ),
    Why.OLD_EXCEL: (
        "is an older Excel file (.xls), which cannot be read; save it as PDF and give that",
        f"Het bestand is een ouder Excel-bestand (.xls) en dat kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.OLD_POWERPOINT: (
        "is an older PowerPoint file (.ppt), which cannot be read; save it as PDF and give that",
        f"Het bestand is een ouder PowerPoint-bestand (.ppt) en dat kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.OLD_OFFICE: (
        "is an older or locked Office file, which cannot be read; save it as .docx or as PDF and give that",
        f"Het bestand is een ouder of beveiligd Office-bestand en dat kan niet gelezen worden; {_AS_DOCX}",
    ),
    Why.OUTLOOK: (
        "is an Outlook message (.msg), which cannot be read; save it as PDF and give that",
        f"Het bestand is een Outlook-bericht (.msg) en dat kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.XML: (
        "is an XML file, whose text cannot be told from its data; save it as PDF and give that",
        f"Het bestand is een XML-bestand, waarin tekst en gegevens niet te onderscheiden zijn; {_AS_PDF}",
    ),
    Why.MAIL: (
        "is an e-mail or a web archive (MHTML), which cannot be read; save it as PDF and give that",
        f"Het bestand is een e-mail of een webarchief (MHTML) en dat kan niet gelezen worden; {_AS_PDF}",
    ),
    Why.EMPTY: (
        "is empty; give a file with text, or remove it from the list",
        "Het bestand is leeg; bied een bestand met tekst aan, of haal het weg.",
    ),
    Why.ONLY_SPACE: (
        "holds only white space; give a file with text, or remove it from the list",
        "In het bestand staan alleen spaties en lege regels; bied een bestand met tekst aan, of haal het weg.",
    ),
    Why.ONLY_CONTROLS: (
        "holds only control characters; give a file with text, or remove it from the list",
        "In het bestand staan alleen onzichtbare tekens; bied een bestand met tekst aan, of haal het weg.",
    ),
    Why.OTHER_ENCODING: (
        "is not {encoding}: byte {position} ({byte}) cannot be read; "
        "save the file as UTF-8 text, or give the PDF it was made from",
        "De tekens van het bestand zijn niet te lezen: het is geen {encoding} (byte {position}, {byte}); "
        "sla het op als tekst in UTF-8, of bied de PDF aan waar het uit komt.",
    ),
    Why.NUL: (
        "is not text: it holds a NUL byte at position {position}; give a PDF or a UTF-8 text file",
        "Het bestand is geen tekst: op positie {position} staat een teken met code 0; "
        "bied een PDF aan, of een tekstbestand in UTF-8.",
    ),
    Why.NO_CHARACTER: (
        "holds {sign} at position {position}, which is no text; save it as UTF-8 text, or as another PDF",
        "In de tekst staat op positie {position} iets dat geen teken is ({sign}); "
        "sla het bestand op als tekst in UTF-8, of opnieuw als PDF.",
    ),
    Why.NO_TEXT: (
        "has no text; give a file with text, or remove it from the list",
        "Het bestand heeft geen tekst; bied een bestand met tekst aan, of haal het weg.",
    ),
    Why.NOTHING_TO_FIND: (
        "holds no text that can be found; give a file with text",
        "In het bestand staat geen tekst waarop gezocht kan worden; bied een bestand met tekst aan.",
    ),
    Why.LOCKED: (
        "is locked with a password; save a copy without one and ingest that",
        "Het bestand is met een wachtwoord beveiligd; haal de beveiliging eraf en bied het opnieuw aan.",
    ),
    Why.ENCRYPTED: (
        "is encrypted in a way that cannot be opened here ({error}); save a copy without encryption",
        "Het bestand is versleuteld op een manier die hier niet te openen is; sla een kopie zonder versleuteling op "
        "en bied die aan.",
    ),
    Why.BROKEN_PDF: (
        "is a broken PDF: {error}; open it in a PDF reader and save it again",
        f"Het bestand is een beschadigde PDF; {_PAGES_AGAIN}",
    ),
    Why.NO_PAGES: (
        "is a broken PDF: it has no pages; give the complete PDF",
        "Het bestand is een beschadigde PDF zonder pagina's; bied de volledige PDF aan.",
    ),
    Why.SHUT_PAGES: (
        "is a broken PDF: none of its {pages} pages opens; open it in a PDF reader and save it again",
        f"Het bestand is een beschadigde PDF van {{pages}}, en daarvan is niets te openen; {_PAGES_AGAIN}",
    ),
    Why.GARBLED: (
        "holds no readable words: its fonts give other characters than the page shows; "
        "run it through text recognition (OCR) first",
        "In het bestand staan geen leesbare woorden: de lettertypen geven andere tekens dan de pagina laat zien; "
        "laat er eerst tekstherkenning (OCR) op los.",
    ),
    Why.SCANNED: (
        "has no text in its {pages} pages (scanned, without a text layer); run it through text recognition (OCR) first",
        "Het bestand is gescand en niet doorzoekbaar: {pages}, allemaal zonder tekst; "
        "laat er eerst tekstherkenning (OCR) op los.",
    ),
    Why.BLANK: (
        "has no text: its {pages} pages are blank; give the complete PDF",
        "Het bestand heeft geen tekst: {pages}, en daar staat niets op; bied de volledige PDF aan.",
    ),
    Why.BROKEN_ARCHIVE: (
        "is a broken zip archive or Office file: {error}; open it in its own program and save it again",
        f"Het bestand is een beschadigd Office-bestand of zip-archief; {_SAVE_AGAIN}",
    ),
    Why.MANY_PARTS: (
        "holds {count} parts, more than {most}: no ordinary document; save it as PDF and ingest that",
        f"Het bestand bestaat uit {{count}} onderdelen, meer dan {{most}}; {_NO_ORDINARY}",
    ),
    Why.VERY_MANY_PARTS: (
        "holds more than {most} parts: no ordinary document; save it as PDF and ingest that",
        f"Het bestand bestaat uit meer dan {{most}} onderdelen; {_NO_ORDINARY}",
    ),
    Why.LARGE_UNPACKED: (
        "unpacks to {size} bytes, more than {most}: no ordinary document; save it as PDF and ingest that",
        f"Het bestand wordt uitgepakt {{size}} bytes groot, meer dan {{most}}; {_NO_ORDINARY}",
    ),
    Why.OUT_OF_PROPORTION: (
        "unpacks to {size} bytes, more than {most} times its own size: no ordinary document; "
        "save it as PDF and ingest that",
        f"Het bestand wordt uitgepakt {{size}} bytes groot, meer dan {{most}} keer zijn eigen omvang; {_NO_ORDINARY}",
    ),
    Why.LARGE_PART: (
        "holds a part of {size} bytes, more than {most}: no ordinary document; save it as PDF and ingest that",
        f"Het bestand heeft een onderdeel van {{size}} bytes, meer dan {{most}}; {_NO_ORDINARY}",
    ),
    Why.ODD_PACKING: (
        "holds a part that is packed in an unusual way (method {method}): no ordinary document; "
        "save it as PDF and ingest that",
        f"Het bestand heeft een onderdeel dat op een ongebruikelijke manier is ingepakt (methode {{method}}); "
        f"{_NO_ORDINARY}",
    ),
    Why.FALSE_SIZE: (
        "unpacks to more than the {most} bytes that it says, or may: no ordinary document; "
        "save it as PDF and ingest that",
        f"Het bestand wordt uitgepakt groter dan de {{most}} bytes die het zelf noemt of die mogen; {_NO_ORDINARY}",
    ),
    Why.BROKEN_XML: (
        "is broken: its part {part!r} is no XML that can be read ({error}); "
        "open it in its own program and save it again",
        f"Het bestand is beschadigd: het onderdeel {{part}} is bij regel {{line}} niet te lezen; {_SAVE_AGAIN}",
    ),
    Why.ENTITIES: (
        "declares XML entities in its part {part!r}, which no ordinary document does; "
        "save it again in its own program, or as PDF",
        "Het onderdeel {part} van het bestand bevat XML-entiteiten, en die heeft een gewoon document niet; "
        "sla het opnieuw op in het programma waarmee het is gemaakt, of als PDF.",
    ),
    Why.NO_WORD_TEXT: (
        "has no document in it; open it in Word and save it again",
        "In dit Word-bestand zit geen document; open het in Word en sla het opnieuw op.",
    ),
    Why.NO_ODT_TEXT: (
        "has no text document in it; open it in LibreOffice and save it again",
        "In dit OpenDocument-bestand zit geen tekstdocument; open het in LibreOffice en sla het opnieuw op.",
    ),
    Why.BROKEN_PAGE: (
        "is a web page that cannot be read ({error}); save it as PDF",
        f"Het bestand is een webpagina die niet te lezen is; {_AS_PDF}",
    ),
    Why.PAGE_WITHOUT_TEXT: (
        "is a web page without text; open it in a browser and save it as PDF",
        "Het bestand is een webpagina zonder tekst; open haar in een browser, sla haar op als PDF en bied die aan.",
    ),
    Why.DEEP_PAGE: (
        "nests its elements too deep to be read whole; open it in a browser, save it as PDF",
        "De onderdelen van deze webpagina zitten te diep in elkaar om alles te lezen; open haar in een browser, "
        "sla haar op als PDF en bied die aan.",
    ),
}
