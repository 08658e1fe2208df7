"""Languages by the name their speakers give them, and what is said of the language of a sheet."""

from __future__ import annotations

from needlelog.i18n import Words

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("bg", "Български"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("so", "Soomaali"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tl", "Tagalog"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
)


_SPOKEN = {
    "ar": "Arabic",
    "bn": "Bengali",
    "bg": "Bulgarian",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def language_in_words(code: str, tr: Words) -> str:
    """What the practitioner calls a language; an unknown code stands for itself."""
    return tr(_SPOKEN.get(code, code))


def sheet_language_told(language: str, wanted: str, *, reviewed: bool, tr: Words) -> tuple[str, str]:
    """What to know of the language of a client's sheet, and its tone: another than wanted, or not reviewed yet."""
    spoken = language_in_words(language, tr)
    told = "" if reviewed else tr("This text has not been reviewed by a clinician.")
    if wanted.partition("-")[0] != language:
        there = tr(
            "There is no sheet in {wanted} yet: this one is in {language}. Have it explained.",
            wanted=language_in_words(wanted, tr),
            language=spoken,
        )
        return f"{there} {told}".strip(), "hold"
    return (tr("Sheet in {language}.", language=spoken) + f" {told}").strip(), "muted"


def language_name(code: str) -> str:
    """The language's own name; an unknown code stands for itself."""
    return dict(LANGUAGES).get(code, code)
