# ruff: noqa: E501 (tables of words and sentences stay on their lines)
"""Words in names that are not the name: titles, particles, abbreviations, and the many spellings of the commonest names."""

from __future__ import annotations

import unicodedata
from typing import Final


def _folded(text: str) -> list[str]:
    """Return words as names are read: composed and casefolded, since signs of South Asian scripts have two codes."""
    return unicodedata.normalize("NFKC", text).casefold().split()


def _words(text: str) -> frozenset[str]:
    return frozenset(_folded(text))


TITLES: Final = _words(
    """mr mrs ms miss dr prof professor sir dame madam hon honourable honorable rt eng engr ing adv advocate capt captain col colonel lt maj gen
    general brig sgt rev reverend msgr his her excellency minister ambassador senator deputy mp mep phd esq bed mba
    mme mlle monsieur madame herr frau don dona sr sra srta senor senora shri sri shree smt shrimati kumari thiru mullah mulla maulana maulawi maulvi
    mawlawi maulavi mawlana alhaj alhaji haji hajji hajj hadji hadj hajjah ustad ustaz qari ayatollah hojatoleslam sayyidina ato weizero u daw
    esquire baronet late marhum marhoom swargiya 1st 2nd 3rd 4th 5th 6th 7th 8th lord lady viscount marquess dit alias aka née nee known phr
    मा माननीय डा डॉ श्री श्रीमती सुश्री श्रीमान कुमारी प्रो इ डॉक्टर डाक्टर মা ডা ডাঃ ড ডক্টর জনাব মাওলানা আলহাজ্ব আলহাজ শ্রী শ্রীমতি বেগমজাদী
    دكتور الدكتور دکتر الحاج حاج حاجی آقای خانم مولوی ملا مولانا جناب المهندس السيدة الأستاذ الاستاذ الشيخه آیت‌الله ዶ ዶር አቶ ር ወይዘሮ
    นาย นาง นางสาว 先生 女士 氏 씨 님 г-н г-жа ד״ר דר פרופ"""
)
"""Dropped wherever another word is left."""

PARTICLES: Final = _words(
    """bin ben ibn bint binti binte binthi ould wuld wald al el ul ad as ash at an ar az ed es er ez  et ech
    ud ur us uz ush ut unn de da do dos das del della di du des la le los las van der den von zu zum zur ten ter te y e i and of the for und et the av af oglu ogly ugli qizi kizi qizy
    uulu kyzy оглы углы кызы уулу ал аль эль ибн бин بن ابن بنت ولد ال آل ד ה व এবং و का को की के એ എ d l s a/l a/p s/o d/o so named after im العاملة عاملة العامله عامله"""
)
"""Dropped: they come and go between spellings."""

HEADS: Final = _words("agency agence agencia وكالة وكاله الوكالة الوكاله مكتب المكتب")
"""Dropped from the beginning of an organisation's name, where they say no more than that it is one."""

NAMES_TOO: Final = _words("an im do le la at e i y no ten al ad as de du ai ud ur")
"""Particles that are family names elsewhere: dropped only from inside a name of three words or more."""

WEAK: Final = _words(
    """sheikh mosammat begum khatun khatoon bibi akter akhter aktar hajah abu umm abi jr sr ii iii iv junior senior syed mian mia miah kaka baba
    bano banu bai devi kumar agha aqa mirza akhund sahib saheb sahab effendi bey pasha hanim"""
)
"""Kept with little weight: as often omitted as written."""

