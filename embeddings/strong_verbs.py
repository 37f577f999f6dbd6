"""Dutch forms of strong and irregular verbs that no rule gives: past tense, participle without its ge-."""

STRONG_FORMS = frozenset(
    "at aten bakken barsten bedierf bedierven bedorven bedrogen bedroog beet begon begonnen begreep begrepen bergen "
    "beten bevalen bevolen bewogen bewoog bezat bezaten bezeten blazen bleef bleek bleken bleven blies bliezen blonk "
    "blonken boden bogen bond bonden bood boog borg borgen bracht brachten braden brak braken broken buigen daan "
    "dacht dachten deden deed doet dolven dong dongen dragen dreef dreven droeg droegen drong drongen dronk dronken "
    "droop dropen dwong dwongen eten floot floten gaan gaat gaf gaven geboden genas genazen genezen genoot genoten "
    "geten geven ging gingen gleden gleed glom glommen gold golden goot goten graven greep grepen groef groeven had "
    "hadden hangen hees heffen hesen heten hief hield hielden hielp hielpen hieven hing hingen holpen houden houwen "
    "joeg joegen keek keken klom klommen klonk klonken kneep knepen kocht kochten komen kon konden koos kozen kreeg "
    "kregen kromp krompen kroop kropen kwam kwamen kweet kweten laadde lachen laden lag lagen las laten lazen leden "
    "leed leek legen leken lezen liep liepen liet lieten logen loog lopen mat maten meden meed meten mocht mochten "
    "moest moesten nam namen nomen prees prezen raadde raden reden reed rees rezen riep riepen roepen roken rook "
    "scheen scheidde scheiden schenen scheppen scheten schiep schiepen schold scholden schond schonden schonk "
    "schonken schoof schoor schoot schoren schoten schoven schreden schreed schreef schreven schrok schrokken slaan "
    "slaat slagen slapen sleet sleten sliep sliepen sloeg sloegen slonk slonken sloop sloot slopen sloten smolt "
    "smolten sneden sneed snoot snoten spleet spleten spon sponnen spoot spoten sprak spraken sproken sprong sprongen "
    "sproten staan staat stak staken stal stalen steeg stegen stierf stierven stoken stolen stond stonden stonk "
    "stonken storven streden streed streek streken togen toog trad traden treden treffen trof troffen trok trokken "
    "vallen vangen vergat vergaten vergeten verloor verloren verzon verzonnen viel vielen ving vingen vlogen vloog "
    "vocht vochten vond vonden vrat vraten vroeg vroegen vroor vroren waren was wassen week wees weest weken werd "
    "werden weten wezen wierf wierp wierpen wierven wies wist wisten wogen won wonnen woog worden worpen worven wreef "
    "wreven wrong wrongen zag zagen zat zaten zeeg zegen zei zeiden zeten zette zetten zien ziet zocht zochten zoeken "
    "zogen zond zonden zong zongen zonk zonken zoog zweeg zwegen zwierf zwierven zwoer zwoeren zwol zwollen zwom "
    "zwommen zworen zworven".split()
)
PARTICLES = (
    "aan aaneen achter af bij bijeen binnen door goed in klaar kwijt los mede mee na neer om omhoog onder op open "
    "over plaats rond samen stil tegemoet tegen teleur terecht terug toe tussen uit vast vol voor voort vooruit vrij "
    "weer weg"
).split()
