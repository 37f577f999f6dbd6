"""What a file proposes about its metadata, and above all what it does not."""

from pathlib import Path

import pytest

from corpus.kinds import KINDS
from corpus.municipalities import load_municipalities
from corpus.proposal import Proposal
from ingest.parse import parse
from ingest.proposals.dutch_dates import day_of, find_date_in_name, find_dates
from ingest.proposals.from_pdf import pdf_proposals
from ingest.proposals.from_properties import property_proposals
from ingest.proposals.kind_words import kind_of, kinds_known
from ingest.proposals.origins import BEGINNING, FILE_NAME, FIRST_PAGE, HEADING, MADE_ON, PROPERTIES
from ingest.proposals.places import places_of
from ingest.proposals.properties import FileProperties
from ingest.proposals.propose import name_proposals, proposals_of, propose
from ingest.proposals.titles import title_from, title_from_name, title_of_heading
from ingest.source_text import SourcePage, SourceText
from ingest.structured import Structured

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")
ALL = load_municipalities()
PLACES = places_of(ALL)
NOTHING = FileProperties(None, None, None, None, None, None, None, None)


def properties(title: str | None = None, published: str | None = None, created: str | None = None) -> FileProperties:
    return FileProperties(title, None, None, None, published, created, None, None)


def text(content: str) -> SourceText:
    return SourceText(content, "plain 1")


def paged(content: str, pages: tuple[SourcePage, ...]) -> Structured:
    return Structured(content, (), pages, (), (), (), None, 0, (), "test", ())


def test_everything_a_file_tells_the_best_first() -> None:
    beginning = "Beleidsplan Jeugd 2024-2028\nGemeente Zwolle\nVastgesteld door de raad op 12 juni 2023\n"
    found = propose(
        properties("Microsoft Word - Beleidsplan Jeugd def.docx", created="2023-05-01T10:00:00Z"),
        beginning,
        ["Beleidsplan Jeugd 2024-2028"],
        "20230615 zwolle_jeugd_nota.pdf",
        ALL,
    )
    assert found == (
        Proposal("title", "Beleidsplan Jeugd", PROPERTIES),
        Proposal("title", "Beleidsplan Jeugd 2024-2028", HEADING),
        Proposal("kind", "beleidsplan", PROPERTIES),
        Proposal("kind", "nota", FILE_NAME),
        Proposal("municipalities", "Zwolle", BEGINNING),
        Proposal("published", "2023-06-12", BEGINNING),
        Proposal("published", "2023-06-15", FILE_NAME),
    )
    assert all(len([one for one in found if one.field == each.field]) <= 2 for each in found)


def test_a_file_that_tells_nothing_proposes_nothing() -> None:
    assert propose(NOTHING, "Wij helpen elk kind dat hulp nodig heeft.", [], "scan0001.pdf", ALL) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - Document1", "untitled", "Naamloos 2", "Presentatie1", "PowerPoint-presentatie", "concept 2",
        "Document", "document3.docx", "sjabloon", "PBL rapporten sjabloon", "20231005_0932", "", " ", "A4",
        "T W E E D E K A M E R D E R", "■^\"DERLA^DSh rOUT!EK", "titel", "C:\\", "scan0001.pdf", "x" * 300,
        "Word Document", "ABC-23/004",
    ],
)  # fmt: skip
def test_what_programs_leave_as_title_is_not_proposed(title: str) -> None:
    assert title_from(title) is None
    assert property_proposals(properties(title), ALL) == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Microsoft Word - Nota grondbeleid", "Nota grondbeleid"),
        ("Jeugdwet", "Jeugdwet"),
        ("A000116088 Jeugd Plan en aanvraag (01-2025) 22-12-2025.docx", "Jeugd Plan en aanvraag (01-2025)"),
        ("woonvisie_2030-def_v2.pdf", "Woonvisie 2030"),
        ("Verordening jeugdhulp 2026 | Lokale wet- en regelgeving", "Verordening jeugdhulp 2026"),
        ("Zorg voor   de\njeugd", "Zorg voor de jeugd"),
    ],
)
def test_titles_lose_what_programs_put_around_them(title: str, expected: str) -> None:
    assert title_from(title) == expected


def test_headings_that_only_say_what_follows_are_no_titles() -> None:
    for heading in (
        "Inhoudsopgave",
        "1 Inleiding",
        "Hoofdstuk 2",
        "Artikel 3 Begrippen",
        "Voorwoord",
        "2.1 Doel",
        "Betreft:",
    ):
        assert title_of_heading(heading) is None
    assert title_of_heading("Samen opgroeien in Houten") == "Samen opgroeien in Houten"


