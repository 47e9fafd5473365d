"""The language of the command line: Swedish, unless FINSAM_LANGUAGE asks for English. It is known before Django is.

Django's own gettext waits until every app is loaded, which takes several times as long as showing a help. So the
texts of the command line are looked up in the product's catalogue by Python's gettext, when a module is read: a run
speaks one language from its first word to its last.
"""

import os
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

LOCALE: Final = Path(__file__).resolve().parents[1] / "locale"
LANGUAGE: Final = "en" if os.environ.get("FINSAM_LANGUAGE") == "en" else "sv"
TEXTS: Final = NullTranslations() if LANGUAGE == "sv" else translation("django", LOCALE, [LANGUAGE], fallback=True)

gettext = TEXTS.gettext
ngettext = TEXTS.ngettext
