"""All pages of the register on one blueprint: importing this puts them there."""

from __future__ import annotations

from kansli.register import views, views_ar, views_filer, views_import, views_insatser
from kansli.register.bladet import bp

SIDOR = (views, views_insatser, views_import, views_ar, views_filer)

__all__ = ["SIDOR", "bp"]
