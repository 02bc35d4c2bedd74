"""The patterns by which a sentence about when, written as a line of signs, is taken apart.

The signs are those of ``rule_words``. What may repeat begins with a sign of its own, so that no
text is slow to read.
"""

HOUR = (
    r"(?:(HALF|QTO|QPAST|HPAST) )?(\d{1,2}:\d\d|\d{1,2}(?! (?:%sM\d|DAY|WEEK|MONTH|YEAR)))(?: "
    r"HOUR)?(?: (P[a-z]+))?"
)
STRETCH = rf"(?:(?:AT|SINCE|FROM) )?{HOUR % ''} (?:TO|-) (?:AT )?{HOUR % ''}"
BEGIN = rf"(?:(?:AT|SINCE|FROM|TO) |(?=[HQ]|\d+:|\d+ (?:HOUR|P[a-z]))){HOUR % '(?:TO|-) |'}"
N, Y, WD = (
    r"#?\d{1,2}",
    r"(?:(?: ,)? Y\d{4})?",
    r"(?:(?<!EVERY )D\d[a-z]?(?: P[a-z]+)?(?: ,)? )?",
)
ONE = rf"{WD}(?:@\S+|{N} M\d+{Y}|M\d+ {N}(?! [DM]\d){Y})"
DATES = (
    rf"(?:{WD}{N}(?:(?: ,)++ {WD}{N})++ M\d+{Y}|M\d+ {N}(?:(?: ,)++ {N})++(?! "
    rf"[DM]\d){Y}|{ONE})"
)
SPAN = rf"(?:{ONE}|{WD}{N})(?: ,)? (?:TO|-) {ONE}"
MONTHS = rf"(?:(?<!EVERY )MONTH )?M\d+(?:(?: (?:,|TO|-))++ M\d+)*(?! (?:{N}|Y\d+)(?!\S))"
SEASON = rf"FROM M\d+ TO M\d+|(?<!SINCE )(?<!FROM )(?<!TO )(?<![ #]\d )(?<![ #]\d\d ){MONTHS}"
DAY = r"D\d+[a-z]?(?: P[a-z]+)?"
DAYS = rf"{DAY}(?:(?:(?: ,)++| (?:TO|-)) {DAY})*"
HOLIDAY = r"(?:SCHOOL|PUBLIC|H\d+)"
ITEM = rf"(?:{HOLIDAY}|{SPAN}|{DATES}|{MONTHS})"
SKIP = rf"NOT {ITEM}(?:(?: ,)++ (?:NOT )?{ITEM})*|{HOLIDAY}(?:(?: ,)++ {HOLIDAY})* NOT(?=$| ,)"
ALSO = rf"ALSO {HOLIDAY}(?:(?: ,)++ {HOLIDAY})*"  # "ook in de vakanties" changes nothing
WITHIN = rf"(?<!SINCE )(?<!FROM )(?<!TO )(?<!- ){HOLIDAY}(?:(?: ,)++ {HOLIDAY})*"
