# ruff: noqa: E501, SIM905 (tables of words and sentences stay on their lines)
"""Read Hangul: syllables by rule, family names by the spellings their bearers use."""

from __future__ import annotations

_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = "a e ya ye eo e yeo ye o wa we we yo u wo we wi yu u ui i".split()
_FINALS = " ".join(
    ["", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", ""]
).split(" ")  # fmt: skip

FAMILY = {
    "김": ("kim",), "이": ("lee", "yi", "ri", "rhee", "i"), "리": ("ri", "lee"), "박": ("park", "pak", "bak"), "최": ("choi", "choe"),
    "정": ("jung", "jeong", "chung", "jong"), "강": ("kang", "gang"), "조": ("cho", "jo", "joh"), "윤": ("yoon", "yun", "youn"), "장": ("jang", "chang"),
    "임": ("lim", "im"), "림": ("rim", "lim"), "오": ("oh", "o"), "한": ("han",), "신": ("shin", "sin"), "서": ("seo", "suh"),
    "권": ("kwon",), "황": ("hwang",), "안": ("ahn", "an"), "송": ("song",), "유": ("yoo", "yu", "ryu"), "류": ("ryu", "yoo"),
    "홍": ("hong",), "전": ("jeon", "chun", "jon"), "고": ("ko", "go"), "문": ("moon", "mun"), "손": ("son", "sohn"),
    "양": ("yang",), "배": ("bae", "pae"), "백": ("baek", "paik"), "허": ("heo", "hur", "ho"), "남": ("nam",), "심": ("shim", "sim"),
    "노": ("noh", "roh", "no", "ro"), "하": ("ha",), "곽": ("kwak", "gwak"), "성": ("sung", "seong"), "차": ("cha",), "구": ("koo", "ku", "gu"),
    "우": ("woo", "u"), "주": ("joo", "ju"), "나": ("na", "ra"), "민": ("min",), "진": ("jin",), "엄": ("eom", "um"), "지": ("ji",),
    "원": ("won",), "천": ("cheon", "chun"), "방": ("bang", "pang"), "공": ("kong", "gong"), "현": ("hyun", "hyon"), "변": ("byun",),
    "여": ("yeo", "yuh", "lyuh"), "추": ("choo", "chu"), "도": ("do",), "소": ("so",), "석": ("seok", "suk"), "선": ("sun",), "설": ("seol",),
    "마": ("ma",), "길": ("gil", "kil"), "위": ("wi",), "표": ("pyo",), "명": ("myung",), "기": ("ki",), "반": ("ban",), "왕": ("wang",),
    "금": ("keum",), "옥": ("ok",), "육": ("yook",), "인": ("in",), "맹": ("maeng",), "제": ("je",), "모": ("mo",), "탁": ("tak",),
    "국": ("kook",), "어": ("eo",), "은": ("eun",), "편": ("pyun",), "용": ("yong",), "계": ("gye",), "태": ("tae",), "가": ("ka",),
}  # fmt: skip


def syllable(letter: str) -> str:
    """Return the reading of one Hangul syllable, empty for anything else."""
    code = ord(letter) - 0xAC00
    if not 0 <= code < 11172:
        return ""
    return _INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28]


def read_hangul(word: str) -> tuple[str, ...]:
    """Return the readings of one word in Hangul, liaison included: as spelt in the north, and as southerners spell names."""
    out = ""
    for place, letter in enumerate(word):
        sound = syllable(letter)
        if sound and place and sound[0] in "aeiouyw" and out[-1:] in "ktpl":
            carried = ord(word[place - 1]) - 0xAC00
            final = carried % 28 if 0 <= carried < 11172 else 0
            out = out[:-1] + {1: "g", 7: "d", 8: "r", 17: "b", 19: "s", 20: "ss", 22: "j", 23: "ch"}.get(
                final, out[-1:]
            )
        out += sound
    north, south = out.replace("eo", "o"), out.replace("yeo", "you").replace("eo", "u")
    return tuple(dict.fromkeys((north, south))) if out else ()
