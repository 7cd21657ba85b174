"""A legal form that is written onto the name without a blank is not part of the name."""

import pytest

from parties.matching import Subject, match
from parties.matching.filing import filing_of
from parties.matching.legal_forms import apart

ONE_FIRM = [
    ("明月國際人力", "明月國際人力有限公司"),
    ("明月国际人力", "明月國際人力股份有限公司"),
    ("桜人材", "桜人材株式会社"),
    ("株式会社サクラ人材", "サクラ人材"),
    ("한빛인력주식회사", "한빛인력"),
    ("(주)한빛인력", "한빛인력 주식회사"),
    ("ดาวเหนือจัดหางาน", "บริษัทดาวเหนือจัดหางานจำกัด"),
    ("บริษัท ดาวเหนือจัดหางาน จำกัด", "ดาวเหนือจัดหางานจำกัด"),
    ("ပန်းလှိုင် လုပ်သားအကျိုးဆောင်", "ပန်းလှိုင် လုပ်သားအကျိုးဆောင် ကုမ္ပဏီလီမိတက်"),
]


@pytest.mark.parametrize(("one", "other"), ONE_FIRM)
def test_a_name_without_its_form_is_the_same_firm(one: str, other: str) -> None:
    found = match(Subject(one, kind="organisation"), Subject(other, kind="organisation"))
    assert (found.verdict, found.score > 0.9) == ("match", True)
    here, there = filing_of(one, "organisation"), filing_of(other, "organisation")
    assert here is not None
    assert there is not None
    assert set(here.keys) & set(there.keys)


@pytest.mark.parametrize(
    ("one", "other"), [("明月國際人力有限公司", "福華國際人力有限公司"), ("ดาวเหนือจัดหางานจำกัด", "สายน้ำจัดหางานจำกัด")]
)
def test_two_firms_of_one_form_stay_two(one: str, other: str) -> None:
    assert match(Subject(one, kind="organisation"), Subject(other, kind="organisation")).verdict == "clear"


def test_a_form_alone_and_a_name_of_one_letter_stay_whole() -> None:
    assert [apart(word) for word in ("有限公司", "株式会社", "주식회사", "金公司", "ltd", "مؤسسة")] == [
        ["有限公司"], ["株式会社"], ["주식회사"], ["金公司"], ["ltd"], ["مؤسسة"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công ty Cổ phần Sao Khuê Nhân lực Quốc tế", "Công ty Cổ phần Đất Lành Nhân lực Quốc tế"),
        ("Công ty Cổ phần Sao Khuê Cung ứng Nhân lực", "Công ty Cổ phần Hoa Mường Cung ứng Nhân lực"),
        ("Công ty TNHH Sao Khuê", "Công ty TNHH Hoa Mường"),
        ("අරලිය රැකියා නියෝජිතායතනය", "කඩල් රැකියා නියෝජිතායතනය"),
        ("ပန်းလှိုင် ပြည်ပအလုပ်အကိုင် ကုမ္ပဏီလီမိတက်", "ရတနာဦး ပြည်ပအလုပ်အကိုင် ကုမ္ပဏီလီမိတက်"),
        ("Navro'z Xalqaro Ish MChJ", "Registon Xalqaro Ish MChJ"),
        ("ТОВ Журавель Кадри", "ТОВ Калина Степ Кадри"),
        ("نجمة الشاطئ للقوى العاملة ذ.م.م", "نجمة الشاطئ للاستقدام ذ.م.م"),
    ],
)
def test_words_of_the_trade_in_other_languages_never_carry_a_match(one: str, other: str) -> None:
    assert match(Subject(one, kind="organisation"), Subject(other, kind="organisation")).verdict == "clear"