def test_titles_from_file_names() -> None:
    assert title_from_name("wassenaar_jaarstukken_2023.pdf") == "Wassenaar jaarstukken 2023"
    assert title_from_name("2023-06-12 Raadsvoorstel woningbouw (def).docx") == "Raadsvoorstel woningbouw"
    assert title_from_name("blg-1007826.pdf") is None
    assert title_from_name("3fa85f64-5717-4562-b3fc-2c963f66afa6.pdf") is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Samenvatting beleidsnota jeugd", "samenvatting"),
        ("Verordening jeugdhulp 2026", "verordening"),
        ("Subsidieverordening sociaal domein", "verordening"),
        ("Nadere regels jeugdhulp", "beleidsregel"),
        ("Woonvisie 2030", "visie"),
        ("Jaarstukken 2023", "jaarrekening"),
        ("Programmabegroting 2025", "begroting"),
        ("Uitvoeringsprogramma Jeugd en Onderwijs", "uitvoeringsprogramma"),
        ("Jeugd- en onderwijsagenda", "agenda"),
        ("wassenaar_jaarverslag_2023", "jaarverslag"),
        ("Memorie van toelichting", "toelichting"),
        ("Plan van aanpak wachttijden", "actieplan"),
        ("Notariswet", None),
        ("Televisie kijken", None),
        ("Wij helpen elk kind", None),
    ],
)
def test_kinds_by_the_words_of_a_title(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


def test_every_kind_is_one_of_the_catalogue() -> None:
    assert set(kinds_known()) <= set(KINDS)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("De gemeente Bergen op Zoom helpt.", ["Bergen op Zoom"]),
        ("GEMEENTE WASSENAAR", ["Wassenaar"]),
        ("de gemeenten Dongen, Goirle en Tilburg werken samen", ["Dongen", "Goirle"]),
        ("Burgemeester en wethouders van Den Haag besluiten", ["'s-Gravenhage"]),
        ("De raad van de gemeente Ede; gelezen het voorstel", ["Ede"]),
        ("Zwolle groeit. In Zwolle wonen kinderen. Zwolle helpt.", ["Zwolle"]),
        ("Zwolle wordt een keer genoemd.", []),
        ("Best leuk. Best mooi. Best groot. Hoorn en Laren en Ede.", []),
        ("De provincie Utrecht. Utrecht is mooi. Heel Utrecht.", []),
        ("Midden-Groningen, in Midden-Groningen en rond Midden-Groningen", ["Midden-Groningen"]),
        ("de gemeente helpt Zwolle", []),
        ("Gemeente Bergen", []),
        ("Zwollenaren uit Zwolle-Zuid in Zwolles binnenstad bij Zwolle-Noord", []),
    ],
)
def test_municipalities_need_their_name_again_and_again_or_with_gemeente(content: str, names: list[str]) -> None:
    assert PLACES.about(content) == names


def test_municipalities_in_file_names() -> None:
    assert PLACES.in_file_name("wassenaar_jaarstukken_2023.pdf") == ["Wassenaar"]
    assert PLACES.in_file_name("verordening-aa-en-hunze.pdf") == ["Aa en Hunze"]
    assert PLACES.in_file_name("best_practices_utrecht_houten.pdf") == []
    assert PLACES.in_file_name("gemeente_houten_nota.pdf") == ["Houten"]


def test_dates() -> None:
    content = (
        "12 juni 2023, 1 mrt. 2024, 12-06-2023, 1/2/2024, 2024-02-13, juni\xa02021, 31 februari 2023, 12 juni 1880"
    )
    assert [found.value for found in find_dates(content)] == [
        "2023-06-12", "2024-03-01", "2023-06-12", "2024-02-01", "2024-02-13", "2021-06",
    ]  # fmt: skip
    names = {
        "raad_2015-06-29.pdf": "2015-06-29",
        "20230612_nota.pdf": "2023-06-12",
        "nota 3 mei 2022.pdf": "2022-05-03",
    }
    assert {name: find_date_in_name(name) for name in names} == names
    assert [find_date_in_name(name) for name in ("nota_2023.pdf", "123202306125.pdf", "20231399.pdf")] == [None] * 3
    assert [day_of(stamp) for stamp in ("2023-06-12T10:00:00Z", "2023-06-12")] == ["2023-06-12"] * 2
    assert [day_of(stamp) for stamp in ("1601-01-01T00:00:00Z", "2023", "", None)] == [None] * 4


