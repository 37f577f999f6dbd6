"""Words that are no topic: they say how a document is built, or could stand in any."""

# What a heading is called that every document has.
_OF_DOCUMENTS = (
    "aanleiding achtergrond afbeelding afkorting afkortingen afkortingenlijst alinea artikel begrip begrippen "
    "begrippenlijst bijlage bijlagen bladzijde bron bronnen bronvermelding colofon conclusie conclusies context "
    "deel document eindnoten figuur grafiek hoofdlijn hoofdlijnen hoofdpunten hoofdstuk inhoud inhoudsopgave "
    "inleiding kaart kader kop kopje leeswijzer literatuur literatuurlijst nawoord noot noten onderdeel opbouw "
    "overzicht pagina paragraaf publicatie rapport rapportage samenvatting slot slotwoord stuk tabel tekst "
    "terugblik thema toelichting totstandkoming verantwoording verklarende voetnoten voorwoord woordenlijst "
    "werkwijze"
).split()

# What a policy says of itself.
_OF_POLICY = (
    "aanbeveling aanbevelingen aanpak actie actieplan actiepunten ambitie ambities beleid beleidskader beleidsnota "
    "beleidsplan doel doelen doelstelling doelstellingen effect effecten focus focuspunt focuspunten gevolg "
    "gevolgen hoofddoel hoofddoelen hoofdthema impact indicator indicatoren inspanning inzet kans kansen kernpunten "
    "keuze keuzes maatregel maatregelen missie nota notitie ontwikkeling ontwikkelingen opdracht opgave opgaven "
    "oplossing perspectief plan plannen planning prioriteit prioriteiten programma project projecten punt resultaat "
    "resultaten speerpunt speerpunten stap stappen strategie subdoel subdoelen termijn traject trajecten uitdaging "
    "uitdagingen uitgangspunt uitgangspunten uitgangssituatie uitvoering uitvoeringsprogramma vertrekpunt visie "
    "voorbeeld voorbeelden voornemen voorstel voorstellen vooruitblik acties agenda domein domeinen expertise "
    "gemeente gemeenten partij partijen pijler pijlers aandachtspunt aandachtspunten fundament structuur structuren "
    "benadering realisatie vaststelling afronding verkenning toepassing"
).split()

# Nouns that need another word to mean something.
_VAGUE = (
    "aandacht aansluiting aantal aantallen aard achtergronden alles antwoord aspect aspecten basis begin behoefte "
    "behoeften belang beeld beide bereik bestaan besef beschikking betrekking bijdrage boven bovendien breder "
    "cijfer cijfers combinatie contact dag dagen daling dank deelname derde ding dingen dialoog draagvlak druk duur "
    "eerste eigen eind einde elkaar element elementen enig ervaring ervaringen euro factor factoren feit fase gang "
    "gebied gebieden gebruik gedachte geheel gelegenheid gemiddelde gesprek gesprekken geval gevallen geld grens "
    "grip groei groep groepen grond grote haar half hand handen helft hierna hoeveelheid hoofd houding huidige idee "
    "ideeen indruk informatie invloed invulling jaar jaren kant kanten keer keren kenmerk kenmerken kern kracht "
    "kwestie laag leven licht lijn lijnen loop maand maanden maat mate mens mensen midden middel middelen miljoen "
    "minder moment momenten manier manieren naam nadruk niveau niveaus nodig nood noodzaak oog ogen omvang "
    "onderscheid onderwerp onderwerpen onderzoek oorzaak oorzaken opzet orde overige paar percentage perioden "
    "periode persoon personen plaats plaatsen plek plekken positie praktijk proces processen procent rand reactie "
    "rede reden redenen reeks relatie richting rijk rol rollen ruimte samenhang schaal situatie situaties slag "
    "soort soorten sprake stand stijging stel taak taken tafel team teams tijd tijden toekomst toename afname "
    "totaal trend trends tweede uitwerking uur uren vaak variant veld verandering veranderingen verband verbetering "
    "verbeteringen verdeling verhaal verhalen verschil verschillen vervolg verwachting voordeel voorkeur voorwaarde "
    "voorwaarden vorig vorm vormen vraag vragen waarde waarden week weken weg wegen wens wensen wereld "
    "werkelijkheid werking wijze wijzen woord woorden zaak zaken zicht zijde zin zorgen beroep moeite omgaan "
    "levering bedoeling aanpassing beheersing meerderheid voldoening tijdigheid nabijheid bijzonderheid "
    "aanwezigheid tegelijkertijd vanzelfsprekendheid allemaal vlak vlakken komst cyclus terrein terreinen bepaling "
    "bepalingen rest term termen blik gevoel breedte duiding tegengaan terugdringen reikwijdte rekening verhouding "
    "opstelling wetenschap capaciteit dromen durf bereidheid omstandigheden behoud gebrek meerwaarde inzicht "
    "overgang verschuiving statement haalbaarheid handeling ervaren norm normen zo'n zo’n minimaal maximaal "
    "regelmatig uiteraard helemaal standaard tweeledig rechtstreeks voorafgaand dichterbij minderjarige postadres "
    "bezoekadres volgorde werkwoorden onderling"
).split()

# Verbs, adjectives and small words that headings are made of.
_SMALL = (
    "aangaan aanpakken actief actuele beginnen belangrijk belangrijke bereiken beschikbaar beschikbare beschrijven "
    "beste beter betere betreft bieden biedt blijft blijven brede brengen bijdragen concreet concrete daarnaast "
    "denken dichtbij draagt dragen effectief effectieve eerder ervoor extra gebruiken gericht gerichte geven geeft "
    "gebeurt gedaan gelden goed goede graden grotere groter helpen helpt hoge hogere houden huidig inmiddels "
    "inzetten inhoudelijk inhoudelijke juist juiste komende kijken kwam laat lage lagere laten latere leggen leren "
    "leiden maatschappelijk mede meedoen meest meeste mogelijk mogelijke mogelijkheid mogelijkheden moeilijk "
    "natuurlijk nemen nieuw nieuwe nodige noemen onderstaand onderstaande ontwikkelen organiseren overig pakken "
    "passen samen samenwerken sluiten specifiek specifieke starten steeds stellen sterk sterke stimuleren streven "
    "uitvoeren uitgaan varieren verbeteren verder verdere vergroten verminderen versterken verschillend "
    "verschillende vinden voeren volgen volgend volgende voldoende voorkomen vormgeven waarborgen waardoor "
    "waaronder werken werkt weten zetten zien zoeken zorgt zorgdragen zover zulke"
).split()

_MONTHS_AND_DAYS = (
    "januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag "
    "woensdag donderdag vrijdag zaterdag zondag kwartaal jaarlijks voorjaar najaar zomer winter herfst lente"
).split()

_NUMBERS = (
    "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien twintig dertig veertig "
    "vijftig honderd duizend miljard eerste tweede derde vierde vijfde zesde zevende achtste negende tiende"
).split()

# Those whose plural or whose other meanings are topics all the same.
_TOPICS_AFTER_ALL = {"zorgen", "leren", "meedoen"}

GENERAL_WORDS = frozenset(
    {*_OF_DOCUMENTS, *_OF_POLICY, *_VAGUE, *_SMALL, *_MONTHS_AND_DAYS, *_NUMBERS} - _TOPICS_AFTER_ALL
)
