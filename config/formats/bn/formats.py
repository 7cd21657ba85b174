"""Write Bengali dates day first with the month's name, and numbers in lakhs."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j F, Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j F, Y, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j F"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = (3, 2, 0)
