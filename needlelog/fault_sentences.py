"""The sentence and the way out of every fault, in the source language; ``{names}`` are a fault's values."""

from __future__ import annotations

from needlelog.errors import FaultCode

FAULTS: dict[FaultCode, tuple[str, str]] = {
    FaultCode.ENTRY_EMPTY: ("{field} is empty.", "Fill it in to go on."),
    FaultCode.ENTRY_TOO_LONG: ("{field} is longer than {limit} characters.", "Shorten it."),
    FaultCode.ENTRY_CONTROL_CHARACTER: (
        "{field} contains an invisible character ({character}).",
        "Delete it and type the text again.",
    ),
    FaultCode.ENTRY_NOT_A_NUMBER: ("{field} is not a number.", "Type digits, for example 0.5 or 0,5."),
    FaultCode.ENTRY_TWO_WAYS: (
        "{field} can be read as a thousand or as a fraction.",
        "Type a thousand without a mark, for example 1000, and a fraction without needless zeros, for example 1.5.",
    ),
    FaultCode.ENTRY_TOO_SMALL: ("{field} is below {limit} {unit}.", "Enter {limit} {unit} or more."),
    FaultCode.ENTRY_TOO_LARGE: ("{field} is above {limit} {unit}.", "Enter {limit} {unit} or less."),
    FaultCode.ENTRY_TOO_FINE: ("{field} has more than {places} decimal places.", "Round it."),
    FaultCode.ENTRY_NOT_A_DATE: (
        "{field} is not a date.",
        "Type day, month and year, for example 12 3 1988.",
    ),
    FaultCode.ENTRY_NOT_A_DAY_MONTH_OR_YEAR: (
        "{field} is no day, no month and no year.",
        "Type what is known, for example 12 3 2020, 03/2020 or 2020.",
    ),
    FaultCode.ENTRY_MONTH_DOES_NOT_EXIST: ("{field} names a month that does not exist.", "Months go from 1 to 12."),
    FaultCode.ENTRY_MONTH_MISSING: ("{field} needs its month as well.", "Type it as on the pack, for example 06/2027."),
    FaultCode.ENTRY_DATE_DOES_NOT_EXIST: ("{field} is a date that does not exist.", "Check day and month."),
    FaultCode.ENTRY_DATE_IN_FUTURE: ("{field} is in the future.", "Check the year."),
    FaultCode.ENTRY_DATE_TOO_EARLY: ("{field} is before {limit}.", "Check the year."),
    FaultCode.ENTRY_DATE_TOO_FAR: ("{field} is too far ahead.", "Check the year."),
    FaultCode.ENTRY_NOT_A_TIME: ("{field} is not a time of day.", "Type hours and minutes, for example 14:05."),
    FaultCode.ENTRY_TIME_IN_FUTURE: ("{field} is in the future.", "It is {now} now; check the hour."),
    FaultCode.ENTRY_TIME_TOO_EARLY: ("{field} is before {limit}.", "Check both times."),
    FaultCode.ENTRY_TIME_TOO_LATE: ("{field} is after {limit}.", "Check both times."),
    FaultCode.ENTRY_TWICE: (
        "One {what} stands in this visit twice.",
        "Take one of the two out; nothing of it was saved.",
    ),
    FaultCode.PRODUCT_KNOWN: ("This name is on the list already.", "Tap it there, or give this one another name."),
    FaultCode.SCAN_TOO_LONG: (
        "This code is {length} characters long, more than any pack's.",
        "Scan the square or striped code beside lot and expiry, or type both.",
    ),
    FaultCode.SCAN_IS_LINK: (
        "This code is a web address, not the pack's own code.",
        "Scan the code beside lot and expiry, or type both.",
    ),
    FaultCode.SCAN_OTHER_SYSTEM: (
        "This code is not written in the GS1 system and cannot be read here.",
        "Type lot and expiry as they are printed on the pack.",
    ),
    FaultCode.SCAN_CHECK_DIGIT: (
        "The product number's check digit is wrong, so the code was misread.",
        "Scan it again, or type lot and expiry from the pack.",
    ),
    FaultCode.SCAN_CUT_OFF: (
        "The code breaks off in the middle.",
        "Scan it again more slowly, or type lot and expiry from the pack.",
    ),
    FaultCode.SCAN_DATE_WRONG: (
        "The code holds a date that does not exist ({written}).",
        "Scan it again, or type lot and expiry from the pack.",
    ),
    FaultCode.SCAN_UNKNOWN: (
        "This is not the code of a pack.",
        "Scan the code beside lot and expiry, or type both.",
    ),
    FaultCode.SCAN_WITHOUT_LOT: (
        "This code holds the product number only, no lot.",
        "Scan the code beside lot and expiry, or type both.",
    ),
    FaultCode.SCAN_LOT_UNSURE: (
        "The scanner sent no mark where the lot ends.",
        "Compare the lot with the pack and correct it.",
    ),
    FaultCode.SCAN_MADE_IN_FUTURE: (
        "By its code this pack will be made on a day yet to come.",
        "Check the pack, and the date of this computer.",
    ),
    FaultCode.PACK_KNOWN: (
        "This pack's number belongs to {name} already.",
        "Choose that product, or take the number off it first.",
    ),
    FaultCode.LOT_RECALLED_ALREADY: (
        "This lot stands as it should already.",
        "Nothing was changed.",
    ),
    FaultCode.ENTRY_NOT_A_PHONE: ("{field} is not a phone number.", "Use digits, spaces, + - ( ) only."),
    FaultCode.ENTRY_NOT_AN_EMAIL: (
        "{field} is not an e-mail address.",
        "It needs one @ and a name on each side.",
    ),
    FaultCode.PASSPHRASE_WRONG: (
        "That passphrase does not open this clinic.",
        "Check Caps Lock and try again.",
    ),
    FaultCode.PRACTITIONER_UNNAMED: (
        "It is not said who opens the clinic.",
        "Name one of them with --as: {names}.",
    ),
    FaultCode.PASSPHRASE_MISSING: (
        "There is no passphrase.",
        "Give it on standard input, or name with --passphrase-env the environment variable that holds it.",
    ),
    FaultCode.PASSPHRASE_TOO_SOON: ("Too many wrong tries.", "Wait {seconds} s, then try again."),
    FaultCode.PASSPHRASE_TOO_WEAK: (
        "This passphrase is too short.",
        "Use at least {minimum} characters; four unrelated words work well.",
    ),
    FaultCode.RECOVERY_KEY_WRONG: (
        "That is not this clinic's recovery key.",
        "Read it again from the printed sheet; spaces and dashes do not matter.",
    ),
    FaultCode.RECOVERY_GROUP_DIFFERS: (
        "That is not group {group} of the key.",
        "Read it from the sheet you printed or wrote; capitals do not matter.",
    ),
    FaultCode.KEY_FILE_DAMAGED: (
        "The key file {path} is damaged.",
        "Restore the newest backup of the data folder; nothing was changed.",
    ),
    FaultCode.KEY_FILE_NEWER: (
        "The key file was made by a newer NeedleLog.",
        "Install that version or newer.",
    ),
    FaultCode.DATA_IN_USE: (
        "This clinic is already open on {host} by {user}, since {since}.",
        "Close it there first, or use that window.",
    ),
    FaultCode.DATA_FOLDER_READ_ONLY: (
        "NeedleLog may not write into {path}.",
        "Ask for permission to write there, or choose another folder.",
    ),
    FaultCode.DATA_FOLDER_MISSING: (
        "The folder {path} cannot be made or reached.",
        "Check that the drive is there, or choose another folder with --data-dir.",
    ),
    FaultCode.DATA_FOLDER_FOREIGN: (
        "{path} holds something else, not a NeedleLog clinic.",
        "Choose an empty folder; nothing there was touched.",
    ),
    FaultCode.DATA_FOLDER_PHOTOS_ONLY: (
        "{path} holds a clinic's photos without its records and keys.",
        "Put its backup back there, or choose an empty folder; nothing there was touched.",
    ),
    FaultCode.CLINIC_MISSING: ("There is no clinic in {path}.", "Name its folder with --data-dir."),
    FaultCode.DATABASE_DAMAGED: (
        "The clinic's database is damaged.",
        "Keep the folder {path} as it is and restore the last backup beside it.",
    ),
    FaultCode.DATABASE_NEWER: (
        "This clinic's data was written by a newer NeedleLog (version {found}, this one reads {known}).",
        "Install the newer version; nothing was changed.",
    ),
    FaultCode.DATABASE_BUSY: ("Another program is using the database.", "NeedleLog tries again by itself."),
    FaultCode.DATABASE_GONE: (
        "The clinic's database was moved, removed or replaced while it was open.",
        "Put it back into {path} as it was; what you typed is still here.",
    ),
    FaultCode.CLINIC_GONE: (
        "The clinic that was open in {path} is not there any more.",
        "Put its folder back, or connect its drive, then try again.",
    ),
    FaultCode.DISK_FULL: ("The disk is full.", "Free some space; what you typed is still here."),
    FaultCode.DISK_FULL_UNOPENED: (
        "The disk with the clinic is full, so the clinic cannot be opened.",
        "Free some space there, then try again; nothing was changed.",
    ),
    FaultCode.WRITE_FAILED: ("{path} could not be written ({reason}).", "Check the drive and try again."),
    FaultCode.SAVE_NO_ROOM: (
        "There is no room for the file in {folder}.",
        "Nothing was saved there. Make room, or choose another place.",
    ),
    FaultCode.SAVE_REFUSED: (
        "NeedleLog may not save the file in {folder}.",
        "Nothing was saved there. Choose another place.",
    ),
    FaultCode.SAVE_FAILED: (
        "The file could not be saved in {folder} ({reason}).",
        "Nothing was saved there. Check the drive, or choose another place.",
    ),
    FaultCode.READ_FAILED: ("{path} could not be read ({reason}).", "Check the file and try again."),
    FaultCode.RECORD_NOT_FOUND: ("This record is not in the database.", "Go back and open it again."),
    FaultCode.RECORD_CHANGED_ELSEWHERE: (
        "This record was changed in another window.",
        "Open it again to see that change, then repeat yours.",
    ),
    FaultCode.DETAIL_DAMAGED: (
        "Damaged and not put right yet: {field}.",
        "Fill this in anew, then save.",
    ),
    FaultCode.RECORD_DAMAGED: (
        "This record is damaged and cannot be read any more.",
        "Keep the data folder as it is and restore the last backup beside it.",
    ),
    FaultCode.RECORD_SIGNED: ("This visit is signed and cannot be changed.", "Add an addendum instead."),
    FaultCode.NOT_READY_TO_SIGN: (
        "The visit cannot be signed yet.",
        "Still missing: {count}. Tap each one in the list to get to its place.",
    ),
    FaultCode.NEEDLING_NOT_CLEARED: (
        "Needling is not cleared yet.",
        "Still open: {count}. Resolve each, or write why you are going ahead.",
    ),
    FaultCode.STEP_HOLDS_RECORDS: (
        "Something is recorded in this step, so it does apply today.",
        "If it was not done, remove what stands there first; Undo brings it back.",
    ),
    FaultCode.FOLLOW_UP_EMPTY: (
        "Nothing is answered yet.",
        "Tap an answer, grade what is seen, or note that nobody was reached.",
    ),
    FaultCode.FOLLOW_UP_UNREACHED: ("It is not said how the client was reached.", "Tap phone, visit or message."),
    FaultCode.EVENT_UNWEIGHED: ("It is not said how serious it is.", "Tap one of the four."),
    FaultCode.REASON_MISSING: ("A reason is needed.", "Write briefly why you are going ahead."),
    FaultCode.REASON_TOO_SHORT: (
        "This reason is too short to say anything.",
        "Write at least {least} letters or digits that tell a reader of the record why.",
    ),
    FaultCode.REASON_NOT_ENOUGH: (
        "No reason can stand in for this entry.",
        "Tap it in the list to get to its place and enter it there.",
    ),
    FaultCode.REASON_RESERVED: (
        "These very words are kept for a wrong tap that was taken back at once, where nothing was given.",
        "This was given: write in other words why that was an error.",
    ),
    FaultCode.SERIES_ENDED: ("This series has ended.", "Plan a new one; this one stays as it is."),
    FaultCode.SERIES_ENDS_EARLY: ("The series cannot end before it starts.", "Check the day; it started {start}."),
    FaultCode.TREATMENT_PLANNED: ("This treatment stands on the plan for that day already.", "Choose another day."),
    FaultCode.ZONE_NOT_NEEDLED: ("{zone} is not needled.", "Take this zone out."),
    FaultCode.KNOWLEDGE_BROKEN: (
        "Reference file {file}, entry {entry}, key {key}: {reason}.",
        "Put the file back as it was shipped.",
    ),
    FaultCode.FIGURE_NOT_OURS: (
        "The reference data has no such figure that a clinic may set.",
        "Go back and open the entry again.",
    ),
    FaultCode.FIGURE_AS_OURS: ("This is what stands there already.", "Enter another value, or leave it as it is."),
    FaultCode.FIGURE_BELOW: (
        "“{field}” would be less than “{other}” ({limit} {unit}).",
        "Enter {limit} {unit} or more, or change that one first.",
    ),
    FaultCode.FIGURE_ABOVE: (
        "“{field}” would be more than “{other}” ({limit} {unit}).",
        "Enter {limit} {unit} or less, or change that one first.",
    ),
    FaultCode.FIGURE_DOES_NOT_FIT: (
        "{field} does not fit the values around it that way.",
        "Change the other values of this entry first.",
    ),
    FaultCode.RESOURCE_MISSING: ("The program file {name} is missing.", "Install NeedleLog again."),
    FaultCode.TIME_ZONE_UNKNOWN: ("The time zone {name} is not known.", "Choose another in the settings."),
    FaultCode.CHARACTER_NOT_PRINTABLE: (
        "The character {character} ({code}) cannot be printed: no built-in font has it.",
        "Write that name in another script for the paper, or leave the character out.",
    ),
    FaultCode.WORDING_NOT_PRINTABLE: (
        "{field} holds the character {character} ({code}), which cannot be printed: no built-in font has it.",
        "Write it in another way, or leave it out.",
    ),
    FaultCode.WORDING_EMPHASIS: (
        "{field} holds two asterisks: in this place nothing can be set in bold.",
        "Take the asterisks out.",
    ),
    FaultCode.WORDING_EMPHASIS_OPEN: (
        "{field} has bold letters that begin and do not end, or hold nothing.",
        "Write two asterisks before and two after the words that are to be bold.",
    ),
    FaultCode.WORDING_EMPHASIS_WITHIN: (
        "{field} has bold letters that begin or end within a word, which would come apart.",
        "Put the asterisks before and after whole words.",
    ),
    FaultCode.WORDING_TOO_LONG: (
        "With this wording the {sheet} prints on {needed} pages; {pages} are the most.",
        "Shorten it; what has grown most is: {longest}.",
    ),
    FaultCode.WORDING_WEAKENED: (
        "This wording says less than the shipped one: {what}",
        "Write the reason, or put it back.",
    ),
    FaultCode.WORDING_TURNED: (
        "{field} prints beside the sign for “do not”, and allows it: “{allows}”.",
        "Write what not to do, with a word like {words}, or leave the line out and say why.",
    ),
    FaultCode.WORDING_NOT_CONFIRMED: (
        "This line prints beside the sign for “do not” or “do”, and its words are new: “{text}”.",
        "Read it beside its sign, and confirm that the two go together.",
    ),
    FaultCode.WORDING_UNCHANGED: ("This wording is the one that holds already.", "Change something, then keep it."),
    FaultCode.WORDING_KEPT_MEANWHILE: (
        "A newer version of this wording was kept meanwhile: number {number}.",
        "Look at it first, then keep yours on top of it.",
    ),
    FaultCode.PLACEHOLDER_UNKNOWN: (
        "{field} holds {name}, which is no placeholder of this text.",
        "Those of this text are {known}.",
    ),
    FaultCode.PLACEHOLDER_OPEN: (
        "{field} holds a brace that stands alone.",
        "Braces stand only around a placeholder: {known}.",
    ),
    FaultCode.PLACEHOLDER_EMPTY: (
        "{field} holds {name}, for which the clinic's details say nothing.",
        "Fill it in under the clinic's details, or take the placeholder out.",
    ),
    FaultCode.PAPER_TOO_LONG: (
        "The sheet prints on {needed} pages; {pages} are the most.",
        "Choose large print, which may have more pages, or shorten the note on it.",
    ),
    FaultCode.PAPER_DAMAGED: (
        "The stored sheet no longer matches its fingerprint.",
        "Do not hand it out; restore it from a backup.",
    ),
    FaultCode.PAPER_WITHDRAWN: (
        "This paper was withdrawn on {day}, because it was given in error.",
        "Hand it over again only after saying that you mean to.",
    ),
    FaultCode.CODE_EMPTY: ("There is no code yet.", "Type the code that stands beside the seal on the print."),
    FaultCode.CODE_LENGTH: (
        "This is no code of a seal.",
        "It has {length} letters and digits in groups of four, as in the box with the seal on the print.",
    ),
    FaultCode.CODE_MISTYPED: ("One of the letters or digits is not right.", "Compare the code with the print."),
    FaultCode.FILE_NOT_A_PDF: ("{name} is no PDF, or a damaged one.", "Choose a paper that was saved as PDF."),
    FaultCode.FILE_TOO_LARGE: ("{name} is larger than {limit} MB.", "Type the code from its print instead."),
    FaultCode.CONSENT_NOT_SIGNED: (
        "No consent was signed in this visit.",
        "Have the client sign first; then there is a paper of it.",
    ),
    FaultCode.PHOTO_UNREADABLE: ("This file is not a readable photo.", "Choose a JPEG or PNG."),
    FaultCode.PHOTO_IS_HEIC: (
        "This photo is stored as HEIC, which NeedleLog cannot read.",
        "Save it as JPEG, or set the phone's camera to the most compatible format.",
    ),
    FaultCode.PHOTO_TOO_LARGE: (
        "This photo is larger than {limit} megapixels.",
        "Make it smaller and try again.",
    ),
    FaultCode.PHOTO_DAMAGED: ("A stored photo is damaged.", "Restore it from a backup."),
    FaultCode.PRINTED_IN_PART: (
        "{printed} of {pages} pages went to the printer: this does not count as handed over.",
        "Print all pages at once.",
    ),
    FaultCode.PRINTER_FAILED: ("The sheet could not be printed.", "Check the printer, or save the sheet as a PDF."),
    FaultCode.STOPPED: ("Stopped.", "Nothing was written."),
    FaultCode.NO_VIEWER: (
        "No program on this computer opened {name}.",
        "The file is saved; open it from its folder.",
    ),
    FaultCode.LOGO_UNREADABLE: (
        "This file is not a picture that can be used, or it is not whole.",
        "Choose a PNG or JPEG that opens in other programs.",
    ),
    FaultCode.LOGO_TOO_LARGE: (
        "This logo is larger than {megabytes} MB or {megapixels} megapixels.",
        "Save it at a smaller size and choose it again.",
    ),
    FaultCode.LOGO_IS_A_DRAWING: (
        "This logo is a drawing (SVG, EPS or PDF), not a picture.",
        "Open it in the program it comes from, save it as PNG and choose that.",
    ),
    FaultCode.NO_DISPLAY: (
        "There is no display to open a window on.",
        "Start NeedleLog from a desktop, or use --tour DIR, which needs none.",
    ),
    FaultCode.SYSTEM_LIBRARY_MISSING: (
        "A system library that the window needs is missing ({name}).",
        "The README names what to install.",
    ),
}
