"""Where a proposal comes from, in the words that a reader sees."""

PROPERTIES = "uit de eigenschappen van het bestand"
MADE_ON = "uit de eigenschappen van het bestand (de dag waarop het is gemaakt)"
FIRST_PAGE = "van de eerste pagina"
BEGINNING = "uit het begin van de tekst"
HEADING = "uit de kop bovenaan de tekst"
FILE_NAME = "uit de bestandsnaam"