SPELLINGS: Final[dict[str, str]] = {
    spelling: form
    for form, spellings in {
        "muhammad": "md mohd muhd mhd moh mohammad mohammed mohamed mohamad muhammed muhamad muhamed mohamamd mohmmad mahomed mehmed "
        "mehmet mohammod mohamud mohamoud mahammad muhammet mukhammad magomed mohummad mouhamed mouhammad mouhamad muhammadu mamadou "
        "mhmd মোঃ মো মোহাঃ মুহাঃ мохаммад мохаммед мухаммад мухаммед магомед محمد मोहम्मद मो मुहम्मद মোহাম্মদ মুহাম্মদ মোহাম্মাদ",
        "sheikh": "sk shk shaikh shaykh sheik shekh shaik sheekh cheikh cheik sheykh shayk شيخ الشيخ شیخ शेख শেখ সেখ шейх",
        "mosammat": "mst mosst most mosa musammat mosammot mossammat mussamat mussammat mosammad মোছাঃ মোসাঃ মোছা মোসাম্মৎ মোছাম্মৎ মোসাম্মাত মোছাম্মত",
        "syed": "sayed sayyed sayyid saiyed saiyid seyed seyyed sayid سيد سید السيد সৈয়দ सैयद сейид سیّد",
        "begum": "begam bgm begom বেগম बेगम بیگم",
        "khatun": "khatoon khatton খাতুন খাতুন ख़ातून خاتون",
        "akter": "akhter aktar akhtar aktarr আক্তার আখতার",
        "hussain": "hussein hossain husain husein hossein hosain hosen hussien hoossein houssein husayn hussayn حسين حسین হোসেন হোসাইন হুসেন हुसैन",
        "ahmad": "ahmed ahmet ahmadu amad ahamed ahamad ahammed ahmmed أحمد احمد আহমেদ আহমদ আহমাদ अहमद ахмад ахмед achmad achmed",
        "rahman": "rehman rahaman rahmaan rohman rakhman রহমান रहमान الرحمن رحمن رحمان الرحمان рахман",
        "yusuf": "yousuf yousef youssef yusof yousif yousaf yusef yusif yousouf yusoff يوسف یوسف ইউসুফ यूसुफ юсуф юсеф",
        "chowdhury": "chaudhry chaudhary choudhury chowdhry choudhary chaudhuri chaudhari choudhry chowdury chaudry চৌধুরী चौधरी چوہدری چودھری",
        "abdul": "abd abdel abdal abdol abdoul abdur abdool abdu عبد আব্দুল আবদুল আবদুর अब्दुल абдул абдель",
        "khandaker": "khandakar khondaker khondakar khandokar khondokar khandekar kh khondkar খন্দকার খোন্দকার",
        "bahadur": "bdr bahadoor बहादुर বাহাদুর",
        "kumar": "kr kumer कुमार কুমার",
        "prasad": "pd pr parsad prashad प्रसाद প্রসাদ",
        "mian": "mia miah meah miya meya moya মিয়া মিঞা মিয়াঁ",
        "lakshmi": "laxmi lakhsmi luxmi লক্ষ্মী लक्ष्मी",
        "abdullah": "abdallah abdulla abdalla abdollah abdoullah abdoulaye abdullahi abdellah عبدالله عبداللہ আব্দুল্লাহ আবদুল্লাহ अब्दुल्लाह абдулла абдуллах абдалла",
    }.items()
    for spelling in _folded(spellings)
}
"""Spellings too far apart for a rule, each to one form."""

NICKNAMES: Final[dict[str, str]] = {
    nick: name
    for name, nicks in {
        "william": "will bill billy willy willie wm",
        "robert": "rob bob bobby robbie robt",
        "edward": "ed eddie ned ted edw",
        "richard": "dick rick ricky richie rich",
        "james": "jim jimmy jamie jas",
        "john": "jack johnny jon johnnie jno",
        "charles": "charlie chas chuck charley",
        "thomas": "tom tommy thos",
        "henry": "harry hal hank",
        "frederick": "fred freddie freddy fredk",
        "alexander": "alex alec sandy alick sasha",
        "george": "geo georgie",
        "joseph": "joe joey jos",
        "michael": "mike mick mickey",
        "david": "dave davy davie",
        "daniel": "dan danny",
        "samuel": "sam sammy saml",
        "benjamin": "benny benj benjie",
        "andrew": "andy drew",
        "anthony": "tony ant",
        "albert": "bert albie",
        "arthur": "art artie",
        "francis": "frank frankie fran",
        "walter": "walt wally",
        "elizabeth": "liz lizzie betty beth eliza bess eliz",
        "margaret": "maggie meg peggy margt madge",
        "katherine": "kate kathy katie kitty cathy catherine",
        "mary": "molly polly",
        "susan": "sue susie susannah susanna",
        "patricia": "pat patty trish",
        "christopher": "chris kit",
        "nicholas": "nick nicky",
        "matthew": "matt",
        "stephen": "steve steven",
        "peter": "pete",
        "timothy": "tim",
        "gregory": "greg",
        "kenneth": "ken kenny",
        "lawrence": "larry laurence",
        "leonard": "len lenny",
        "ronald": "ron ronnie",
        "donald": "donnie",
        "gerald": "gerry jerry",
        "raymond": "ray",
        "philip": "phil phillip",
        "jacob": "jake",
        "joshua": "josh",
        "eleanor": "nell nellie ellie",
        "florence": "flo flossie",
        "dorothy": "dot dolly",
    }.items()
    for nick in nicks.split()
}
"""Short forms of given names in English records."""

