"""Dutch words that say nothing about a subject, question words included."""

STOP_WORDS = frozenset(
    "aan al alle alleen als altijd andere anders ben bent bij bijv bijvoorbeeld daar daarbij daarin daarmee daarom "
    "daarvan daarvoor dan dat de deze die dit doe doen doet door dus een eens en enkele er ervan eigen elk elke etc "
    "gaan gaat geen graag had hadden heb hebben hebt heeft hem hen het hier hierbij hierin hiermee hiervan hiervoor "
    "hij hoe hoeveel hun iedere ieder iets ik in indien is ja je jij jouw jullie kan komen komt krijgen krijgt kun "
    "kunnen kunt maar maken maakt mag me meer mee men met mij mijn mogen moet moeten na naar naast nadat niet niets "
    "nog nu of om omdat onder ons onze ook op over per reeds s sinds staan staat te tegen ten ter terwijl tijdens tot "
    "tussen u uit uw van vanaf vanuit veel via voor voordat waar waarbij waarin waarmee waarom waarop waarvan "
    "waarvoor wanneer want waren was wat we weer wel welk welke werd werden wie wij wil willen wilt word worden wordt "
    "zal ze zeer zei zelf zich zij zijn zo zoals zodat zonder zou zouden zowel zullen "
    "the of and to in for is are what how which does do a an on with about".split()
)
