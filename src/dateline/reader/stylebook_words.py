"""What the page of parts is filled with, from left to right and from right to left."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Texts of one direction of writing. Order: `headlines` as the kinds of story."""

    language: str
    direction: str
    name: str
    tagline: str
    sections: tuple[str, ...]
    headlines: tuple[str, ...]
    short_headlines: tuple[str, ...]
    kicker: str
    standfirst: str
    place: str
    date: str
    people: tuple[str, str]
    role: str
    paragraphs: tuple[str, str, str]
    subhead: str
    quote: str
    facts_title: str
    facts: tuple[str, ...]
    table_title: str
    table: tuple[tuple[str, ...], ...]
    note: str
    topics: tuple[str, ...]
    source: str
    alt: str
    caption: str
    credit: str
    terms: str


ENGLISH = Words(
    language="en",
    direction="ltr",
    name="Meridian",
    tagline="News by the hour, from where it happens",
    sections=("World", "Economy", "Science", "Culture"),
    headlines=(
        "Talks on the status of Ostrel fail; Council to meet on Thursday week",
        "As it happens: the night the talks go on",
        "Goat with papers crosses the Tolm for the nineteenth time",
        "The orchestra that tunes to a foghorn",
        "Why two blocs cannot agree on one valley",
    ),
    short_headlines=("Ostrel talks fail; Council called", "Goat with papers crosses again"),
    kicker="Ostrel",
    standfirst="After 140 days and six rounds, the envoy says there is nothing left to mediate.",
    place="LAC MERIN",
    date="February 14",
    people=("Ilse Marek", "Tomas Averil"),
    role="Correspondent in Brenn",
    paragraphs=(
        "Talks on the future of the province ended without agreement on Wednesday, eleven days "
        "before a declaration that neither of the great blocs is ready for.",
        "Each rule has kept the peace where it was made. This is <em>the one place</em> where "
        'both apply, and <a href="/">a map without a line</a> hangs in the corridor.',
        "The news came over loudspeakers at the bus station at twenty to nine. Nobody made a "
        "speech. By nine they had begun to go home.",
    ),
    subhead="Where it broke",
    quote="We were asked to wait five more years for permission to be outvoted.",
    facts_title="The province in figures",
    facts=("1.9 million people", "1,150 observers, down from 4,200", "One river, two maps"),
    table_title="Votes in the Standing Council",
    table=(
        ("Bloc", "Seats", "For", "Against", "Abstained"),
        ("Northern Compact", "5", "5", "0", "0"),
        ("Littoral League", "5", "0", "4", "1"),
        ("Others", "5", "2", "1", "2"),
    ),
    note="An earlier version gave the number of seats as four. It is five.",
    topics=("Ostrel", "Assembly of Nations", "Diplomacy"),
    source="Harbour Wire",
    alt="A ridge of dark hills over a pale valley.",
    caption="The upper valley, seen from the far side. The river is the only border.",
    credit="Amina Derrow / Meridian",
    terms="Editorial use only.",
)

ARABIC = Words(
    language="ar",
    direction="rtl",
    name="ميريديان",
    tagline="الأخبار ساعة بساعة، من مكان وقوعها",
    sections=("العالم", "الاقتصاد", "العلوم", "الثقافة"),
    headlines=(
        "فشل المحادثات حول وضع أوستريل والمجلس يجتمع الخميس المقبل",
        "لحظة بلحظة: ليلة استمرار المحادثات",
        "عنزة تحمل أوراقا رسمية تعبر نهر تولم للمرة التاسعة عشرة",
        "الأوركسترا التي تضبط أوتارها على بوق الضباب",
        "لماذا لا تتفق كتلتان على واد واحد",
    ),
    short_headlines=("فشل محادثات أوستريل ودعوة المجلس", "العنزة تعبر النهر مجددا"),
    kicker="أوستريل",
    standfirst="بعد 140 يوما وست جولات، تقول المبعوثة إنه لم يبق ما تتوسط فيه.",
    place="لاك ميرين",
    date="14 فبراير",
    people=("إلسا ماريك", "توماس أفيريل"),
    role="مراسلة في برين",
    paragraphs=(
        "انتهت المحادثات بشأن مستقبل الإقليم من دون اتفاق يوم الأربعاء، قبل أحد عشر يوما من "
        "إعلان لا تبدو أي من الكتلتين الكبريين مستعدة له.",
        "حفظت كل قاعدة السلام حيث وضعت. وهذا هو <em>المكان الوحيد</em> الذي تسري فيه القاعدتان، "
        'وفي الممر <a href="/">خريطة بلا خط</a>.',
        "وصل الخبر عبر مكبرات الصوت في محطة الحافلات قبل التاسعة بثلث ساعة. لم يلق أحد خطابا، "
        "وعند التاسعة بدأ الناس يعودون إلى بيوتهم.",
    ),
    subhead="أين تعثرت المحادثات",
    quote="طلب منا أن ننتظر خمس سنوات أخرى لكي يؤذن بأن نهزم في التصويت.",
    facts_title="الإقليم بالأرقام",
    facts=("1.9 مليون نسمة", "1,150 مراقبا بعد أن كانوا 4,200", "نهر واحد وخريطتان"),
    table_title="الأصوات في المجلس الدائم",
    table=(
        ("الكتلة", "المقاعد", "مع", "ضد", "امتناع"),
        ("الميثاق الشمالي", "5", "5", "0", "0"),
        ("رابطة السواحل", "5", "0", "4", "1"),
        ("آخرون", "5", "2", "1", "2"),
    ),
    note="ذكرت نسخة سابقة أن عدد المقاعد أربعة، والصحيح خمسة.",
    topics=("أوستريل", "جمعية الأمم", "الدبلوماسية"),
    source="هاربر واير",
    alt="سلسلة تلال داكنة فوق واد فاتح.",
    caption="أعلى الوادي من الضفة البعيدة. النهر هو الحد الوحيد.",
    credit="أمينة ديرو / ميريديان",
    terms="للاستخدام التحريري فقط.",
)
