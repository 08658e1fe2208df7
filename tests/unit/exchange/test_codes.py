"""What a scanner types, read back: published codes, real devices' codes, and everything that is no pack's code."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import NamedTuple

import pytest
from biip.checksums import gs1_standard_check_digit
from hypothesis import given
from hypothesis import strategies as st

from needlelog.errors import Fault, FaultCode
from needlelog.exchange.codes import LIMIT, SEPARATOR, gtin_of, looks_scanned, may_be_scan, read_code
from needlelog.fault_sentences import FAULTS

TODAY = date(2026, 11, 21)
GS = SEPARATOR


class Says(NamedTuple):
    gtin: str = ""
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None
    made_on: date | None = None


def said(text: str, today: date = TODAY) -> Says:
    code = read_code(text, today)
    assert code.raw == text.strip("\r\n\t \x1d\x02\x03")
    return Says(code.gtin, code.lot, code.serial, code.expires_on, code.made_on)


PUBLISHED = {
    # GS1's own examples.
    # GS1's sample label for healthcare, as in HL7's US Core, example udi-1: hl7.org/fhir/us/core
    "gs1-healthcare-sample-label": (
        "(01)09504000059118(17)141120(10)7654321D(21)10987654d321",
        Says("09504000059118", "7654321D", "10987654d321", date(2014, 11, 20)),
    ),
    # GS1 DataMatrix Guideline, gs1.org/standards/gs1-datamatrix-guideline
    "gs1-datamatrix-guideline": (
        "(01)09501101530003(17)140704(10)AB-123",
        Says("09501101530003", "AB-123", "", date(2014, 7, 4)),
    ),
    # GS1 Digital Link standard, ref.gs1.org/standards/digital-link
    "gs1-digital-link-standard": (
        "https://id.gs1.org/01/09506000134352/10/LOT-ABC?17=271231",
        Says("09506000134352", "LOT-ABC", "", date(2027, 12, 31)),
    ),
    # Device UDIs from public documents and repositories.
    # HL7 C-CDA, template Product Instance 2.16.840.1.113883.10.20.22.4.37
    "hl7-ccda-product-instance-pacemaker": (
        "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234",
        Says("51022222233336", "A213B1", "1234", date(2015, 7, 7), date(2014, 12, 31)),
    ),
    # accessgudid.nlm.nih.gov/resources/developers, Parse UDI API
    "accessgudid-api-parse-udi": (
        "(01)10884521062856(11)141231(17)150707(10)A213B1(21)1234",
        Says("10884521062856", "A213B1", "1234", date(2015, 7, 7), date(2014, 12, 31)),
    ),
    # HL7 FHIR R4, Device example-udi1, hl7.org/fhir/R4/device.html
    "fhir-us-core-implantable-device": (
        "(01)00844588003288(17)141120(10)7654321D(21)10987654d321",
        Says("00844588003288", "7654321D", "10987654d321", date(2014, 11, 20)),
    ),
    # HL7 C-CDA, the same template with an orthopaedic implant
    "hl7-ccda-orthopedic-implant": (
        "(01)00643169001763(17)180322(10)M320(21)AC221",
        Says("00643169001763", "M320", "AC221", date(2018, 3, 22)),
    ),
    # a pacemaker in the ONC reference validator's tests, github.com/onc-healthit/reference-ccda-validator
    "medtronic-pacemaker-fhir-narrative-test": (
        "(01)00643169007222(17)160128(21)BLC200461H",
        Says("00643169007222", "", "BLC200461H", date(2016, 1, 28)),
    ),
    # a bone implant in ONC Inferno's tests, github.com/onc-healthit/inferno-program
    "onc-inferno-bone-implant": (
        "(01)00880304510135(17)170301(10)08080707J",
        Says("00880304510135", "08080707J", "", date(2017, 3, 1)),
    ),
    # the maker's own sign-in page of MMT-7340, in its published end-to-end test
    "medtronic-software-2.2B": ("(01)00763000239473(10)2.2B", Says("00763000239473", "2.2B")),
    "medtronic-software-3.6A": ("(01)00643169358430(10)3.6A", Says("00643169358430", "3.6A")),
    "fhir-device-accesspoint": (
        "(01)00844588003288(11)240601(17)290601(10)LOT-55(21)SN-778812",
        Says("00844588003288", "LOT-55", "SN-778812", date(2029, 6, 1), date(2024, 6, 1)),
    ),
    # di 08717648200274 of a coronary stent, accessgudid.nlm.nih.gov/devices/08717648200274
    "fhir-udicarrier-heart-valve": (
        "(01)08717648200274(17)141120(10)7654321D",
        Says("08717648200274", "7654321D", "", date(2014, 11, 20)),
    ),
    # github.com/jodal/biip/issues/296
    "biip-issue-296-additional-id": (
        f"0104062102661738112401241727072410S230091624{GS}2400523000302NNN003",
        Says("04062102661738", "S230091624", "", date(2027, 7, 24), date(2024, 1, 24)),
    ),
    # a carton of vaccine in the vaccine store of Tanzania (vssm), as its scanner typed it
    "vaccine-carton-scan": (
        "]d20118901415009581171601311030124A14",
        Says("18901415009581", "30124A14", "", date(2016, 1, 31)),
    ),
    # github.com/zint/zint, backend/tests
    "zint-test-suite": ("]d20112312312312333" + "10ABC123" + GS + "99TESTING", Says("12312312312333", "ABC123")),
    # github.com/jodal/biip/issues/253, with the separator that its scanner sent
    "biip-issue-253-lot-and-serial": (
        "010404696335194617240101" + "1019A|21G8345",
        Says("04046963351946", "19A", "G8345", date(2024, 1, 1)),
    ),
}


@pytest.mark.parametrize(("text", "says"), PUBLISHED.values(), ids=PUBLISHED)
def test_published_codes(text: str, says: Says) -> None:
    assert said(text) == says


ONE = Says("00844588003288", "L7-A", "S9", date(2027, 6, 30), date(2025, 6, 1))
PARTS = ("0100844588003288", "11250601", "17270630", "10L7-A", "21S9")


@pytest.mark.parametrize("prefix", ["", "]d2", "]C1", "]Q3", GS, f"]d2{GS}"])
@pytest.mark.parametrize("separator", [GS, "<GS>", "{GS}", "[FNC1]", "|", "~", "^", "\u241d"])
def test_with_every_prefix_and_whatever_a_scanner_puts_for_the_separator(prefix: str, separator: str) -> None:
    text = prefix + PARTS[0] + PARTS[1] + PARTS[2] + PARTS[3] + separator + PARTS[4]
    assert said(text) == ONE
    assert read_code(text, TODAY).notes == ()
    assert said(prefix + PARTS[0] + PARTS[3] + separator + PARTS[4] + separator + PARTS[2] + PARTS[1]) == ONE


@pytest.mark.parametrize(
    "text",
    [
        "(01)00844588003288(11)250601(17)270630(10)L7-A(21)S9",
        "(01) 00844588003288 (11) 250601 (17) 270630 (10) L7-A (21) S9",
        "\x02(01)00844588003288(11)250601(17)270630(10)L7-A(21)S9\x03\r\n",
    ],
)
def test_the_line_in_brackets(text: str) -> None:
    code = read_code(text, TODAY)
    assert Says(code.gtin, code.lot, code.serial, code.expires_on, code.made_on) == ONE


@pytest.mark.parametrize(
    ("digits", "gtin"),
    [
        ("40170725", "00000040170725"),
        ("036000291452", "00036000291452"),
        ("4006381333931", "04006381333931"),
        ("10614141000415", "10614141000415"),
        ("]E04006381333931", "04006381333931"),
    ],
)
def test_plain_numbers_of_goods_bring_no_lot_and_say_so(digits: str, gtin: str) -> None:
    code = read_code(digits, TODAY)
    assert (code.gtin, code.lot, code.notes) == (gtin, "", (FaultCode.SCAN_WITHOUT_LOT,))


@pytest.mark.parametrize(
    ("written", "today", "day"),
    [
        ("261200", TODAY, date(2026, 12, 31)),
        ("270200", TODAY, date(2027, 2, 28)),
        ("280200", TODAY, date(2028, 2, 29)),
        ("280229", TODAY, date(2028, 2, 29)),
        ("760101", TODAY, date(2076, 1, 1)),
        ("770101", TODAY, date(1977, 1, 1)),
        ("990101", TODAY, date(1999, 1, 1)),
        ("000101", date(2051, 1, 1), date(2100, 1, 1)),
        ("010101", date(2051, 1, 1), date(2101, 1, 1)),
        ("020101", date(2051, 1, 1), date(2002, 1, 1)),
        ("000000", TODAY, None),
    ],
)
def test_dates_of_six_digits(written: str, today: date, day: date | None) -> None:
    assert read_code(f"010084458800328817{written}10A", today).expires_on == day


@pytest.mark.parametrize(("made", "notes"), [("261121", ()), ("261122", (FaultCode.SCAN_MADE_IN_FUTURE,))])
def test_made_today_is_fine_and_made_tomorrow_is_said(made: str, notes: tuple[FaultCode, ...]) -> None:
    code = read_code(f"010084458800328811{made}10A", TODAY)
    assert code.notes == notes
    assert (code.lot, code.made_on) == ("A", date(2026, 11, int(made[4:])))


BAD = {
    "empty": ("  \r\n", FaultCode.ENTRY_EMPTY),
    "three hundred and ten": ("0100844588003288" + "10" + "A" * 292, FaultCode.SCAN_TOO_LONG),
    "web address": ("https://www.example.com/needles?lot=12", FaultCode.SCAN_IS_LINK),
    "web address without scheme": ("www.example.com/x", FaultCode.SCAN_IS_LINK),
    "HIBC of the AccessGUDID documentation": (
        "+B066000325011NS1/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202C1",
        FaultCode.SCAN_OTHER_SYSTEM,
    ),
    "ISBT of the AccessGUDID documentation": (
        "=/W4146EB0010T0475=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123",
        FaultCode.SCAN_OTHER_SYSTEM,
    ),
    "check digit in brackets, as in a library's manual": ("(01)00208851107345(17)150331", FaultCode.SCAN_CHECK_DIGIT),
    "check digit without brackets": ("0100844588003280", FaultCode.SCAN_CHECK_DIGIT),
    "check digit of a plain number": ("4006381333930", FaultCode.SCAN_CHECK_DIGIT),
    "cut off in the number": ("010084458800", FaultCode.SCAN_CHECK_DIGIT),
    "cut off in the number of a marked code": ("]d2010084458800", FaultCode.SCAN_CUT_OFF),
    "cut off in the date": ("01008445880032881714", FaultCode.SCAN_CUT_OFF),
    "cut off before the lot": ("010084458800328817271231" + "10", FaultCode.SCAN_CUT_OFF),
    "cut off in brackets": ("(01)00844588003288(17)2712", FaultCode.SCAN_CUT_OFF),
    "nothing in brackets": ("(01)00844588003288(10)", FaultCode.SCAN_CUT_OFF),
    "month 13": ("010084458800328817291300", FaultCode.SCAN_DATE_WRONG),
    "30 February": ("(01)00844588003288(17)270230(10)A", FaultCode.SCAN_DATE_WRONG),
    "month 00": ("010084458800328817270010", FaultCode.SCAN_DATE_WRONG),
    "a name": ("Łukasz", FaultCode.SCAN_UNKNOWN),
    "a typed lot": ("LOT-4711", FaultCode.SCAN_UNKNOWN),
    "a parcel": ("]C100106141412345678908", FaultCode.SCAN_UNKNOWN),
    "only brackets": ("()()", FaultCode.SCAN_UNKNOWN),
    "a control character": ("01\x0700844588003288", FaultCode.SCAN_CUT_OFF),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_everything_else_gets_one_sentence(text: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        read_code(text, TODAY)
    assert caught.value.code is code
    assert text not in str(caught.value.values)


def test_three_hundred_characters_are_read() -> None:
    assert len("x" * LIMIT) == 300
    assert said("010084458800328810A" + GS + "91" + "x" * 30) == Says("00844588003288", "A")


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        # PeterBrockfeld/BarcodeParser issue 9: the separator between lot and making date was lost.
        ("01035960104943371731042610P212940211210428", "P212940211210428"),
        # biip issue 296: a lost separator makes the lot swallow what follows it; nothing of it can be relied on.
        ("0104062102661608112405271727112710S2400424282400522010301NNN003", ""),
        ("010084458800328810ABCDEFGHIJKLMNOPQRST21SER", "ABCDEFGHIJKLMNOPQRST"),
        ("010084458800328810ABCDEF21SER1", "ABCDEF21SER1"),
    ],
)
def test_a_lot_whose_end_cannot_be_told_is_said(text: str, lot: str) -> None:
    code = read_code(text, TODAY)
    assert code.notes == (FaultCode.SCAN_LOT_UNSURE,)
    assert code.lot == lot
    assert code.gtin
    assert code.raw == text


@pytest.mark.parametrize("lot", ["A", "30124A14", "LOT42", "2104", "B21"])
def test_an_ordinary_lot_at_the_end_is_not_doubted(lot: str) -> None:
    assert read_code(f"010084458800328817291231{'10'}{lot}", TODAY).notes == ()


def test_the_second_code_of_a_pack_may_stand_alone() -> None:
    assert said("]C117290630" + "10AB7") == Says("", "AB7", "", date(2029, 6, 30))
    assert said("]C110AB7") == Says("", "AB7")
    assert said("17290629") == Says("", "", "", date(2029, 6, 29))


@pytest.mark.parametrize(
    ("text", "scanned"),
    [
        ("]d20100844588003288", True),
        ("(01)00844588003288(10)A", True),
        ("010084458800328810A", True),
        ("https://id.gs1.org/01/09506000134352", True),
        ("0100844588003280", False),
        ("0100844588003288"[:15], False),
        ("LOT-4711", False),
        ("10ABC", False),
        ("4006381333931", False),
        ("", False),
    ],
)
def test_a_lot_typed_by_hand_is_not_taken_for_a_scan(text: str, scanned: bool) -> None:
    assert looks_scanned(text) is scanned


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0100844588003280", True),
        ("4006381333930", True),
        ("https://example.com", True),
        ("+B066000325011NS1/$$420020216LOT", True),
        ("LOT-4711", False),
        ("1234567", False),
        ("Redness, 12345678", False),
        ("+44 1632 960 140 (home)", False),
        ("", False),
    ],
)
def test_what_comes_fast_may_be_a_code_even_a_wrong_one_but_no_words(text: str, code: bool) -> None:
    assert may_be_scan(text) is code


def test_each_scan_fault_has_a_sentence_and_a_way_out() -> None:
    for code in FaultCode:
        if code.value.startswith("scan-"):
            assert all(FAULTS[code])


def test_numbers_of_goods_are_kept_with_fourteen_digits() -> None:
    assert gtin_of(" 4006381 333931 ") == "04006381333931"
    for text, code in (("12", FaultCode.SCAN_UNKNOWN), ("4006381333932", FaultCode.SCAN_CHECK_DIGIT)):
        with pytest.raises(Fault) as caught:
            gtin_of(text)
        assert caught.value.code is code


# GS1's character set 82 without what some scanner may put in place of the separator.
SET_82 = "!\"%&'*+,-./0123456789:;=?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
texts = st.text(SET_82, min_size=1, max_size=20)
gtins = st.integers(0, 10**13 - 1).map(lambda n: f"{n:013d}").map(lambda n: n + str(gs1_standard_check_digit(n)))
days = st.dates(date(1977, 12, 31), date(2076, 1, 1))


@given(gtin=gtins, lot=texts, serial=texts, expires_on=days, made_on=days, prefix=st.sampled_from(["", "]d2", "]C1"]))
def test_what_is_written_comes_back(
    gtin: str, lot: str, serial: str, expires_on: date, made_on: date, prefix: str
) -> None:
    wanted = Says(gtin, lot, serial, expires_on, made_on)
    fixed = f"01{gtin}11{made_on:%y%m%d}17{expires_on:%y%m%d}"
    assert said(f"{prefix}{fixed}10{lot}{GS}21{serial}") == wanted
    assert said(f"{prefix}01{gtin}21{serial}{GS}10{lot}{GS}17{expires_on:%y%m%d}{GS}11{made_on:%y%m%d}") == wanted
    assert said(f"(01){gtin}(11){made_on:%y%m%d}(17){expires_on:%y%m%d}(10){lot}(21){serial}") == wanted
    assert said(f"{prefix}{fixed}10{lot}") == wanted._replace(serial="")


@given(st.text(max_size=60) | st.text("0123456789()]dC" + GS, max_size=60))
def test_nothing_typed_does_more_than_a_fault(text: str) -> None:
    with suppress(Fault):
        assert read_code(text, TODAY).raw
