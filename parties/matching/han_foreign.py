"""How Chinese writes foreign names: those that newspapers of China, Hong Kong and Malaysia always write one way.

General knowledge, written for this product. What is not here is read letter by letter.
"""

from __future__ import annotations

import re
from functools import cache

_WRITTEN = """
abdul 阿都 阿卜杜勒 阿卜杜尔 阿布都 阿布杜勒 阿卜杜 阿布杜 阿卜杜拉赫
abdrahman 阿都拉曼 阿卜杜拉赫曼 阿布都拉曼 阿卜杜勒拉赫曼
abdrahim 阿都拉欣 阿卜杜拉希姆
abdrazak 阿都拉萨 阿都拉萨克
abdrashid 阿都拉昔 阿卜杜拉希德
abdullah 阿都拉 阿卜杜拉 阿布都拉 阿布杜拉
muhammad 穆罕默德 莫哈末 莫哈默 莫罕默德 默罕默德 穆罕莫德 莫哈默德 穆罕穆德 穆哈默德 莫哈马德 穆罕默徳
ahmad 阿末 艾哈迈德 艾哈麦德 阿赫马德 阿哈默德 阿莫德 艾哈邁德
mahmud 马哈茂德 马末 马哈末 馬哈茂德
hussain 侯赛因 胡先 胡赛因 侯赛英 胡申 胡辛 侯賽因
hassan 哈桑 哈山 哈森 哈珊
ibrahim 依布拉欣 易卜拉欣 伊布拉欣 布拉欣 依不拉欣 易卜拉辛
ismail 依斯迈 伊斯迈尔 伊斯梅尔 依斯迈尔 伊斯麦尔 依斯邁
othman 奥斯曼 奥斯曼尼 奥士曼 鄂斯曼
omar 奥马尔 欧马尔 奥玛 欧玛 奧馬爾
yusuf 优素福 尤索夫 尤素夫 尤索 优索夫 尤瑟夫
rahman 拉曼 拉赫曼 拉荷曼
rahim 拉欣 拉希姆
rashid 拉昔 拉希德 拉锡
halim 哈林 哈利姆 哈里姆
karim 卡林 卡里姆 卡欣
aziz 阿兹 阿齐兹 阿兹斯 阿茲
salleh 沙礼 萨利赫 沙列 萨勒
nasir 纳西尔 纳西 纳赛尔 纳斯尔
mustafa 穆斯塔法 慕斯达法 慕斯塔法 莫斯达法
sulaiman 苏莱曼 苏来曼 苏莱曼尼
mahathir 马哈迪 馬哈迪
anwar 安华 安瓦尔 安華
najib 纳吉 纳吉布
hamid 哈米德 哈密 哈密德
khalid 哈立德 卡立 哈利德 卡力
saifuddin 赛夫丁 赛弗丁
kamaruddin 卡马鲁丁 卡玛鲁丁
tajuddin 达祖丁 塔祖丁
hishammuddin 希山慕丁 希沙慕丁
badruddin 巴鲁丁 巴德鲁丁
jamaluddin 再玛鲁丁 贾马鲁丁 查马鲁丁
bakar 巴卡 巴克尔 巴卡尔
abu 阿布
sheikh 谢赫
ali 阿里 阿厘
amin 阿敏 阿明
idris 依德利斯 伊德里斯 依德里斯
jaafar 加法 贾法尔 惹化
samad 沙末 萨马德
wahid 华希 瓦希德 瓦希
majid 马吉 马吉德 麦吉德
salim 沙林 萨利姆 沙琳
osama 奥萨马 乌萨马
tunku 东姑
datuk 拿督
tengku 登姑
syed 赛 赛义德 萨义德
fatimah 法蒂玛 花蒂玛 法蒂马
aisha 阿伊莎 艾莎 阿依莎
sharif 沙里夫 谢里夫 沙立夫
taib 泰益
john 约翰 約翰 尊
michael 迈克尔 麦可 米高 邁克爾 麥克爾 迈可
mike 迈克 邁克 麦克
david 大卫 大衛 戴维 戴維
james 詹姆斯 詹姆士 占士 詹士
jim 吉姆
robert 罗伯特 羅伯特 罗拔 羅拔
bob 鲍勃 鮑勃
william 威廉 威廉姆
bill 比尔 比爾
richard 理查德 理察 李察 里察 理查
charles 查尔斯 查爾斯 查理斯
charlie 查理 查利
thomas 托马斯 汤马斯 湯瑪斯 托馬斯 汤玛斯
tom 汤姆 湯姆
daniel 丹尼尔 丹尼爾 但以理
matthew 马修 馬修 马太
anthony 安东尼 安東尼 安多尼
tony 托尼 东尼
mark 马克 馬克
paul 保罗 保羅
stephen 史蒂芬 斯蒂芬 史提芬
steven 史蒂文 史蒂夫 斯蒂文
andrew 安德鲁 安德魯 安德烈
kenneth 肯尼思 肯尼斯 肯尼
george 乔治 喬治 佐治
edward 爱德华 愛德華
brian 布莱恩 布赖恩 布萊恩
ronald 罗纳德 朗奴
donald 唐纳德 唐納德 当劳
kevin 凯文 凱文
jason 杰森 贾森 傑森
jeffrey 杰弗里 杰弗瑞
geoffrey 杰弗里 杰佛里
jeff 杰夫
ryan 瑞安 莱恩
gary 加里 盖瑞
jacob 雅各布 雅各 雅各布斯
nicholas 尼古拉斯 尼可拉斯
eric 埃里克 艾瑞克 埃裡克
jonathan 乔纳森 喬納森
larry 拉里
scott 斯科特
benjamin 本杰明 班杰明 本雅明
samuel 塞缪尔 萨缪尔 撒母耳
frank 弗兰克 法兰克
francis 弗朗西斯 法兰西斯 方济各
gregory 格雷戈里 格列高利
raymond 雷蒙德 雷蒙
alexander 亚历山大 亞歷山大 阿历山大 亚力山大
alex 亚历克斯
patrick 帕特里克 派翠克 柏德烈
jack 杰克 傑克
dennis 丹尼斯 邓尼斯
jerry 杰里 杰瑞
tyler 泰勒
aaron 亚伦
henry 亨利
adam 亚当 亞當
douglas 道格拉斯
peter 彼得 比得 彼德
nathan 内森 納森
zachary 扎卡里
kyle 凯尔
walter 沃尔特 华尔特
harold 哈罗德
jeremy 杰里米
ethan 伊桑
carl 卡尔
keith 基思
roger 罗杰
gerald 杰拉尔德
christian 克里斯蒂安 克里斯琴
terry 特里
sean 肖恩
arthur 阿瑟 亚瑟
lawrence 劳伦斯
jesse 杰西
joe 乔
joseph 约瑟夫 约瑟 若瑟 約瑟夫
alan 艾伦 阿兰
philip 菲利普 腓力
christopher 克里斯托弗 基斯杜化
chris 克里斯
mary 玛丽 瑪麗
patricia 帕特里夏 帕特丽夏
jennifer 詹妮弗 珍妮弗
linda 琳达
elizabeth 伊丽莎白 伊莉莎白
barbara 芭芭拉
susan 苏珊 蘇珊
jessica 杰西卡
sarah 萨拉 莎拉 薩拉
karen 凯伦
nancy 南希
lisa 丽莎
margaret 玛格丽特
sandra 桑德拉
ashley 阿什利
dorothy 多萝西
kimberly 金伯利
emily 艾米莉 埃米莉
donna 唐娜
michelle 米歇尔 米雪尔
carol 卡罗尔
amanda 阿曼达
melissa 梅丽莎 梅利莎
deborah 德博拉 黛博拉
rebecca 丽贝卡
laura 劳拉
helen 海伦
sharon 莎伦
cynthia 辛西娅
catherine 凯瑟琳 凱瑟琳
kathy 凯西
amy 艾米
shirley 雪莉
angela 安吉拉 安格拉
anna 安娜
pamela 帕梅拉
nicole 妮科尔 尼科尔
samantha 萨曼莎
christine 克里斯汀 克里斯蒂娜 克里斯廷
rachel 雷切尔 蕾切尔
caroline 卡罗琳 卡洛琳
janet 珍妮特
maria 玛丽亚 瑪麗亞 马里亚
heather 希瑟
diane 黛安
julie 朱莉
joyce 乔伊斯
victoria 维多利亚
kelly 凯莉 凯利
joan 琼
judith 朱迪思 朱迪丝
olivia 奥利维亚
andre 安德烈
jean 让 吉恩
pierre 皮埃尔
francois 弗朗索瓦
jacques 雅克
hans 汉斯
friedrich 弗里德里希
wolfgang 沃尔夫冈
juan 胡安
jose 何塞
carlos 卡洛斯
luis 路易斯
antonio 安东尼奥
francisco 弗朗西斯科
ivan 伊万
vladimir 弗拉基米尔
sergei 谢尔盖
dmitri 德米特里
nikolai 尼古拉
mikhail 米哈伊尔
andrei 安德烈
boris 鲍里斯
viktor 维克托
yuri 尤里
yevgeny 叶夫根尼
oleg 奥列格
igor 伊戈尔
alexei 阿列克谢
tim 蒂姆 添
ben 本
sam 山姆 萨姆
greg 格雷格
fred 弗雷德
ted 特德
gordon 戈登
graham 格雷厄姆
neil 尼尔
ian 伊恩 伊安
simon 西蒙 西門
nick 尼克
martin 马丁 馬丁
hugh 休
nigel 奈杰尔
duncan 邓肯
vincent 文森特 温森特
owen 欧文
tommy 汤米
jenny 珍妮 珍尼
rosalie 罗莎莉
marco 马可 马尔科
ted 泰德
mitch 米奇
josh 乔希 乔什
adrian 阿德里安
smith 史密斯
jones 琼斯
brown 布朗
johnson 约翰逊
williams 威廉姆斯 威廉斯
miller 米勒
davis 戴维斯
wilson 威尔逊
anderson 安德森
white 怀特
harris 哈里斯
thompson 汤普森
martinez 马丁内斯
robinson 罗宾逊
clark 克拉克
lewis 刘易斯
walker 沃克
hall 霍尔
young 扬
wright 赖特
lopez 洛佩斯
hill 希尔
green 格林
adams 亚当斯
baker 贝克
nelson 纳尔逊
carter 卡特
mitchell 米切尔
roberts 罗伯茨
turner 特纳
phillips 菲利普斯
campbell 坎贝尔
parker 帕克
evans 埃文斯
edwards 爱德华兹
collins 柯林斯 科林斯
murphy 墨菲
cook 库克
rogers 罗杰斯
morgan 摩根
cooper 库珀
peterson 彼得森
bailey 贝利
howard 霍华德
ward 沃德
richardson 理查森
watson 沃森
brooks 布鲁克斯
gray 格雷
jackson 杰克逊
taylor 泰勒
moore 穆尔 摩尔
allen 艾伦
scott 斯科特
macdonald 麦克唐纳
de 德
st 圣
"""
SERVANT = "abdul"
"""A name of two words in other scripts, of which the second is written on in one."""
_ENOUGH = 2
"""Characters from which on a name written so is looked for inside a longer run."""


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _WRITTEN.split("\n"):
        name, _blank, written = row.partition(" ")
        for word in written.split():
            found.setdefault(word, name)
    return found


@cache
def _known() -> re.Pattern[str]:
    longest_first = sorted((word for word in _names() if len(word) >= _ENOUGH), key=lambda word: (-len(word), word))
    return re.compile("|".join(longest_first))


def foreign_name(word: str) -> str:
    """Return the foreign name that a word stands for, empty if none is known."""
    return _names().get(word, "")


def foreign_parts(word: str) -> list[str]:
    """Cut a run of characters at the foreign names known in it: ``阿都卡林`` is ``阿都`` and ``卡林``."""
    parts: list[str] = []
    place = 0
    for known in _known().finditer(word):
        if known.start() > place:
            parts.append(word[place : known.start()])
        parts.append(known[0])
        place = known.end()
    return [*parts, word[place:]] if place < len(word) else parts
