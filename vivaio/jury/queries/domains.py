"""Where somebody works, as the domain of their e-mail address tells it, and which domains are of the same house."""

from collections.abc import Iterable

# Addresses there say nothing about where somebody works: public mailboxes, certified mail sold to anyone,
# and the domains set apart for examples.
PUBLIC_MAILBOXES = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.it hotmail.com hotmail.it hotmail.fr hotmail.de live.com live.it
    msn.com yahoo.com yahoo.it yahoo.fr yahoo.de ymail.com icloud.com me.com mac.com aol.com mail.com gmx.com gmx.de
    gmx.net gmx.at web.de t-online.de freenet.de proton.me protonmail.com tutanota.com posteo.de fastmail.com zoho.com
    libero.it virgilio.it alice.it tin.it tim.it tiscali.it inwind.it iol.it email.it fastwebnet.it fastmail.it aruba.it
    katamail.com interfree.it poste.it vodafone.it teletu.it pec.it legalmail.it arubapec.it postecert.it
    pec.aruba.it mypec.eu cert.legalmail.it seznam.cz centrum.sk azet.sk zoznam.sk wp.pl o2.pl onet.pl interia.pl
    freemail.hu citromail.hu siol.net orange.fr free.fr laposte.net example.com example.org example.net localhost
    vivaio.invalid vivaio.test vivaio.example demo.invalid
    """.split()  # noqa: SIM905  (one word a domain reads best)
)
# Under these anybody has a domain of their own: whoever is under one has nothing to do with the others. Of a country
# (`co.uk`), of Italian regions and provinces (`lombardia.it`, `mi.it`), and of who gives sites away.
OF_COUNTRIES = frozenset(
    """
    ac asso co com edu gob gouv gov go gv ltd mil ne net nhs nom or org plc police sch
    """.split()  # noqa: SIM905
)
OF_ITALY = frozenset(
    """
    abruzzo basilicata calabria campania emilia-romagna emiliaromagna friuli-venezia-giulia friuliveneziagiulia lazio
    liguria lombardia lombardy marche molise piemonte piedmont puglia sardegna sicilia toscana tuscany trentino
    trentino-alto-adige trentinoaltoadige alto-adige altoadige suedtirol umbria valle-d-aosta valle-aosta valledaosta
    veneto agrigento alessandria ancona aosta arezzo ascoli-piceno ascolipiceno asti avellino bari barletta belluno
    benevento bergamo biella bologna bolzano bozen brescia brindisi cagliari caltanissetta campobasso caserta catania
    catanzaro chieti como cosenza cremona crotone cuneo enna fermo ferrara firenze florence foggia forli frosinone
    genova genoa gorizia grosseto imperia isernia la-spezia laspezia laquila latina lecce lecco livorno lodi lucca
    macerata mantova massa-carrara matera messina milano milan modena monza monza-brianza napoli naples novara nuoro
    oristano padova padua palermo parma pavia perugia pesaro-urbino pescara piacenza pisa pistoia pordenone potenza
    prato ragusa ravenna reggio-calabria reggiocalabria reggio-emilia reggioemilia rieti rimini roma rome rovigo
    salerno sassari savona siena siracusa sondrio taranto teramo terni torino turin trapani trento treviso trieste
    udine varese venezia venice verbania vercelli verona vibo-valentia vibovalentia vicenza viterbo
    """.split()  # noqa: SIM905
)
OF_SITES = frozenset(
    """
    altervista.org blogspot.com facebook.com github.io gitlab.io google.com instagram.com jimdo.com jimdofree.com
    jimdosite.com linkedin.com netsons.org weebly.com wixsite.com wordpress.com eu.org uk.com eu.com
    """.split()  # noqa: SIM905
)


def domain_of(address: str) -> str:
    """The domain of an e-mail address if it tells where somebody works, else nothing."""
    domain = address.rpartition("@")[2].lower().strip(".")
    return "" if not domain or domain in PUBLIC_MAILBOXES else domain


def houses(domain: str) -> Iterable[str]:
    """A domain and those above it that belong to somebody: `dip.uni.it` and `uni.it`, never `it` nor `co.uk`."""
    if domain:
        yield domain
    labels = domain.split(".")
    for above in (".".join(labels[start:]) for start in range(1, len(labels) - 1)):
        if not belongs_to_anybody(above):
            yield above


def belongs_to_anybody(domain: str) -> bool:
    """Whether people who have nothing to do with each other have domains under this one."""
    if domain in PUBLIC_MAILBOXES or domain in OF_SITES:
        return True
    first, _dot, country = domain.partition(".")
    if country == "it" and (len(first) == 2 or first in OF_ITALY):
        return True
    return len(country) == 2 and first in OF_COUNTRIES
