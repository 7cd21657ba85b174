"""Write Vietnamese dates day first, the month as a number."""

DATE_FORMAT = SHORT_DATE_FORMAT = r"j \t\há\n\g n, Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = r"j \t\há\n\g n, Y, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = r"j \t\há\n\g n"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
