"""An import as long work: read once more, judged once more, and written as a frozen set; then the upload goes."""

from __future__ import annotations

from dataclasses import dataclass

from enkat.formular import Enkat
from enkat.frysning.underlagsfil import UnderlagsfilFel
from enkat.inlasning import importera as imp
from enkat.inlasning.mappning import las_mappning
from kansli.arbetsmapp import Arbetsmapp
from kansli.jobb.besked import besked
from kansli.jobb.kor import Framsteg, Stopp, Utfall
from kansli.omgangar import frysjobb
from kansli.omgangar.importmapp import Uppladdad
from kansli.sprak import mark

MINSTA_GRUPP = 5
_ORD = {
    "ny": mark("%(antal)s svar är inlästa som frysta svar. Den uppladdade filen är borta härifrån."),
    "ersatt": mark("%(antal)s svar ersatte den tidigare importen. Den uppladdade filen är borta härifrån."),
    "oforandrad": mark("%(antal)s svar fanns redan, inget ändrades. Den uppladdade filen är borta härifrån."),
}


@dataclass(frozen=True)
class Importjobb:
    """Import an upload into its period's underlag. utan_felaktiga: leave faulty rows out. ersatt: replace an import."""

    mapp: Arbetsmapp
    uppladdad: Uppladdad
    enkat: Enkat
    konto_id: str
    till: str
    utan_felaktiga: bool = False
    ersatt: bool = False

    def __call__(self, sag: Framsteg) -> Utfall:
        """Nothing is written unless all of it can be."""
        sag(besked(mark("Läser filen")), 10)
        tabell = self.uppladdad.tabell()
        karta, fel = las_mappning("mappningen", self.uppladdad.mappning(), self.enkat)
        if karta is None:
            raise Stopp([d.mening() for d in fel])
        sag(besked(mark("Prövar varje cell")), 40)
        provad = imp.prova(tabell, karta, self.enkat, MINSTA_GRUPP)
        if provad.rader is None or (provad.felrader and not self.utan_felaktiga):
            raise Stopp(besked(mark("Filen har fel som inte är rättade. Inget är inläst.")))
        sag(besked(mark("Skriver de frysta svaren")), 70)
        ut = self.mapp.underlag(self.uppladdad.uppgift.period)
        try:
            skrivet = imp.skriv(ut, provad, karta, self.enkat, self.uppladdad.data(), self.ersatt)
        except imp.FinnsRedan:
            raise Stopp(besked(mark("Perioden har redan svar på den enkäten. Inget är inläst."))) from None
        except UnderlagsfilFel as orsak:
            raise Stopp(str(orsak)) from None
        antal, namn = len(provad.rader.rader), f"{self.enkat.kalla} {self.uppladdad.uppgift.period}"
        frysjobb.anteckna(sag.session, self.konto_id, "omgang-import", namn, f"{antal} rader, {skrivet}")
        self.uppladdad.kasta()
        return besked(_ORD[skrivet], antal=antal), self.till
