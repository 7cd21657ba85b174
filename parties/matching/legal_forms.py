# ruff: noqa: E501 (tables of words and sentences stay on their lines)
"""Legal forms of organisations in many languages, each with its class. Two names may differ in form and be one firm,
so a class only confirms or contradicts weakly; but a form must never count as part of the name.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from parties.matching.scripts import word_script

_FORMS: Final[dict[str, str]] = {
    "private": """pvt ltd|private limited|pvt limited|private ltd|pte ltd|pte limited|pty ltd|pty limited|proprietary limited|pte|pty|pvt|
        sdn bhd|sendirian berhad|(p) ltd|p ltd|ltd|limited|ltda|limitada|ltd co|co ltd|co limited|company limited|co pvt ltd|company ltd|
        प्रा लि|प्रा ली|प्रालि|प्राइवेट लिमिटेड|प्राईभेट लिमिटेड|प्रा लिमिटेड|लिमिटेड|लि|प्राइभेट लिमिटेड|लिमिटेड कम्पनी|
        প্রাইভেট লিমিটেড|প্রা লি|প্রাঃ লিঃ|লিমিটেড|লিঃ|লি|লিমিটেড কোম্পানি|
        பிரைவேட் லிமிடெட்|லிமிடெட்|පුද්ගලික සමාගම|පෞද්ගලික සමාගම|லிமிட்டெட்|บริษัท จำกัด|จำกัด|ห้างหุ้นส่วนจำกัด|ບໍລິສັດ|ຈຳກັດ|ឯ ក|ក្រុមហ៊ុន|ကုမ္ပဏီလီမိတက်|ကုမ္ပဏီ လီမိတက်|လီမိတက်|co ltd liability|
        பி லிட்|ప్రైవేట్ లిమిటెడ్|లిమిటెడ్|പ്രൈവറ്റ് ലിമിറ്റഡ്|ਲਿਮਟਿਡ|પ્રાઇવેટ લિમિટેડ|پرائیویٹ لمیٹڈ|لمیٹڈ|پرائیوٹ لمیٹڈ|लिमिटेड़|
        有限公司|有限责任公司|有限責任公司|私人有限公司|유한회사|有限会社|合同会社|godo kaisha|yugen kaisha""",
    "llc": """llc|l l c|limited liability company|limited liability co|llp|lp|limited partnership|limited liability partnership|ооо|ooo|
        общество с ограниченной ответственностью|obshchestvo s ogranichennoy otvetstvennostyu|
        obshchestvo s ogranichennoi otvetstvennostyu|тоо|too|товарищество с ограниченной ответственностью|тов|тзов|tov|осоо|osoo|
        товариство з обмеженою відповідальністю|gmbh|gesellschaft mit beschrankter haftung|g m b h|gmbh co kg|mbh|ug|sarl|s a r l|
        societe a responsabilite limitee|srl|s r l|societa a responsabilita limitata|sociedad de responsabilidad limitada|s de rl de cv|
        s de rl|sl|sociedad limitada|slu|lda|bv|b v|besloten vennootschap|bvba|sprl|kft|korlatolt felelossegu tarsasag|sp z o o|spzoo|
        sp zoo|spolka z ograniczona odpowiedzialnoscia|s r o|sro|spol s r o|d o o|doo|дооел|doel|ood|оод|еоод|eood|oy|osakeyhtio|aps|anpartsselskab|as oy|uab|sia|ou|osauhing|
        ltd sti|limited sirketi|limited sti|ltd sirketi|mas uliyyatli cemiyyet|mmc|shpk|fzco|fz llc|fze|fzc|fz co|dmcc|wll|w l l|
        ذ م م|ذمم|ش ذ م م|شركة ذات مسؤولية محدودة|ذات مسؤولية محدودة|ذ م م ح|مسؤولية محدودة|با مسئولیت محدود|مسئولیت محدود|בעמ|בע מ|
        eurl|sas|s a s|sasu|eirl|cv|pt|p t|perseroan terbatas|perseroan|tnhh|cong ty tnhh|cong ty trach nhiem huu han|công ty tnhh|công ty trách nhiệm hữu hạn|công ty tnhh mtv|công ty tnhh một thành viên|mchj|ohg|kg|u a|snc|
        ΕΠΕ|επε|ե պ|შპს""",
    "joint_stock": """plc|public limited company|jsc|j s c|joint stock company|ojsc|cjsc|pjsc|psc|open joint stock company|closed joint stock company|
        public joint stock company|ао|ao|оао|oao|зао|zao|пао|pao|акционерное общество|открытое акционерное общество|
        закрытое акционерное общество|публичное акционерное общество|aktsionernoe obshchestvo|ат|прат|пат|prat|pat|
        приватне акціонерне товариство|публічне акціонерне товариство|акціонерне товариство|ag|aktiengesellschaft|sa|s a|
        societe anonyme|sociedad anonima|sociedade anonima|s a de c v|sa de cv|s a de cv|sab de cv|sapi de cv|sa de capital variable|
        spa|s p a|societa per azioni|nv|n v|naamloze vennootschap|ab|aktiebolag|ab publ|publ|a s|as|aktieselskab|aksjeselskap|asa|
        anonim sirketi|a s c|akciova spolecnost|oyj|abp|se|sab|saa|kgaa|rt|nyrt|zrt|ad|akcionarsko drustvo|ад|bhd|berhad|tbk|persero|
        kabushiki kaisha|k k|kk|株式会社|股份有限公司|주식회사|(주)|㈜|유한책임회사|ش م م|ش م ع|ش م ك|مساهمة عامة|شركة مساهمة|سهامی عام|سهامی خاص|
        شركت سهامی|qsc|saog|saoc|s a l|sal|s a o g|bsc|b s c|kscc|kpsc|co psc|asc|aat|ctcp|công ty cổ phần|cong ty co phan|cty cp|công ty cp|joint stock|joint stock co|ՓԲԸ|ბსს|α ε|αε|
        public company|public company limited|pcl|มหาชน""",
    "corporation": "inc|incorporated|corp|corporation|corporacion|inc co|inc ltd|корпорация|корп",
    "company": """co|company|cie|compagnie|compania|компания|firma|фирма|m s|messrs|ms|شركة|شركت|شرکت|شركه|كمبني|کمپنی|कम्पनी|कंपनी|কোম্পানি|কোম্পানী|
        公司|회사|会社|บริษัท|ကုမ္ပဏီ|בחברת|חברת|proprietorship|sole proprietorship|
        ip|ип|индивидуальный предприниматель|chp|чп|пп|pe|dba""",
    "establishment": "établissement|est|establishment|مؤسسة|مؤسسه|etablissement|etablissements|ets",
    "cooperative": "coop|co op|cooperative|co operative|cooperativa|cooperative society|society ltd|genossenschaft|eg|ska|scrl|koperasi",
    "foundation": "stiftung|fondazione|fundacion|stichting|e v|ev|gmbh gemeinnutzig|asbl|vzw|ong|ngo|fundacao",
    "state": """fgup|фгуп|gup|гуп|mup|federal state unitary enterprise|state unitary enterprise|federalnoe gosudarstvennoe unitarnoe predpriyatie|
        федеральное государственное унитарное предприятие|государственное предприятие|gp|ruup|rup|руп|республиканское унитарное предприятие|unitary enterprise|
        unitarnoe predpriyatie|state enterprise|chup|чуп""",
}  # fmt: skip

_EDGE_ONLY_LENGTH: Final = 3
"""A one-word form this short counts only as the first or the last word: 'PT', 'AB' and 'AS' are also words."""


def _build() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form_class, text in _FORMS.items():
        for phrase in text.split("|"):
            plain = unicodedata.normalize("NFKC", phrase).strip().strip("()").replace("(", " ").replace(")", " ")
            words = tuple(plain.casefold().split())
            if words:
                table.setdefault(words[0], []).append((words, form_class))
    for phrases in table.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return table


_TABLE: Final = _build()
_UNSPACED: Final = frozenset(["han", "kana", "hangul", "thai", "khmer", "myanmar"])
"""Scripts in which a form is often written without a blank before or after it."""
_SHORTEST: Final = 2
"""Letters that a form must have to be cut off a word, and that must be left of the word."""


def _joined() -> tuple[str, ...]:
    forms = {"".join(form) for some in _TABLE.values() for form, _ in some if word_script(form[0]) in _UNSPACED}
    return tuple(sorted((form for form in forms if len(form) >= _SHORTEST), key=lambda form: (-len(form), form)))


_JOINED: Final = _joined()


def apart(word: str) -> list[str]:
    """Return a word with the legal forms that are written onto it as words of their own: 明月人力有限公司."""
    if word.isascii() or word in _JOINED or word_script(word) not in _UNSPACED:
        return [word]
    for form in _JOINED:
        if len(word) - len(form) < _SHORTEST:
            continue
        if word.endswith(form):
            return [*apart(word.removesuffix(form)), form]
        if word.startswith(form):
            return [form, *apart(word.removeprefix(form))]
    return [word]


def _tail(words: list[str]) -> int:
    """Return where the forms that end a name begin: of "Al Noor Co. L.L.C." it is the last that tells of a form."""
    start = len(words)
    while True:
        for size in range(1, min(5, start) + 1):
            phrase = tuple(words[start - size : start])
            if any(phrase == known for known, _ in _TABLE.get(phrase[0], ())):
                start -= size
                break
        else:
            return start


def split_legal_forms(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Return the words that are the name, and the classes of the legal forms found. Never leaves an empty name."""
    kept: list[str] = []
    classes: set[str] = set()
    place, count = 0, len(words)
    ends_in_form = any((words[-1],) == phrase for phrase, _ in _TABLE.get(words[-1], ())) if words else False
    tail = _tail(words)
    while place < count:
        found = 0
        for phrase, form_class in _TABLE.get(words[place], ()):
            size = len(phrase)
            if tuple(words[place : place + size]) != phrase:
                continue
            at_edge = (place == 0 and not ends_in_form) or place + size >= min(count - 1, tail)
            if size == 1 and len(phrase[0]) <= _EDGE_ONLY_LENGTH and phrase[0].isascii() and not at_edge:
                continue
            found = size
            classes.add(form_class)
            break
        if found:
            place += found
        else:
            kept.append(words[place])
            place += 1
    if not kept:
        return list(words), frozenset()
    return kept, frozenset(classes)


def may_start_form(word: str) -> bool:
    """Tell whether a legal form may start with this word."""
    return word in _TABLE
