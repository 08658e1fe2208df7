"""The world's faults as codes with values. Their sentences stand in ``i18n``; anything else that escapes is a bug.

A fault never carries what a client or a practitioner typed into its ``str``: that may reach a log.
"""

from __future__ import annotations

from enum import StrEnum


class FaultCode(StrEnum):
    """Everything that the world can do to us, one code each."""

    # entries at the screen
    ENTRY_EMPTY = "entry-empty"
    ENTRY_TOO_LONG = "entry-too-long"
    ENTRY_CONTROL_CHARACTER = "entry-control-character"
    ENTRY_NOT_A_NUMBER = "entry-not-a-number"
    ENTRY_TOO_SMALL = "entry-too-small"
    ENTRY_TOO_LARGE = "entry-too-large"
    ENTRY_TOO_FINE = "entry-too-fine"
    ENTRY_NOT_A_DATE = "entry-not-a-date"
    ENTRY_NOT_A_DAY_MONTH_OR_YEAR = "entry-not-a-day-month-or-year"
    ENTRY_MONTH_DOES_NOT_EXIST = "entry-month-does-not-exist"
    ENTRY_MONTH_MISSING = "entry-month-missing"
    ENTRY_DATE_DOES_NOT_EXIST = "entry-date-does-not-exist"
    ENTRY_DATE_IN_FUTURE = "entry-date-in-future"
    ENTRY_DATE_TOO_EARLY = "entry-date-too-early"
    ENTRY_DATE_TOO_FAR = "entry-date-too-far"
    ENTRY_NOT_A_TIME = "entry-not-a-time"
    ENTRY_TIME_IN_FUTURE = "entry-time-in-future"
    ENTRY_TIME_TOO_EARLY = "entry-time-too-early"
    ENTRY_TIME_TOO_LATE = "entry-time-too-late"
    ENTRY_TWICE = "entry-twice"
    PRODUCT_KNOWN = "product-known"
    SCAN_TOO_LONG = "scan-too-long"
    SCAN_IS_LINK = "scan-is-link"
    SCAN_OTHER_SYSTEM = "scan-other-system"
    SCAN_CHECK_DIGIT = "scan-check-digit"
    SCAN_CUT_OFF = "scan-cut-off"
    SCAN_DATE_WRONG = "scan-date-wrong"
    SCAN_UNKNOWN = "scan-unknown"
    SCAN_WITHOUT_LOT = "scan-without-lot"
    SCAN_LOT_UNSURE = "scan-lot-unsure"
    SCAN_MADE_IN_FUTURE = "scan-made-in-future"
    PACK_KNOWN = "pack-known"
    LOT_RECALLED_ALREADY = "lot-recalled-already"
    ENTRY_NOT_A_PHONE = "entry-not-a-phone"
    ENTRY_NOT_AN_EMAIL = "entry-not-an-email"
    # keys and unlocking
    PRACTITIONER_UNNAMED = "practitioner-unnamed"
    PASSPHRASE_MISSING = "passphrase-missing"
    PASSPHRASE_WRONG = "passphrase-wrong"
    PASSPHRASE_TOO_SOON = "passphrase-too-soon"
    PASSPHRASE_TOO_WEAK = "passphrase-too-weak"
    RECOVERY_KEY_WRONG = "recovery-key-wrong"
    RECOVERY_GROUP_DIFFERS = "recovery-group-differs"
    KEY_FILE_DAMAGED = "key-file-damaged"
    KEY_FILE_NEWER = "key-file-newer"
    # data folder and database
    DATA_IN_USE = "data-in-use"
    DATA_FOLDER_READ_ONLY = "data-folder-read-only"
    DATA_FOLDER_MISSING = "data-folder-missing"
    DATA_FOLDER_FOREIGN = "data-folder-foreign"
    DATA_FOLDER_PHOTOS_ONLY = "data-folder-photos-only"
    CLINIC_MISSING = "clinic-missing"
    DATABASE_DAMAGED = "database-damaged"
    DATABASE_NEWER = "database-newer"
    DATABASE_BUSY = "database-busy"
    DISK_FULL = "disk-full"
    WRITE_FAILED = "write-failed"
    READ_FAILED = "read-failed"
    # records
    RECORD_NOT_FOUND = "record-not-found"
    RECORD_CHANGED_ELSEWHERE = "record-changed-elsewhere"
    RECORD_DAMAGED = "record-damaged"
    DETAIL_DAMAGED = "detail-damaged"
    RECORD_SIGNED = "record-signed"
    NOT_READY_TO_SIGN = "not-ready-to-sign"
    NEEDLING_NOT_CLEARED = "needling-not-cleared"
    REASON_MISSING = "reason-missing"
    REASON_TOO_SHORT = "reason-too-short"
    REASON_NOT_ENOUGH = "reason-not-enough"
    STEP_HOLDS_RECORDS = "step-holds-records"
    FOLLOW_UP_EMPTY = "follow-up-empty"
    FOLLOW_UP_UNREACHED = "follow-up-unreached"
    EVENT_UNWEIGHED = "event-unweighed"
    SERIES_ENDED = "series-ended"
    SERIES_ENDS_EARLY = "series-ends-early"
    TREATMENT_PLANNED = "treatment-planned"
    ZONE_NOT_NEEDLED = "zone-not-needled"
    # reference data
    KNOWLEDGE_BROKEN = "knowledge-broken"
    FIGURE_NOT_OURS = "figure-not-ours"
    FIGURE_AS_OURS = "figure-as-ours"
    FIGURE_BELOW = "figure-below"
    FIGURE_ABOVE = "figure-above"
    FIGURE_DOES_NOT_FIT = "figure-does-not-fit"
    RESOURCE_MISSING = "resource-missing"
    TIME_ZONE_UNKNOWN = "time-zone-unknown"
    # papers and pictures
    CHARACTER_NOT_PRINTABLE = "character-not-printable"
    WORDING_NOT_PRINTABLE = "wording-not-printable"
    WORDING_EMPHASIS = "wording-emphasis"
    WORDING_EMPHASIS_OPEN = "wording-emphasis-open"
    WORDING_EMPHASIS_WITHIN = "wording-emphasis-within"
    WORDING_TOO_LONG = "wording-too-long"
    WORDING_WEAKENED = "wording-weakened"
    WORDING_UNCHANGED = "wording-unchanged"
    WORDING_KEPT_MEANWHILE = "wording-kept-meanwhile"
    PLACEHOLDER_UNKNOWN = "placeholder-unknown"
    PLACEHOLDER_OPEN = "placeholder-open"
    PLACEHOLDER_EMPTY = "placeholder-empty"
    PAPER_TOO_LONG = "paper-too-long"
    PAPER_DAMAGED = "paper-damaged"
    PAPER_WITHDRAWN = "paper-withdrawn"
    CODE_EMPTY = "code-empty"
    CODE_LENGTH = "code-length"
    CODE_MISTYPED = "code-mistyped"
    FILE_NOT_A_PDF = "file-not-a-pdf"
    FILE_TOO_LARGE = "file-too-large"
    CONSENT_NOT_SIGNED = "consent-not-signed"
    PHOTO_UNREADABLE = "photo-unreadable"
    PHOTO_IS_HEIC = "photo-is-heic"
    PHOTO_TOO_LARGE = "photo-too-large"
    PHOTO_DAMAGED = "photo-damaged"
    PRINTER_FAILED = "printer-failed"
    PRINTED_IN_PART = "printed-in-part"
    NO_VIEWER = "no-viewer"
    STOPPED = "stopped"
    LOGO_UNREADABLE = "logo-unreadable"
    LOGO_TOO_LARGE = "logo-too-large"
    # start-up
    NO_DISPLAY = "no-display"
    SYSTEM_LIBRARY_MISSING = "system-library-missing"


class Fault(Exception):
    """One fault of the world: a code and the values its sentence needs.

    ``values`` may hold paths, numbers and names of fields, never a client's words.
    """

    def __init__(self, code: FaultCode, /, **values: object) -> None:
        super().__init__(code.value)
        self.code = code
        self.values = values
