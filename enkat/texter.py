"""Every sentence of the survey's pages that is not the questionnaire's own, in Swedish.

A template writes `_(texter.NASTA)`. The Swedish text is what gettext looks up (catalogue "messages"), so a changed
text must be translated again; the test of the catalogues says which. Words within braces are filled in by the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Flertal(NamedTuple):
    """A sentence about {n} of something, as gettext wants it: `ngettext(*texter.FORE_TID, n).format(n=n)`."""

    ett: str
    flera: str


def N_(text: str) -> str:
    """Mark a text for the extractor."""
    return text


def nflertal(ett: str, flera: str) -> Flertal:
    """Mark a sentence with a number for the extractor."""
    return Flertal(ett, flera)


# --- On every page ---
HOPPA_TILL_INNEHALL: Final = N_("Hoppa till innehållet")
VALJ_SPRAK: Final = N_("Välj språk")
BYT_SPRAK: Final = N_("Byt språk")
LAMNA_SNABBT: Final = N_("Lämna sidan snabbt")
LAMNA_SNABBT_HJALP: Final = N_("Sidan försvinner direkt. Det du har svarat sparas inte.")
LAS_UPP: Final = N_("Läs upp")
SLUTA_LASA: Final = N_("Sluta läsa")
VISA_BILDER: Final = N_("Visa bilder")
DOLJ_BILDER: Final = N_("Dölj bilder")
FEL_I_TITEL: Final = N_("Fel: {titel}")
PROVOMGANG: Final = N_("Det här är ett prov. Svaren räknas inte.")
INGET_SPARAT: Final = N_("Inget är sparat.")

# --- The code ---
KOD_RUBRIK: Final = N_("Skriv din kod")
KOD_ETIKETT: Final = N_("Kod")
KOD_HJALP: Final = N_("Koden står på ditt papper. Den har {n} siffror. Du kan skriva den med eller utan mellanrum.")
KOD_VARFOR: Final = N_("Koden gör att varje person bara kan svara en gång. Den sparas inte ihop med dina svar.")
KOD_SAKNAS: Final = N_("Skriv koden som står på ditt papper.")
KOD_STAVNING: Final = N_("Stavningen stämmer inte. Jämför med siffrorna på ditt papper och skriv koden igen.")
KOD_ANVAND: Final = N_("Koden är redan använd. Be den som gav dig koden om en ny.")
KOD_MAKULERAD: Final = N_("Koden är makulerad och går inte att använda. Be den som gav dig koden om en ny.")
KOD_INGEN: Final = N_("Har du ingen kod? Fråga den som berättade om enkäten.")
BORJA: Final = N_("Börja")

# --- Not open, closed, not here ---
INTE_OPPEN_RUBRIK: Final = N_("Enkäten har inte öppnat än")
INTE_OPPEN: Final = N_("Den öppnar {datum}. Kom gärna tillbaka då.")
STANGD_RUBRIK: Final = N_("Enkäten är stängd")
STANGD: Final = N_("Det går inte att svara längre. Tack för att du ville vara med.")
STANGD_INTE_SPARAT: Final = N_("Enkäten stängde innan du tryckte på Skicka. Dina svar sparades inte.")
FINNS_INTE_RUBRIK: Final = N_("Sidan finns inte")
FINNS_INTE: Final = N_("Skanna QR-koden igen, eller kontrollera att adressen är rätt skriven.")

# --- Before question 1 ---
FORE_RUBRIK: Final = N_("Innan du börjar")
FORE_TID: Final = nflertal("Det tar ungefär {n} minut att svara.", "Det tar ungefär {n} minuter att svara.")
FRIVILLIGT_RUBRIK: Final = N_("Du bestämmer själv")
FRIVILLIGT: Final = N_(
    "Det är frivilligt att svara. Du kan hoppa över frågor och sluta när du vill. Det händer inget om du inte svarar."
)
ANONYMT_RUBRIK: Final = N_("Ingen ser vad just du har svarat")
ANONYMT: Final = N_(
    "Vi frågar inte efter ditt namn eller personnummer. Svaren sparas utan din kod, utan klockslag och utan uppgift om "
    "din telefon."
)
VEM_SER_RUBRIK: Final = N_("Vem får se svaren?")
VEM_SER: Final = N_(
    "Svaren är låsta tills enkäten har stängt. Sedan räknas de ihop. Vi visar bara resultat för grupper, aldrig för "
    "färre än {n} personer."
)
LITEN_GRUPP: Final = N_(
    "Ni är få i din grupp. Därför läggs era svar ihop med svar från andra grupper innan någon får se resultatet."
)
LAGRAS_RUBRIK: Final = N_("Vad sparas, och hur länge?")
LAGRAS: Final = N_(
    "Inget sparas förrän du trycker på Skicka. Då sparas dina svar. De tas bort senast {datum}. Efter det finns bara "
    "antal kvar."
)
EFTERAT: Final = N_(
    "När du har skickat kan vi inte visa, ändra eller ta bort dina svar, för vi vet inte vilka som är dina."
)
ANSVAR_RUBRIK: Final = N_("Vem ansvarar?")
ANSVAR: Final = N_(
    "{forbund} ansvarar för enkäten och för hur uppgifterna hanteras. Vi frågar för att följa upp och förbättra "
    "verksamheten. Det är vår uppgift enligt lag (2003:1210 och dataskyddsförordningen artikel 6.1 e)."
)
RATTIGHETER: Final = N_(
    "Du har rätt att få veta hur vi hanterar personuppgifter. Är du inte nöjd kan du klaga hos "
    "Integritetsskyddsmyndigheten (IMY), www.imy.se."
)
FRAGOR_RUBRIK: Final = N_("Har du frågor?")
KONTAKT: Final = N_("Kontakta {kontakt}.")
OMBUD: Final = N_("Dataskyddsombud: {ombud}.")
MER_OM_UPPGIFTER: Final = N_("Mer om hur vi hanterar dina uppgifter")

# --- A question ---
FRAGA_AV: Final = N_("Fråga {n} av {antal}")
VILL_INTE_SVARA: Final = N_("Vill inte svara")
NASTA: Final = N_("Nästa")
TILLBAKA: Final = N_("Tillbaka")
VALJ_ETT: Final = N_("Välj ett svar.")
VALJ_FLERA: Final = N_("Du kan välja flera svar.")
SKRIV_TAL: Final = N_("Skriv ett tal från {minst} till {hogst}.")
SKRIV_DATUM: Final = N_("Skriv år, månad och dag. Exempel: 2026-03-31.")
SKRIV_TEXT: Final = N_("Skriv högst {antal} tecken.")
FRITEXT_VARNING: Final = N_(
    "Skriv inget som kan peka ut dig eller andra. Texten kan begäras ut och prövas då mot sekretesslagen."
)

FRITEXT_SKILD: Final = N_("Texten sparas för sig, skild från dina andra svar. Den tas bort senast {datum}.")

# --- What is wrong with an answer: each names its question, for it stands alone in the summary ---
FEL_RUBRIK: Final = N_("Något behöver rättas")
FEL_SAKNAS: Final = N_("Välj ett svar på frågan ”{fraga}”. Du kan också välja ”Vill inte svara”.")
FEL_SAKNAS_SKRIV: Final = N_("Skriv ett svar på frågan ”{fraga}”. Du kan också välja ”Vill inte svara”.")
FEL_SAKNAS_RADER: Final = N_("Välj ett svar på varje rad i frågan ”{fraga}”. Du kan också välja ”Vill inte svara”.")
FEL_ALTERNATIV: Final = N_("Välj ett av svaren som finns på frågan ”{fraga}”.")
FEL_MOTSAGER: Final = N_("På frågan ”{fraga}” har du valt svar som inte går ihop. Ta bort något av dem.")
FEL_TAL: Final = N_("Skriv ett heltal med siffror på frågan ”{fraga}”.")
FEL_UTANFOR: Final = N_("Skriv ett tal från {minst} till {hogst} på frågan ”{fraga}”.")
FEL_DATUM: Final = N_("Skriv ett datum på frågan ”{fraga}”, till exempel 2026-03-31.")
FEL_FOR_LANGT: Final = N_("Korta ner svaret på frågan ”{fraga}”. Det får ha högst {antal} tecken.")

# --- Check your answers ---
GRANSKA_RUBRIK: Final = N_("Titta igenom dina svar")
GRANSKA: Final = N_("Inget är skickat än. Ändra det du vill, och tryck sedan på Skicka.")
INGET_SVAR: Final = N_("Inget svar")
ANDRA: Final = N_("Ändra")
ANDRA_SVARET: Final = N_("Ändra svaret på frågan ”{fraga}”")
SKICKA: Final = N_("Skicka")
SKICKAR: Final = N_("Skickar …")

# --- Receipts: the person always learns which of these it was ---
MOTTAGET_RUBRIK: Final = N_("Tack! Vi har tagit emot dina svar")
MOTTAGET: Final = N_("Nu kan du stänga sidan. Resultatet kommer i vårt sociala bokslut, när allas svar har räknats.")
KVITTO: Final = N_("Kvitto: {kvitto}. Det visar att du har svarat, men inte vad.")
REDAN_MOTTAGET_RUBRIK: Final = N_("Vi har redan tagit emot dina svar")
REDAN_MOTTAGET: Final = N_("Du har skickat samma svar förut. De är sparade en gång, och bara en gång.")
INTE_SPARAT_RUBRIK: Final = N_("Det här sparades inte")
KODEN_HADE_SVAR: Final = N_("Koden hade redan ett svar, och det gäller. Det du skickade nu sparades inte.")
KODEN_HADE_SVAR_INTE_DU: Final = N_("Var det inte du som svarade? Berätta det för den som gav dig koden.")
KODEN_GALLER_INTE: Final = N_(
    "Koden gäller inte längre. Det du skickade sparades inte. Be den som gav dig koden om en ny."
)

# --- The kiosk ---
KIOSK_VARNING_RUBRIK: Final = N_("Är du kvar?")
KIOSK_VARNING: Final = N_("Sidan töms snart, så att nästa person inte ser dina svar.")
KIOSK_KVAR: Final = N_("Ja, ge mig mer tid")
KIOSK_TOM: Final = N_("Töm sidan nu")
KIOSK_TOMD: Final = N_("Sidan tömdes, för ingen hade rört skärmen på en stund.")
KIOSK_NASTA: Final = N_("Ny person? Börja här")

# --- When something goes wrong ---
SIGILL_RUBRIK: Final = N_("Sidan går inte att använda längre")
SIGILL_MANIPULERAT: Final = N_("Något i sidan har ändrats på vägen, så vi kan inte lita på den. Börja om från början.")
SIGILL_AVKORTAT: Final = N_("En del av sidan kom inte fram. Börja om från början.")
SIGILL_FOR_GAMMALT: Final = N_("Sidan har varit öppen för länge. Börja om från början.")
SIGILL_ANNAN_OMGANG: Final = N_("Sidan hör till en annan enkät. Börja om från början.")
SIGILL_ANNAN_VERSION: Final = N_("Enkäten har ändrats sedan du började. Börja om, så får du de rätta frågorna.")
BORJA_OM: Final = N_("Börja om")
UPPTAGEN_RUBRIK: Final = N_("Det gick inte att spara just nu")
UPPTAGEN: Final = N_("Dina svar finns kvar på den här sidan. Vänta en stund och försök igen.")
INGEN_KONTAKT: Final = N_(
    "Vi fick inget besked om svaren kom fram. De finns kvar på den här sidan. Försök igen: de sparas bara en gång."
)
FORSOK_IGEN: Final = N_("Försök igen")
FOR_MANGA: Final = N_("Många försöker just nu. Vänta en minut och försök igen.")
FOR_MYCKET_TEXT: Final = N_("Du har skrivit mer text än vad som får plats. Korta ner det du har skrivit.")
FOR_STORT: Final = N_("Det du skickade var för stort och kunde inte tas emot. Börja om från början.")

# --- On paper: the slip with the code, and the printed questionnaire ---
LAPP_RUBRIK: Final = N_("Din kod till enkäten")
LAPP_SKANNA: Final = N_("Rikta telefonens kamera mot rutan.")
LAPP_ADRESS: Final = N_("Eller gå till {adress} och skriv koden.")
LAPP_EN_GANG: Final = N_("Koden går att använda en gång. Den sparas inte ihop med dina svar.")
PAPPER_KRYSSA: Final = N_("Sätt ett kryss i en ruta på varje fråga.")
PAPPER_HOPPA: Final = N_("Svara på den här frågan bara om du svarade {svar} på fråga {n}.")
PAPPER_ELLER: Final = N_("{a} eller {b}")
PAPPER_LAMNA: Final = N_("Lägg papperet i kuvertet, klistra igen det och lägg det i lådan. Skriv inte ditt namn.")

# The sentence for each code of `svar.fel_i_svar`, and for "saknas" where one does not choose but writes.
FEL_I_SVAR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "saknas": FEL_SAKNAS,
        "inte_ett_alternativ": FEL_ALTERNATIV,
        "motsager": FEL_MOTSAGER,
        "inte_ett_tal": FEL_TAL,
        "utanfor": FEL_UTANFOR,
        "inte_ett_datum": FEL_DATUM,
        "for_langt": FEL_FOR_LANGT,
    }
)
FEL_SAKNAS_I: Final[Mapping[str, str]] = MappingProxyType(
    {"tal": FEL_SAKNAS_SKRIV, "datum": FEL_SAKNAS_SKRIV, "text": FEL_SAKNAS_SKRIV, "matris": FEL_SAKNAS_RADER}
)
# The sentence for each reason of `sealed_state.SigillBrutet`.
SIGILL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "manipulerat": SIGILL_MANIPULERAT,
        "avkortat": SIGILL_AVKORTAT,
        "utgangen_nyckel": SIGILL_FOR_GAMMALT,
        "annan_omgang": SIGILL_ANNAN_OMGANG,
        "annan_version": SIGILL_ANNAN_VERSION,
    }
)

# Every text by its name.
ALLA: Final[Mapping[str, str | Flertal]] = MappingProxyType(
    {namn: text for namn, text in vars().items() if namn.isupper() and isinstance(text, str | Flertal)}
)
