"""Names of months and days of the week in the six languages of the copy readers.

English, German, French, Spanish, Russian and Arabic, the last in its Egyptian, Levantine and
Maghreb traditions. Keys are casefolded and without the final stop of an abbreviation.
"""

_MONTHS: dict[int, str] = {
    1: "january jan januar jänner jän janvier janv enero ene января январь янв "
    "يناير جانفي كانون_الثاني",
    2: "february feb febr februar feber février févr fév fevrier fevr fev febrero "
    "февраля февраль февр фев فبراير فيفري شباط",
    3: "march mar märz mär maerz mrz mars marzo марта март мар مارس آذار اذار",
    4: "april apr avril avr abril abr апреля апрель апр أبريل ابريل إبريل أفريل نيسان",
    5: "may mai mayo мая май مايو ماي أيار ايار",
    6: "june jun juni juin junio июня июнь июн يونيو يونيه جوان حزيران",
    7: "july jul juli juillet juil julio июля июль июл يوليو يوليه جويلية تموز",
    8: "august aug août aout agosto ago августа август авг أغسطس اغسطس أوت آب",
    9: "september sept sep septembre septiembre setiembre set сентября сентябрь сент сен "
    "سبتمبر أيلول ايلول",
    10: "october oct oktober okt octobre octubre октября октябрь окт "
    "أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
    11: "november nov novembre noviembre ноября ноябрь нояб ноя نوفمبر تشرين_الثاني",
    12: "december dec dezember dez décembre déc decembre diciembre dic "
    "декабря декабрь дек ديسمبر كانون_الأول كانون_الاول",
}

_WEEKDAYS: tuple[str, ...] = (
    "monday mon montag mo lundi lun lunes понедельник пн الاثنين الإثنين",
    "tuesday tue tues dienstag di mardi martes вторник вт الثلاثاء",
    "wednesday wed mittwoch mi mercredi mer miércoles miercoles mié среда среду ср "
    "الأربعاء الاربعاء",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves jue четверг чт الخميس",
    "friday fri freitag fr vendredi ven viernes vie пятница пятницу пт الجمعة",
    "saturday sat samstag sonnabend sa samedi sam sábado sabado sáb суббота субботу сб السبت",
    "sunday sun sonntag so dimanche dim domingo dom воскресенье вс الأحد الاحد",
)

MONTHS: dict[str, int] = {
    name.replace("_", " ").casefold(): number
    for number, names in _MONTHS.items()
    for name in names.split()
}
WEEKDAYS: dict[str, int] = {
    name.casefold(): number for number, names in enumerate(_WEEKDAYS) for name in names.split()
}

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def plain_digits(text: str) -> str:
    """Write Arabic-Indic and Persian digits as 0 to 9; the length stays the same."""
    return text if text.isascii() else text.translate(_DIGITS)