ABBREVIATIONS: Final[dict[str, str]] = {
    short: full
    for full, shorts in {
        "international": "intl internat internatl intnl int इन्टरनेशनल इन्टरनेसनल इण्टरनेशनल इंटरनेशनल अन्तर्राष्ट्रिय ইন্টারন্যাশনাল ইন্টারনেশনাল আন্তর্জাতিক انترناشيونال انترناشونال دولية الدولية للدولية انٹرنیشنل quốc tế xalqaro",
        "manufacturing": "mfg manuf mnfg",
        "holdings": "hldgs hldg holding hld",
        "technology": "tech technologies",
        "industries": "ind inds industry industrie industria industrial",
        "services": "svcs svc srvces servs service सर्भिस सर्भिसेज सर्भिसेस सर्विसेज सेवा সার্ভিসেস সার্ভিস সেবা خدمات الخدمات للخدمات لخدمات سيرفيسز سيرفيسيز سرفيسز سيرفس سرفس ဝန်ဆောင်မှု xizmati hợp tác ứng",
        "group": "grp gruppe groupe grupo gruppo समूह গ্রুপ مجموعة المجموعة",
        "brothers": "bros",
        "university": "univ uni universitat universite universidad universidade universita universitet universiteit uniwersytet universitas",
        "institute": "inst institut instituto istituto instytut institutul",
        "national": "natl nat nacional nazionale nationale natsionalny",
        "department": "dept dep departamento departement",
        "government": "govt gov",
        "association": "assoc assn asso asociacion associacao associazione",
        "development": "dev devt",
        "engineering": "engg engrg",
        "enterprise": "ent enterprises entp entr इन्टरप्राइजेज इन्टरप्राइज এন্টারপ্রাইজ এন্টারপ্রাইজেস",
        "trading": "trdg trade trd ट्रेडिङ ट्रेडर्स ট্রেডিং ট্রেড تجارة التجارة للتجارة تجارية التجارية تجاره للتجاره",
        "corporation": "korporatsiya",
        "ministry": "ministerio ministere ministero ministerium",
        "center": "centre ctr centro zentrum centrum tsentr",
        "company": "compagnie",
        "laboratory": "lab labs laboratories laboratoire laboratorio",
        "bank": "banco banque banca banka",
        "financial": "fin finl finance",
        "insurance": "ins insce",
        "pharmaceuticals": "pharma pharm pharmaceutical",
        "electric": "elec electr electrical",
        "energy": "energie energia",
        "resources": "res rsrcs resource",
        "properties": "props property",
        "investments": "inv invest investment invs invt",
        "management": "mgmt mgt",
        "systems": "sys system systeme",
        "products": "prods product prod",
        "transport": "transportation",
        "logistics": "logistic logistik",
        "chemical": "chem chemicals",
        "communications": "comm comms communication",
        "hospital": "hosp hopital hospitals",
        "overseas": "ovs os oversea ओभरसिज ओभरसीज ओभरसिस ओवरसीज ওভারসিজ ওভারসীজ اوفرسيز ඕවර්සීස් የውጭ",
        "recruitment": "recruiting recruiters recruiter recrutment रिक्रुटमेन्ट रिक्रुटिङ রিক্রুটিং রিক্রুটমেন্ট توظيف التوظيف للتوظيف استقدام الاستقدام للاستقدام للتوظيفات ريكروتمنت кадри",
        "manpower": "म्यानपावर मेनपावर मैनपावर ম্যানপাওয়ার মেনপাওয়ার مانباور مانبور القوى قوى للقوى nhân lực මෑන්පවර් လုပ်သားအကျိုးဆောင် кадры",
        "agency": "agencies एजेन्सी एजेन्सिज এজেন্সি এজেন্সী এজেন্সিস وكالة وكاله ايجنسي الوكالة الوكاله ኤጀንሲ නියෝජිතායතනය",
        "travels": "travel ट्राभल्स ट्राभल ट्रेवल्स ট্রাভেলস ট্রাভেল ট্র্যাভেলস سفريات السفريات للسفريات",
        "consultancy": "consultant consultants consulting कन्सल्टेन्सी कन्सल्टेन्ट কনসালটেন্সি",
        "labor": "labour عمالة العمالة للعمالة عماله العماله للعماله động migratsiya",
        "employment": "रोजगार রোজগার تشغيل التشغيل للتشغيل việc රැකියා ስምሪት ပြည်ပအလုပ်အကိုင် робота работа mehnat",
        "canadian": "cdn",
        "american": "amer",
        "northern": "nthn",
        "southern": "sthn",
        "second": "2nd",
        "first": "1st",
        "third": "3rd",
        "fourth": "4th",
        "fifth": "5th",
    }.items()
    for short in _folded(shorts)
}
"""Words of organisations, shortened or in a sister language."""

