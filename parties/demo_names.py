"""Fictional employers and real towns for the demo. Any likeness to an existing firm is chance."""

# name, name in its own script, country, sector
_STEMS = {
    "QA": [
        ("Al Reem Contracting", "الريم للمقاولات", "construction"),
        ("Doha Pearl Facilities", "لؤلؤة الدوحة لإدارة المرافق", "cleaning"),
        ("Wahat Hospitality", "واحة للضيافة", "hospitality"),
        ("Desert Falcon Security", "صقر الصحراء للحراسة", "security"),
        ("Barwa Steelworks Fictional", "مصنع برواز للحديد", "manufacturing"),
        ("Sidra Landscaping", "سدرة لتنسيق الحدائق", "landscaping"),
        ("Gulf Lantern Logistics", "فانوس الخليج للنقل", "logistics"),
        ("Zubarah Catering", "الزبارة للتموين", "catering"),
    ],
    "SA": [
        ("Najd Horizon Construction", "أفق نجد للإنشاءات", "construction"),
        ("Hejaz Household Services", "الحجاز لخدمات المنازل", "domestic work"),
        ("Red Dune Farms", "مزارع الكثبان الحمراء", "agriculture"),
        ("Tuwaiq Cleaning", "طويق للنظافة", "cleaning"),
        ("Asir Valley Hotels", "فنادق وادي عسير", "hospitality"),
        ("Nafud Transport", "النفود للنقل", "logistics"),
        ("Yanbu Marine Fabricators", "ينبع للصناعات البحرية", "manufacturing"),
        ("Al Noor Date Packers", "النور لتعبئة التمور", "food"),
    ],
    "MY": [
        ("Serindit Gloves", "", "manufacturing"),
        ("Kencana Palm Estates", "", "agriculture"),
        ("Bintang Electronics Assembly", "", "electronics"),
        ("Lembah Furniture Works", "", "furniture"),
        ("Seri Murni Plastics", "", "manufacturing"),
        ("Tanjung Seafoods", "", "fishing"),
        ("Cahaya Apparel", "", "apparel"),
        ("Rimba Timber Products", "", "furniture"),
    ],
    "AE": [
        ("Marsa Tower Builders", "مرسى للأبراج", "construction"),
        ("Silver Dhow Hotels", "فنادق الداو الفضي", "hospitality"),
        ("Khor Delivery", "خور للتوصيل", "logistics"),
        ("Oryx Facility Care", "المها لرعاية المرافق", "cleaning"),
        ("Liwa Greenhouses", "بيوت ليوا الزراعية", "agriculture"),
        ("Falaj Security", "فلج للأمن", "security"),
        ("Sahil Shipyards", "ساحل لبناء السفن", "manufacturing"),
        ("Ghaf Nursery Homes", "الغاف للرعاية المنزلية", "domestic work"),
    ],
    "TW": [
        ("Jade Ridge Precision", "玉嶺精密", "electronics"),
        ("Ocean Crane Fisheries", "海鶴漁業", "fishing"),
        ("Plum Rain Textiles", "梅雨紡織", "apparel"),
        ("Morning Bell Care Homes", "晨鐘長照", "care"),
        ("Green Terrace Foods", "綠梯食品", "food"),
        ("Bamboo Bridge Machinery", "竹橋機械", "manufacturing"),
        ("White Heron Logistics", "白鷺物流", "logistics"),
    ],
    "TH": [
        ("Andaman Wave Canning", "คลื่นอันดามัน แคนนิ่ง", "food"),
        ("Chao Phraya Garments", "เจ้าพระยาการ์เมนท์", "apparel"),
        ("Lotus Field Poultry", "ทุ่งบัวสัตว์ปีก", "agriculture"),
        ("Mekong Light Rubber", "แสงโขงยางพารา", "manufacturing"),
        ("Siam Tide Trawlers", "สยามไทด์ประมง", "fishing"),
        ("Golden Rice Builders", "รวงทองก่อสร้าง", "construction"),
        ("Orchid Bay Resorts", "อ่าวกล้วยไม้รีสอร์ท", "hospitality"),
    ],
    "PL": [
        ("Bursztyn Meats", "", "food"),
        ("Wisla Greenhouse Produce", "", "agriculture"),
        ("Tatry Assembly", "", "electronics"),
        ("Mazur Logistics Park", "", "logistics"),
        ("Odra Furniture", "", "furniture"),
        ("Baltic Linden Construction", "", "construction"),
        ("Gdynia Dock Services Fictional", "", "manufacturing"),
    ],
    "LB": [
        ("Cedar Stone Builders", "أحجار الأرز للبناء", "construction"),
        ("Beqaa Harvest", "حصاد البقاع", "agriculture"),
        ("Byblos Bay Hotels", "فنادق خليج جبيل", "hospitality"),
        ("Sannine Household Placement", "صنين للعمل المنزلي", "domestic work"),
        ("Litani Packaging", "الليطاني للتغليف", "manufacturing"),
        ("Tyre Fish Market", "سوق صور للأسماك", "fishing"),
        ("Mount Snow Cleaning", "ثلج الجبل للتنظيف", "cleaning"),
    ],
}
EMPLOYERS = [(name, local, country, sector) for country, rows in _STEMS.items() for name, local, sector in rows]

# town, latitude, longitude
PLACES = {
    "QA": [("Doha", 25.29, 51.53), ("Al Khor", 25.68, 51.5), ("Mesaieed", 24.99, 51.55)],
    "SA": [("Riyadh", 24.71, 46.68), ("Jeddah", 21.49, 39.19), ("Dammam", 26.42, 50.09)],
    "MY": [("Klang", 3.04, 101.45), ("Johor Bahru", 1.49, 103.74), ("Ipoh", 4.6, 101.08)],
    "AE": [("Dubai", 25.2, 55.27), ("Sharjah", 25.35, 55.42), ("Abu Dhabi", 24.45, 54.38)],
    "TW": [("Taoyuan", 24.99, 121.3), ("Kaohsiung", 22.63, 120.3), ("Taichung", 24.15, 120.67)],
    "TH": [("Samut Sakhon", 13.55, 100.27), ("Mae Sot", 16.71, 98.57), ("Songkhla", 7.2, 100.6)],
    "PL": [("Łódź", 51.76, 19.46), ("Poznań", 52.41, 16.93), ("Gdańsk", 54.35, 18.65)],
    "LB": [("Beirut", 33.89, 35.5), ("Zahlé", 33.85, 35.9), ("Saida", 33.56, 35.37)],
}
