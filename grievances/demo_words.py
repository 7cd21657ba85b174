"""Hold what the demo's fictional workers and handlers wrote, in many scripts. Nobody here exists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """What one fictional worker told."""

    language: str
    country: str
    place: str
    codes: tuple[str, ...]
    words: str


REPORTS = (
    Told(
        "ne",
        "QA",
        "Al Wakrah",
        ("FEE", "DOC"),
        "एजेन्टलाई एक लाख पचास हजार तिरेँ। यहाँ आएपछि राहदानी कम्पनीले राख्यो, माग्दा दिँदैन।",
    ),
    Told("ne", "MY", "Johor Bahru", ("WAG", "HRS"), "तीन महिनादेखि तलब आएको छैन। दिनको चौध घण्टा काम गर्छौँ, बिदा छैन।"),
    Told(
        "ar",
        "KW",
        "الأحمدي",
        ("WAG", "EXI"),
        "لم أستلم راتبي منذ أربعة أشهر، ويقولون إنني لا أستطيع ترك العمل إلا إذا دفعت.",
    ),
    Told(
        "en",
        "AE",
        "Dubai, labour camp 3",
        ("CON", "FEE"),
        "I signed for 1,800 a month. On arrival they gave me a new paper with 1,100.",
    ),
    Told("bn", "SA", "রিয়াদ", ("DOC", "MOV"), "আমার পাসপোর্ট মালিকের কাছে। রাতে দরজা বাইরে থেকে তালা দেয়।"),
    Told("hi", "OM", "मस्कट", ("HOU", "OSH"), "एक कमरे में बारह लोग हैं। गर्मी में पानी नहीं मिलता, दो लोग बेहोश हो गए।"),
    Told("ur", "SA", "جدہ", ("FEE", "THR"), "ایجنٹ کہتا ہے باقی رقم نہ دی تو گھر والوں کو تنگ کرے گا۔"),
    Told(
        "id",
        "MY",
        "Selangor",
        ("WAG", "DIM"),
        "Saya diberhentikan tanpa alasan dan gaji dua bulan terakhir tidak dibayar.",
    ),
    Told(
        "fil",
        "KW",
        "Hawalli",
        ("HAR", "HRS"),
        "Wala akong pahinga. Sinisigawan ako araw-araw at gising ako hanggang hatinggabi.",
    ),
    Told("si", "JO", "ඉර්බිඩ්", ("WAG",), "මාස දෙකක වැටුප් ලැබී නැත. අතිකාල මුදල් කපා ඇත."),
    Told("ta", "SG", "துவாஸ்", ("OSH", "DIM"), "கையில் காயம். மருத்துவரிடம் செல்ல விடவில்லை, பிறகு வேலையை விட்டு நீக்கினார்கள்."),
    Told("my", "TH", "မဟာချိုင်", ("DOC", "FEE"), "ပွဲစားကို ငွေပေးရတယ်။ ပတ်စပို့ကို အလုပ်ရှင်က သိမ်းထားတယ်။"),
    Told("vi", "TW", "Đài Trung", ("FEE", "CON"), "Tôi phải vay tiền trả phí môi giới. Hợp đồng bị đổi khi đến nơi."),
    Told("km", "TH", "រ៉ាយ៉ង", ("HRS", "WAG"), "ខ្ញុំធ្វើការដប់បួនម៉ោងក្នុងមួយថ្ងៃ ហើយមិនបានប្រាក់ថែមម៉ោងទេ។"),
    Told("am", "LB", "ቤይሩት", ("MOV", "VIO"), "ከቤት መውጣት አልችልም። ስልኬን ወሰዱ፣ ይመቱኛል።"),
    Told(
        "en",
        "SA",
        "Dammam",
        ("RET", "THR"),
        "After I spoke to the inspector my shift was changed and they said I will be sent home.",
    ),
    Told("zh-hans", "SG", "裕廊", ("FEE", "WAG"), "中介收了很多费用，工资每月被扣一半。"),
    Told(
        "es",
        "ES",
        "Almería",
        ("HOU", "WAG"),
        "Vivimos catorce en un barracón sin agua y nos pagan menos de lo acordado.",
    ),
    Told(
        "fr",
        "MU",
        "Port-Louis",
        ("DOC", "HRS"),
        "Nos passeports sont gardés au bureau et nous travaillons le dimanche sans être payés.",
    ),
    Told("ar", "JO", "الضليل", ("HAR", "SEX"), "المشرف يضايق العاملات. نخاف أن نتكلم."),
    Told("en", "QA", "Lusail", ("CHL",), "A boy who says he is fifteen carries blocks with us."),
    Told("ne", "AE", "शारजाह", ("DEC", "EXI"), "होटलको काम भनेका थिए, सफाइमा लगाए। घर जान टिकट दिँदैनन्।"),
    Told("en", "MY", "", ("OTH",), "Is it allowed that I pay for my own medical test?"),
)

MESSAGES = {
    "en": (
        "Thank you for writing to us. When did this begin, and do you still work there? Only answer if you are safe.",
        "It began in March. I am still there. Please be careful.",
        "We are in contact with the people responsible, without your name. We write again within a week.",
    ),
    "ne": (
        "हामीलाई लेख्नुभएकोमा धन्यवाद। यो कहिलेदेखि हो, र के तपाईं अझै त्यहीँ काम गर्नुहुन्छ? सुरक्षित भए मात्र जवाफ दिनुहोस्।",
        "फागुनदेखि हो। म अझै त्यहीँ छु। कृपया होसियार हुनुहोस्।",
        "तपाईंको नाम नलिई हामी सम्बन्धित व्यक्तिहरूसँग कुरा गर्दैछौँ। एक हप्ताभित्र फेरि लेख्छौँ।",
    ),
    "ar": (
        "شكرًا لأنك كتبت إلينا. متى بدأ هذا، وهل ما زلت تعمل هناك؟ أجب فقط إن كنت بأمان.",
        "بدأ في آذار. ما زلت هناك. أرجو الحذر.",
        "نتواصل مع المسؤولين دون ذكر اسمك. نكتب إليك خلال أسبوع.",
    ),
    "bn": (
        "আমাদের লেখার জন্য ধন্যবাদ। কবে থেকে এমন হচ্ছে? নিরাপদ থাকলে তবেই উত্তর দিন।",
        "মার্চ থেকে। আমি এখনও সেখানেই আছি।",
        "আপনার নাম না বলে আমরা দায়িত্বশীলদের সঙ্গে কথা বলছি। এক সপ্তাহের মধ্যে আবার লিখব।",
    ),
}
