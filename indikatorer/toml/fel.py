"""The faults that a TOML text can have: their codes, their sentences, and the list that collects them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, TypeAlias

from indikatorer.diagnos import Diagnos, Fix, Plats

Vag: TypeAlias = tuple[str | int, ...]

# A text with more faults than this is another kind of file; reading on would only bury the reason.
MAX_FEL: Final = 500

# kod: (regel, atgard, varfor). regel follows `fann`; where fann is empty it is a sentence of its own.
_TEXTER: Final[dict[str, tuple[str, str, str]]] = {
    "toml-citattecken-saknas": (
        "ska stå inom citattecken",
        "Skriv {ny}.",
        "Bara tal, datum, true och false skrivs utan.",
    ),
    "toml-citattecken-oavslutat": ("saknar avslutande citattecken", "Skriv {ny}.", ""),
    "toml-citattecken-inuti": ("har citattecken inne i texten, och då slutar texten för tidigt", "Skriv {ny}.", ""),
    "toml-typografiska-citattecken": ("har typografiska citattecken, men de ska vara raka", "Skriv {ny}.", ""),
    "toml-trippelcitat-oavslutat": (
        "som börjar med tre citattecken saknar tre citattecken på slutet",
        "Sätt {ny} där texten slutar.",
        "",
    ),
    "toml-omvant-snedstreck": (
        "har ett omvänt snedstreck som måste dubbleras",
        "Skriv {ny}.",
        "Ett ensamt omvänt snedstreck inleder ett specialtecken.",
    ),
    "toml-nyckel-med-prickar": (
        "får inte innehålla å, ä, ö eller andra tecken med prick eller accent",
        "Skriv {ny}.",
        "Namn skrivs med a–z, siffror, bindestreck och understreck.",
    ),
    "toml-nyckel-med-mellanslag": (
        "får inte innehålla mellanslag",
        "Skriv {ny}.",
        "Namn skrivs med a–z, siffror, bindestreck och understreck.",
    ),
    "toml-nyckel-tecken": (
        "innehåller ett tecken som inte får stå i ett namn",
        "Sätt citattecken om namnet: {ny}.",
        "",
    ),
    "toml-nyckel-saknas": (
        "namnet före likhetstecknet saknas",
        'Skriv namnet först, till exempel gron = "minst 80 %".',
        "",
    ),
    "toml-tabellnamn-saknas": (
        "är en rubrik utan namn",
        "Skriv namnet mellan hakparenteserna, till exempel [indikator.mitt-id].",
        "",
    ),
    "toml-punkt": ("har en punkt för mycket", "Skriv {ny}.", ""),
    "toml-likhetstecken-saknas": (
        "följs inte av något likhetstecken",
        "Skriv {ny} = och sedan värdet, eller # först på raden om den är en kommentar.",
        "",
    ),
    "toml-dubbelt-likhetstecken": ("ska vara ett enda likhetstecken", "Skriv = i stället.", ""),
    "toml-kolon": ("ska vara ett likhetstecken", "Skriv {ny} = och sedan värdet.", ""),
    "toml-varde-saknas": ("saknar värde", "Skriv värdet efter likhetstecknet, eller ta bort raden.", ""),
    "toml-element-saknas": ("står där ett värde väntas", "Skriv värdet, eller ta bort tecknet.", ""),
    "toml-decimalkomma": ("ska skrivas med decimalpunkt", "Skriv {ny}.", ""),
    "toml-decimaltal": ("ska ha siffror på båda sidor om punkten", "Skriv {ny}.", ""),
    "toml-tusental": ("ska skrivas utan mellanrum", "Skriv {ny}.", ""),
    "toml-inledande-nolla": (
        "börjar med noll och kan därför inte läsas som ett tal",
        "Skriv {ny} om det är en kod.",
        "",
    ),
    "toml-minustecken": ("ska ha ett vanligt bindestreck som minustecken", "Skriv {ny}.", ""),
    "toml-sant-falskt": ("ska skrivas true eller false", "Skriv {ny}.", ""),
    "toml-null": (
        "kan inte stå som värde",
        "Ta bort raden, eller sätt # först på den.",
        "Ett värde som saknas skrivs inte alls.",
    ),
    "toml-hakparentes-saknas": ("saknar {vad}", "Skriv {ny}.", ""),
    "toml-klammer-saknas": ("saknar avslutande klammer", "Sätt }} sist.", ""),
    "toml-parentes-for-mycket": ("har ingenting att avsluta", "Ta bort tecknet.", ""),
    "toml-fel-parentes": ("ska vara {ny}", "Skriv {ny} i stället.", ""),
    "toml-komma-saknas": ("ska följas av ett komma", "Sätt ett komma efter det.", ""),
    "toml-komma-for-mycket": ("skiljer ingenting åt", "Ta bort tecknet.", ""),
    "toml-semikolon": ("hör inte hemma här", "{ny}", ""),
    "toml-kommentar": ("inleder ingen kommentar", "Skriv # i stället.", ""),
    "toml-osynligt-tecken": ("får inte stå här", "{ny}", ""),
    "toml-styrtecken": ("får inte stå här", "{ny}", ""),
    "toml-flera-rader": ("måste stå på en enda rad", "Skriv alltihop på en rad, utan komma sist.", ""),
    "toml-flera-pa-raden": ("ska stå på en egen rad", "Bryt raden före {ny}.", ""),
    "toml-text-efter-varde": (
        "står efter något som redan är slut",
        "Ta bort texten, eller sätt # framför om den är en kommentar.",
        "",
    ),
    "toml-dubbel-nyckel": ("finns redan på rad {rad}", "Behåll den ena raden och ta bort den andra.", ""),
    "toml-dubbel-tabell": ("finns redan på rad {rad}", "Slå ihop de två, eller ge den ena ett annat id.", ""),
    "toml-nyckel-och-tabell": (
        "kan inte fyllas på, för {ny} fick sitt värde på rad {rad}",
        "Samla alltihop på det ena stället.",
        "",
    ),
    "toml-tabell-och-lista": (
        "stämmer inte med rad {rad}, där samma namn har {ny}",
        "Skriv lika många hakparenteser på båda ställena.",
        "",
    ),
    "toml-for-djupt": ("har för många nivåer i varandra", "Förenkla.", ""),
    "toml-for-manga-fel": (
        "resten av filen har inte lästs, för den har fler än {ny} skrivfel",
        "Rätta felen ovan, eller kontrollera att det är rätt fil.",
        "",
    ),
    "toml-syntax": ("går inte att läsa", "Raden ska ha formen namn = värde, eller [rubrik].", ""),
}

KODER: Final = frozenset(_TEXTER)


class ForMangaFel(Exception):
    """MAX_FEL is reached: whoever is reading stops."""


class Rader:
    """Finds the line and column of an offset. The table of lines is built when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starter: list[int] = []

    def plats(self, start: int, slut: int) -> Plats:
        """The place of the characters start..slut."""
        if not self._starter:
            self._starter = [0, *(m.end() for m in re.finditer("\n", self._text))]
        rad = bisect_right(self._starter, start)
        return Plats(rad, start - self._starter[rad - 1] + 1, start, slut)

    def rad(self, start: int) -> int:
        """The line number of an offset."""
        return self.plats(start, start).rad


