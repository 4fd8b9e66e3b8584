"""What a field says of itself when its form has no words of its own: the form library's English, in our words."""

from __future__ import annotations

from typing import Final

from kansli.sprak import gettext, mark

# The library's message, in its form for many, and ours; what the library fills in is filled in here too.
_ORD: Final = {
    "Not a valid choice.": mark("Välj något i listan."),
    "'%(value)s' are not valid choices for this field.": mark("Välj bland det som finns i listan."),
    "Invalid Choice: could not coerce.": mark("Välj något i listan."),
    "This field is required.": mark("Fältet ska fyllas i."),
    "Invalid input.": mark("Det som står i fältet går inte att läsa. Läs in sidan igen."),
    "Field cannot be longer than %(max)d characters.": mark("Texten är för lång: högst %(max)d tecken får plats."),
    "Number must be at least %(min)s.": mark("Talet ska vara minst %(min)s."),
    "Number must be at most %(max)s.": mark("Talet ska vara högst %(max)s."),
    "Number must be between %(min)s and %(max)s.": mark("Talet ska vara från %(min)s till %(max)s."),
    "Not a valid integer value.": mark("Skriv ett helt tal."),
    "Not a valid date value.": mark("Skriv dagen som 2026-03-31."),
    "Not a valid time value.": mark("Skriv klockslaget som 23:59."),
}


class Formularord:
    """The words, in the language of the request, as the form library asks for them."""

    def gettext(self, text: str) -> str:
        """A message."""
        return gettext(_ORD.get(text, text))

    def ngettext(self, _en: str, flera: str, _antal: int) -> str:
        """A message that goes by a number; ours are the same for all."""
        return self.gettext(flera)
