"""What is said on the printed questionnaire and in letters to staff and boards, beside what `texter` already says.

As in `texter` the Swedish text is what gettext looks up (catalogue "messages").
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from enkat.texter import N_

# --- The printed questionnaire ---
PAPPER_KRYSSA_SA: Final = N_("Kryssa så här:")
PAPPER_FEL: Final = N_("Blev det fel? Fyll hela rutan och kryssa i en annan.")
PAPPER_INGET_NAMN: Final = N_("Vi frågar inte efter ditt namn eller personnummer. Skriv dem inte på papperet.")
PAPPER_VEM_SER: Final = N_(
    "En person hos oss skriver in svaren från papperet, utan att veta vem som har fyllt i det. Sedan räknas allas svar "
    "ihop. Vi visar bara resultat för grupper, aldrig för färre än {n} personer."
)
PAPPER_LAGRAS: Final = N_(
    "Papperet förstörs när svaren är inskrivna. Svaren tas bort senast {datum}. Efter det finns bara antal kvar."
)
PAPPER_EFTERAT: Final = N_(
    "När du har lämnat papperet kan vi inte visa, ändra eller ta bort dina svar, för vi vet inte vilka som är dina."
)
PAPPER_BARA_ETT: Final = N_("Svara bara en gång: på papper eller i telefonen.")
PAPPER_TACK: Final = N_("Tack för att du svarade!")

# --- Letters ---
BREV_HEJ: Final = N_("Hej!")
BREV_INBJUDAN: Final = N_("{forbund} vill gärna ha dina svar på en enkät: {titel}.")
BREV_PAMINNELSE: Final = N_("Den {datum} skrev vi till dig om en enkät: {titel}. Den går fortfarande att svara på.")
BREV_AMNE_PAMINNELSE: Final = N_("Påminnelse: {titel}")
BREV_ALLA: Final = N_(
    "Vi vet inte vilka som har svarat, så alla får den här påminnelsen. Har du redan svarat är du klar. Tack!"
)
BREV_LANK: Final = N_("Svara här:")
BREV_SAMMA_LANK: Final = N_("Länken är likadan för alla. Den visar inte vem du är.")
BREV_SISTA_DAG: Final = N_("Svara senast {datum}.")
BREV_ADRESS: Final = N_("Din e-postadress används bara till de här breven. Den tas bort när enkäten stänger.")

# Every text by its name.
ALLA: Final[Mapping[str, str]] = MappingProxyType(
    {namn: text for namn, text in vars().items() if namn.isupper() and isinstance(text, str)}
)
