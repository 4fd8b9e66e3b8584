"""One tiny questionnaire with every kind of question, for the tests of reading, proving and answering."""

from enkat.fragor import Enkat, las_enkat

TOML = """\
[enkat]
titel = "Prov"
ingress = "En liten enkät."
kalla = "prov"
kallas = "de svarande"

[enhet]
text = "Var?"

[skala.trivsel]
svar = ["daligt", "sadar", "bra"]
text = ["Dåligt", "Sådär", "Bra"]
bild = "ansikten"

[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
ordnad = false

[skala.fardmedel]
svar = ["buss", "cykel", "inget"]
text = ["Buss", "Cykel", "Inget av det"]
ordnad = false

[skala.kon]
svar = ["kvinna", "man", "annat"]
text = ["Kvinna", "Man", "Annat"]
ordnad = false

[fraga.trivs]
typ = "skala"
skala = "trivsel"
text = "Hur trivs du?"

[fraga.arbetar]
typ = "ja_nej"
text = "Arbetar du?"
kanslig = true

[fraga.reser]
typ = "flera_val"
skala = "fardmedel"
text = "Hur reser du dit?"
visas_om = { fraga = "arbetar", svar = ["ja"] }

[fraga.minuter]
typ = "tal"
minst = 0
hogst = 240
text = "Hur många minuter tar det?"
visas_om = { fraga = "reser", svar = ["buss", "cykel"] }

[fraga.borjade]
typ = "datum"
text = "När började du?"

[fraga.stod]
typ = "matris"
skala = "trivsel"
text = "Hur har stödet varit?"

[fraga.stod.rader]
rad_ett = "Från personalen"
rad_tva = "Från chefen"

[fraga.eget]
typ = "text"
langst = 20
gallras_efter_manader = 12
text = "Vill du säga något mer?"

[fraga.kon]
typ = "ett_val"
skala = "kon"
text = "Vilket kön har du?"
"""


def enkat(toml: str = TOML) -> Enkat:
    """Read a questionnaire that has no fault."""
    last, fel = las_enkat("prov.toml", toml.encode())
    assert last is not None, [str(d) for d in fel]
    return last