@pytest.mark.parametrize(
    ("content", "date"),
    [
        ("Ingang 1 januari 2024. Vastgesteld in de vergadering van 12 juni 2023.", "2023-06-12"),
        ("Gelet op de wet van 1 maart 2014 besluit de raad op 3 mei 2022", "2022-05-03"),
        ("Amersfoort, januari 2021", "2021-01"),
        ("Dit geldt vanaf 1 januari 2024.", None),
    ],
)
def test_the_date_on_which_a_text_was_settled(content: str, date: str | None) -> None:
    found = [each.value for each in propose(NOTHING, content, [], "x.pdf", ALL) if each.field == "published"]
    assert found == ([date] if date else [])


def test_a_title_of_another_file_stands_after_one_that_the_text_knows() -> None:
    found = propose(
        properties("Aandachtspunten november 2008"), "Besluitenlijst raad\n", ["Besluitenlijst raad"], "x", ALL
    )
    assert [(each.value, each.origin) for each in found if each.field == "title"] == [
        ("Besluitenlijst raad", HEADING),
        ("Aandachtspunten november 2008", PROPERTIES),
    ]


def test_the_day_on_which_a_file_was_made_comes_last() -> None:
    found = propose(properties(created="2024-01-02T00:00:00Z"), "Op 3 mei 2022.", [], "2021-04-05.pdf", ALL)
    assert [(each.value, each.origin) for each in found] == [("2022-05-03", BEGINNING), ("2021-04-05", FILE_NAME)]
    alone = property_proposals(properties(created="2024-01-02T00:00:00Z"), ALL)
    assert alone == (Proposal("published", "2024-01-02", MADE_ON),)


def test_a_text_as_its_parser_read_it() -> None:
    content = "# Woonvisie\n\nGemeente Ede, 12 juni 2023"
    assert [(each.field, each.value, each.origin) for each in proposals_of(text(content), "n.md", ALL)] == [
        ("title", "Woonvisie", HEADING),
        ("kind", "visie", HEADING),
        ("municipalities", "Ede", BEGINNING),
        ("published", "2023-06-12", BEGINNING),
    ]
    pages = (SourcePage(1, 0, 2), SourcePage(2, 2, 14), SourcePage(3, 14, 40))
    found = proposals_of(paged("  Gemeente Ede\n12 juni 2023, later\n", pages), "n.pdf", ALL)
    assert [(each.value, each.origin) for each in found] == [("Ede", FIRST_PAGE)]


def test_the_information_of_a_pdf() -> None:
    found = pdf_proposals("Woonvisie 2030", "Gemeente Ede", "", "2023-06-12")
    assert [(each.field, each.value, each.origin) for each in found] == [
        ("title", "Woonvisie 2030", PROPERTIES),
        ("kind", "visie", PROPERTIES),
        ("municipalities", "Ede", PROPERTIES),
        ("published", "2023-06-12", MADE_ON),
    ]
    assert pdf_proposals("", "Jan Wassenaar", "", "2023") == ()


def test_folders_in_a_name_tell_nothing() -> None:
    assert name_proposals("../gemeente zwolle/verordeningen\\x1.pdf", ALL) == ()


@needs_documents
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "office/ah-tk-20202021-3235.odt",
            ("title", "Antwoord op vragen van de leden Van Weyenberg, Romke de Jong en Kat over de Tozo"),
        ),
        ("text/ah-tk-20202021-3235.html", ("published", "2021-06-21")),
        ("office/Basis_aanvraag_jeugdhulp.docx", ("municipalities", "Groningen")),
        ("office/Kabinetsvisie.docx", ("published", "2024-02-06")),
        ("pdf/aa_en_hunze_coalitieakkoord_2018.pdf", ("kind", "coalitieakkoord")),
        ("pdf/besluitenlijst_raad_2015-06-29.pdf", ("published", "2015-06-29")),
        ("pdf/verordening_jeugdhulp_groningen_2026.pdf", ("municipalities", "Groningen")),
        ("pdf/wassenaar_jaarstukken_2023.pdf", ("municipalities", "Wassenaar")),
    ],
)
def test_real_files_propose(name: str, expected: tuple[str, str]) -> None:
    path = DOCUMENTS / name
    found = proposals_of(parse(path), path.name, ALL)
    assert expected in [(each.field, each.value) for each in found]