class Fellista:
    """Collects the faults of one text, and which paths can no longer be trusted."""

    def __init__(self, fil: str, text: str) -> None:
        self.fil = fil
        self.rader = Rader(text)
        self.diagnoser: list[Diagnos] = []
        self.trasiga: set[Vag] = set()
        self.vag: Vag = ()

    def meld(
        self,
        kod: str,
        start: int,
        slut: int,
        fann: str = "",
        *,
        fix: tuple[int, int, str] | None = None,
        trasig: bool = False,
        **ord_: object,
    ) -> None:
        """Add a fault at start..slut of the pair or table in `vag`; fix is (start, slut, text).

        trasig: what was read there is a guess, or nothing could be read.

        Raises:
            ForMangaFel: the list is full; this fault is in it.
        """
        regel, atgard, varfor = _TEXTER[kod]
        self.diagnoser.append(
            Diagnos(
                kod,
                self.fil,
                self.rader.plats(start, slut),
                fann,
                regel.format(**ord_),
                atgard.format(**ord_),
                varfor.format(**ord_),
                fix=None if fix is None else Fix(self.fil, *fix),
                falt=".".join(map(str, self.vag)),
            )
        )
        if trasig:
            self.trasiga.add(self.vag)
        if len(self.diagnoser) >= MAX_FEL:
            raise ForMangaFel

    def for_manga(self) -> None:
        """Say that the rest was not read; nothing that is missing may be complained about."""
        regel, atgard, _ = _TEXTER["toml-for-manga-fel"]
        sist = self.diagnoser[-1].plats
        self.diagnoser.append(Diagnos("toml-for-manga-fel", self.fil, sist, "", regel.format(ny=MAX_FEL - 1), atgard))
        self.trasiga.add(())


def kort(text: str) -> str:
    """Text on one line and short enough to read."""
    ett = " ".join(text.split())
    return ett if len(ett) <= 60 else ett[:57] + "…"


def citat(text: str) -> str:
    """The same in Swedish quotes."""
    return f"”{kort(text)}”"
