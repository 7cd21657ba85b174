"""What the demo's companies say: fictional, and in the tone of real reports."""
# ruff: noqa: E501 - sentences stay whole

# Per practical action: state, what is done, reason, decision, who, months after the period's start.
NORTHWIND: dict[str, tuple[str, str, str, str, str, int]] = {
    "1.1": (
        "done",
        "Our Fair Recruitment Policy covers every plant, dormitory and labour supplier. It says that employers pay all "
        "costs of recruitment, that nobody keeps a worker's passport, and that workers may leave with one month's notice. "
        "It hangs in Arabic, Bengali, Nepali and Hindi in the 14 plants that employ migrant workers.",
        "",
        "Adopted version 3, which names return of fees already paid.",
        "Chief executive; policy kept by the Head of Labour Standards",
        2,
    ),
    "1.2": (
        "done",
        "Two directors and the Head of Sourcing share the responsibility. 61 buyers took a six-hour course on fees and "
        "retention of documents; their yearly targets now count repaid fees, not audits.",
        "",
        "A sixth of each buyer's bonus depends on results for workers.",
        "Head of Sourcing",
        4,
    ),
    "1.3": (
        "done",
        "Contracts with all direct suppliers carry the clause on recruitment costs; 22 of 26 have signed. We pay the "
        "recruitment fee of newly hired migrant workers through the price.",
        "",
        "No order to a new plant before its recruiters are known by name.",
        "Head of Sourcing",
        5,
    ),
    "2.1": (
        "done",
        "We looked at 26 suppliers in nine countries with sector, country and workforce as factors, and used complaints "
        "and inspection findings as a source. Spinning and ginning beyond tier 2 is still dark.",
        "",
        "Six corridors go into depth first: Nepal, Bangladesh and India to the Gulf and Jordan.",
        "Head of Labour Standards",
        3,
    ),
    "2.2": (
        "done",
        "In nine plants 214 workers were interviewed away from the site, in their languages, 96 of them women. At five "
        "plants most had paid between 900 and 3,400 US dollars for their job; at two, passports lay in the office.",
        "",
        "Fees confirmed at five plants, retention of passports at two, not assessable at one that refused entry.",
        "Head of Labour Standards with the Workers' Rights Trust",
        6,
    ),
    "2.3": (
        "done",
        "Late orders and prices below the cost of lawful recruitment made it likelier that workers pay. We therefore "
        "judge that we contribute at five plants and are linked at four.",
        "",
        "Contributed, at five plants.",
        "General Counsel with the Head of Sourcing",
        7,
    ),
    "2.4": (
        "done",
        "Ranked by how grave, how many and how lasting the harm is, then by likelihood. Workers' committees of four "
        "plants saw the order and moved confiscated passports to the top.",
        "",
        "Passports and fees first, wages next, heat later; ginning is put off until June.",
        "Head of Labour Standards, agreed by the board's committee",
        7,
    ),
    "3.1": (
        "done",
        "We stopped changing orders within 21 days of shipment, and prices now hold a line for recruitment costs.",
        "",
        "Purchasing rules changed for all buyers at once.",
        "Head of Sourcing",
        8,
    ),
    "3.2": (
        "under_way",
        "Passports are back with 143 of 151 workers at two plants. Repayment plans are signed at three of five plants.",
        "",
        "Continue while mitigating; suspend new orders to the two that have not signed.",
        "Regional manager, Gulf and Jordan",
        9,
    ),
    "4.1": (
        "done",
        "Indicators: fees repaid (287,000 of 512,000 US dollars), workers who hold their passport (96 %), new hires who "
        "paid nothing (88 % in interviews). A sample of 60 workers was asked again after six months.",
        "",
        "Partly effective: repayment by the recruiter is too slow, so the plants now pay first.",
        "Head of Labour Standards",
        11,
    ),
    "5.1": (
        "done",
        "This report, notices in five languages at the plants, and two meetings with workers' committees.",
        "",
        "Everything is published but the names of suppliers beside risks, for the safety of workers.",
        "Company secretary",
        11,
    ),
    "6.1": (
        "under_way",
        "318 workers have been repaid in full; the entitled who left are searched for through their families' villages. "
        "Workers helped to set the amounts.",
        "",
        "Full repayment with the interest that workers paid on loans, nothing deducted.",
        "Head of Labour Standards, with a budget of its own",
        10,
    ),
    "6.2": (
        "done",
        "All plants show the ministry's channel and our own; a worker may use any of them, courts and unions included.",
        "",
        "Joined the ministry's channel rather than building one of our own.",
        "Head of Labour Standards",
        5,
    ),
}