PEOPLE_COMMON: Final = _words(
    """muhammad ahmad ali hussain hassan hasan khan abdul abdullah rahman yusuf ibrahim omar umar mustafa mahmoud mahmud khalid said saeed salem salim saleh
    ismail sheikh syed islam alam uddin hossain miah begum khatun akter chowdhury kumar singh devi ram lal bahadur thapa gurung tamang rai magar shrestha
    yadav sharma patel das roy sarkar mondal perera silva fernando santos cruz reyes garcia maria jose juan rodriguez martinez hernandez lopez gonzalez perez
    kim lee park choi chen wang li zhang liu yang huang wu lin zhao zhou xu sun ma zhu nguyen tran le pham
    john david michael james robert william thomas george paul peter mark richard charles joseph daniel edward henry mary elizabeth anna
    vladimir alexander aleksandr sergei andrei ivan nikolai mikhail dmitri viktor yuri igor oleg alexei vladimirovich aleksandrovich nikolaevich sergeevich ivanovich viktorovich
    mikhailovich anatolyevich andreevich alekseevich petrovich yurevich vasilievich aleksandrovna vladimirovna nikolaevna"""
)
ORGANISATIONS_COMMON: Final = _words(
    """international trading group services enterprise holdings industries company general national global overseas manpower recruitment employment agency agencies
    consultancy consultants consulting management solutions systems technology technologies development investments engineering construction contracting
    travel travels tours human resources resource labour labor workers welfare foundation trust center institute university school college hospital
    association organization organisation society committee council department ministry bank insurance financial energy oil gas petroleum power electric
    products export import commercial business shipping transport logistics marine airlines aviation motors foods food textile garments fashion
    design properties real estate home hotel hotels media communications network digital software data research science scientific medical health pharmaceuticals
    chemical steel metal mining minerals resources capital partners fund investment union federation bureau office plant factory works research and production
    joint limited the of new first united east west north south central royal state federal republic public private islamic people peoples army front movement party
    supply security uk india china bangladesh nepal pakistan gulf asia asian arab africa europe american"""
)
TRADE_WORDS: Final = _words(
    """international overseas manpower recruitment employment placement staffing outsourcing agency agencies travel travels tours tourism ticketing trade
    trading trader traders enterprise services service establishment associate associates consultancy consultants consultant consulting human resources
    workers labour labor business export import exports imports exporter exporters corporation multi links"""
)
"""What agencies that recruit, and those that trade beside it, call themselves: never what tells one from another."""
NEUTRAL_WORDS: Final = _words("general group company holdings limited the of and for in new uk usa britain")
"""Words that come and go beside a trade."""
REGION_WORDS: Final = _words("gulf asia europe africa america arabia dubai england scotland wales ireland")
"""Places that name an agency rather than tell where it is."""
COUNTRY_WORDS: Final = _words(
    """uk usa britain england scotland wales ireland india china bangladesh nepal pakistan gulf asia europe africa america japan korea germany france italy spain
    russia iran iraq syria egypt sudan saudi arabia qatar kuwait oman bahrain emirates dubai malaysia singapore indonesia philippines thailand vietnam
    canada mexico brazil nederland netherlands switzerland austria turkey lebanon jordan yemen libya tunisia algeria morocco sri lanka hong kong taiwan"""
)
_ORDINALS: Final = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
NUMBER_WORDS: Final[dict[str, str]] = _ORDINALS | {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "second": "2",
    "third": "3",
    "fourth": "4",
}


# How the Latin letters a to z are named in the two scripts.
_LETTERS_BENGALI: Final = "এ বি সি ডি ই এফ জি এইচ আই জে কে এল এম এন ও পি কিউ আর এস টি ইউ ভি ডব্লিউ এক্স ওয়াই জেড"
_LETTERS_DEVANAGARI: Final = "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड"


def _letter_names() -> dict[str, str]:
    bengali = _LETTERS_BENGALI.split()
    devanagari = _LETTERS_DEVANAGARI.split()
    letters = "abcdefghijklmnopqrstuvwxyz"
    return dict(zip(bengali, letters, strict=True)) | dict(zip(devanagari, letters, strict=True))


LETTER_NAMES: Final[dict[str, str]] = _letter_names()
"""English initials as South Asian scripts spell them out."""
ROMAN_NUMERALS: Final[dict[str, str]] = dict(
    zip(
        ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv"],
        map(str, (2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15)),
        strict=True,
    )
)