POLDER: dict[str, tuple[str, str, str, str, str, int]] = {
    "1.1": ("done", "A policy of four pages, in Dutch, Polish, Romanian and English.", "", "Adopted.", "Owner", 1),
    "1.2": ("under_way", "Team leaders are trained; buyers follow in spring.", "", "", "Personnel manager", 4),
    "1.3": ("done", "All three labour suppliers signed.", "", "Fees are refunded on demand.", "Personnel manager", 2),
    "2.1": ("done", "Greenhouses, packing and transport, by season.", "", "Packing first.", "Owner", 3),
    "2.2": ("done", "62 seasonal workers were interviewed in their languages.", "", "Housing costs too high at two sites.",
            "Personnel manager", 5),
    "2.3": ("not_done", "", "We have not yet judged our own part; a lawyer and the works council will in May.", "", "", 6),
    "2.4": ("done", "Housing, then deductions, then heat.", "", "Order agreed with the works council.", "Owner", 6),
    "3.1": ("done", "Rent is capped at a quarter of the lowest wage.", "", "In force since June.", "Owner", 6),
    "3.2": ("not_known", "", "Two labour suppliers have not answered our questions about sub-agents.", "", "", 7),
    "4.1": ("under_way", "A second round of interviews is planned for the season.", "", "", "Personnel manager", 9),
    "5.1": ("done", "This report and notices in four languages in every kitchen.", "", "All of it.", "Owner", 10),
    "6.1": ("none", "", "We looked through complaints, interviews and inspections and found nobody owed remedy beyond the "
            "rent already paid back.", "", "", 10),
    "6.2": ("done", "Workers use the ministry's channel; the works council gets counts.", "", "Joined.", "Owner", 3),
}  # fmt: skip

RISKS = (
    ("Passports of migrant workers are kept by the employer", "QA", 4, 3, 3, 4, "linked",
     "Found at two plants; workers could not leave a dormitory where wages were late. Told by workers in interviews."),
    ("Migrant workers pay for their job and work off the debt", "JO", 3, 4, 3, 4, "contributed",
     "Paid by most workers asked at five plants, 900 to 3,400 US dollars; our prices did not cover recruitment."),
    ("Wages arrive weeks late in the months of large orders", "BD", 3, 3, 2, 3, "contributed",
     "Wage slips of 70 workers, compared with bank dates; it follows our own changes of orders."),
    ("Women in hostels are locked in at night", "IN", 4, 2, 4, 1, "linked",
     "One hostel of a spinning mill; the lock was removed, the practice is known from the region."),
    ("Heat at ironing lines in summer", "PK", 2, 3, 1, 3, "linked", "Own measurements: 38 degrees in June."),
    ("Contracts are replaced by worse ones after arrival", "AE", 3, 2, 2, 2, "linked",
     "Told by 9 of 41 workers asked; the recruiter's copies differ from those at the plant."),
)  # fmt: skip

ACTIONS = (
    (0, "Give every passport back and put lockers into dormitories", "Regional manager, Gulf and Jordan", 2,
     "Workers who hold their passport", "done", "Done at both plants; checked with 60 workers."),
    (1, "Repay fees at five plants, the plants paying first", "Head of Labour Standards", 9, "Money repaid to workers",
     "under_way", "287,000 of 512,000 US dollars are repaid."),
    (1, "Pay recruitment costs through the price for new hires", "Head of Sourcing", 6, "New hires who paid nothing", "done",
     "88 % of new hires said in interviews that they paid nothing."),
    (2, "No change of orders within 21 days of shipment", "Head of Sourcing", 4, "Wages paid on the day", "under_way", ""),
    (3, "Visit all hostels of spinning mills with a women's union", "Head of Labour Standards", 14, "Hostels without locks",
     "planned", ""),
)  # fmt: skip

# Fictional plants: country, name, address, native name, workers.
SUPPLIERS = (
    ("BD", "Meghna Lotus Knitwear Ltd.", "Plot 14, Konabari, Gazipur", "মেঘনা লোটাস নিটওয়্যার", "1450"),
    ("BD", "Padma Washing House", "Holding 88, Ashulia, Dhaka", "", "230"),
    ("NP", "Himal Loom Works", "Balaju Industrial Area, Kathmandu", "हिमाल बुनाई उद्योग", "120-160"),
    ("JO", "Wadi Stitch Company", "Industrial Estate, Zarqa", "شركة خياطة الوادي", "620"),
    ("JO", "Petra Rose Garments", "Al Hassan Estate, Irbid", "ملابس وردة البتراء", "1900"),
    ("IN", "Cauvery Spinning Mills", "SF 212, Palladam Road, Tiruppur", "காவேரி நூற்பாலை", "410"),
    ("IN", "Noyyal Dyers", "Perundurai Growth Centre, Erode", "", "75"),
    ("VN", "Song Hong Thread Company", "Hoa Xa Industrial Park, Nam Dinh", "Công ty Chỉ Sông Hồng", "300-340"),
    ("CN", "Taihu Button Factory", "88 Binhu Road, Huzhou, Zhejiang", "太湖纽扣厂", "95"),
    ("LK", "Kelani Trims", "Block B, Biyagama Zone", "කැලණි ට්‍රිම්ස්", "180"),
    ("TH", "Chao Phraya Elastic", "Bang Pu Industrial Estate, Samut Prakan", "ยางยืดเจ้าพระยา", "260"),
    ("PK", "Ravi Denim Finishers", "Sundar Industrial Estate, Lahore", "راوی ڈینم فنشرز", "540"),
    ("ET", "Awash Cotton Ginning", "Awash Road 4, Adama", "አዋሽ ጥጥ", "40"),
    ("TR", "Marmara Zipper Works", "Organize Sanayi 12, Bursa", "Marmara Fermuar", "150"),
    ("EG", "Nile Delta Towels", "Second Industrial Zone, Mahalla", "مناشف دلتا النيل", "880"),
)
