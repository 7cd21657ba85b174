# ruff: noqa: E501 (tables of letters stay on their lines)
"""How Cantonese, Hokkien and Korean bearers read the characters of given names. General knowledge, written for this product.

Each row is a syllable, then the characters that are read so; simplified and traditional letters stand together.
"""

from __future__ import annotations


def by_letter(text: str) -> dict[str, str]:
    """Return the syllable of each character."""
    table: dict[str, str] = {}
    for row in text.split():
        cut = next(place for place, letter in enumerate(row) if not letter.isascii())
        for letter in row[cut:]:
            table.setdefault(letter, row[:cut])
    return table


CANTONESE = by_letter("""
au区區欧歐 bik碧 bing冰炳兵秉 bo宝寶波保 bun本 chai齐齊 chan陈陳灿燦赞 chau周秋洲邹鄒 cheung张張章祥昌长長翔璋彰 cheuk卓焯 chi志智之芝池慈治 chik植 chin展前钱錢
ching清静靜青贞貞正政征程晴菁澄 cho祖曹草楚 choi才财財彩采蔡材 chu朱柱珠诸 chuen全泉铨銓川传傳村 chui翠徐 chun春俊振臻晋進进津骏駿 chung忠钟鍾鐘宗中松聪聰仲 dick迪 fai辉輝晖暉
fan芬范範凡 fat发發 fong方芳 fu富夫傅虎 fuk福 fun欢歡 fung凤鳳峰锋鋒冯馮丰豐 ha夏霞 hang恒恆行幸杏 hau厚孝侯候 hei希喜熙禧 hin轩軒宪憲显顯 hing兴興庆慶卿馨 ho何浩好豪贺賀河皓 hoi海凯凱开開
hok学學鹤鶴 hon汉漢翰韩韓 hong康航匡 hung雄鸿鴻洪红紅孔 ip叶葉业業 ka家嘉佳加 kai佳启啟阶 kam金锦錦甘琴鉴鑑 kan勤芹 kau九球 kei其奇琪基纪紀祺麒旗 keung强強姜 kin健建坚堅乾 king景敬琼瓊劲勁经
kit杰傑洁潔 kiu乔喬娇嬌桥橋 ko高 kok觉 kong江刚剛港 ku古顾 kuen娟权權 kui驹駒巨 kuk菊 kun官冠观 kung龚龔功恭公 kwan关關君坤军軍均钧群 kwai贵貴桂 kwok国國郭 kwong光广廣 lai丽麗黎励勵赖賴礼禮
lam林蓝藍琳 lan兰蘭 lau刘劉柳 lee李利理 lei莉 leung梁良亮 lik力 lim廉 lin莲蓮连連练 ling玲凌灵靈龄齡岭 lok乐樂洛 long朗 lui雷吕呂 luk陆陸 lun伦倫麟 lung龙龍隆 man文敏民曼万萬汶雯 mau茂 mei美媚薇 ming明铭銘鸣鳴
miu妙苗 mo武无 mong望 mui梅妹 muk木穆 nam南楠男 nga雅 ngai毅魏倪艺 ngan颜顏银銀 ngo娥 nin年 ning宁寧 oi爱愛 on安 pak柏伯白 pang彭鹏鵬 ping平萍 pong邦庞 po宝波 pui佩培沛贝貝 sai世西 sam三心森 san新山
sau秀修寿壽守 shan珊姗 shek石硕 shing成城承圣聖胜勝诚誠 shu树樹书書 shuk淑 shun顺順信舜 shui瑞水 sik锡錫 sin善仙倩 sing星声聲升 siu小少兆笑萧蕭 so苏蘇素 suen孙孫 suet雪 sum深岑 sun辛 sung宋崇 sze思诗詩施斯司
tai泰大太戴 tak德 tang邓鄧 tat达達 tim添甜 tin天田 ting婷庭定廷丁亭 to滔图杜涛濤 tong唐棠堂 tsang曾 tse谢謝 tsz子梓 tung东東冬彤同桐 wah华華 wai伟偉惠慧威韦韋为為维維卫衛 wan云雲韵韻尹温溫运運 wang宏弘泓
wing荣榮永颖穎咏詠 wo和 wong王黄黃汪旺 wu胡湖 wun焕煥 yan欣仁恩茵人殷忻甄 yat日一逸溢 yau有友游佑丘邱祐 yee仪儀怡义義儿兒宜 yeung杨楊阳陽扬 yik益翼奕亿億易 yim严嚴 yin贤賢燕妍言然彦彥 ying英莹瑩迎应應盈 yiu耀瑶瑤姚尧堯
yu宇如裕瑜余愉儒羽雨玉 yuen元源远遠圆圓婉袁缘苑原 yuk育旭郁玉 yung容蓉勇镛鏞雍 lap立 ngok岳 yuet月悦悅粤越 chak泽澤 chiu超朝赵趙昭 him谦謙 sang生 kuok国國 wu乌 lo罗羅卢盧劳 hui许許 lai黎 tam谭譚 tsui崔 wan环 kwun观
""")
HOKKIEN = by_letter("""
ka家嘉 chuan泉全 siew秀修 sin信新心 cheng清贞貞 boon文 bee美 hwa华華花 tee智地 yong勇永扬 hock福 kim金锦錦琴 seng成生盛胜勝诚 heng兴興亨 teck德泽澤 huat发發 beng明炳名 peng平萍鹏 soon顺順 chwee水翠 san山三 jin仁人
ghee义義仪 lee利礼禮 tiong忠中 hau孝校 thian天 kong光江 kok国國 bin民敏 an安 eng英荣榮永应 geok玉 choo珠 lian莲蓮联连 lan兰蘭 hong凤鳳丰豐鸿宏 leong龙龍良隆 hai海 chai财才財 poh宝寶 kwee贵貴桂 bok木 lim林 choon春俊
chew秋洲 suat雪 goat月 hoon云雲芬 wee伟偉为惠 kiong强強 heong雄 kiat杰傑吉 kian健建坚 chee志芝枝 yew有友耀 thiam添 teng丁 lai来來丽 chin进進真珍振 aik益 hoe和会 keng庆慶景 siang祥 guan元源原 chye才财 hak学 see诗思 cheong昌
swee瑞 heo香 mui梅 kek菊 siong松 tai泰大太 siok淑 siu寿 hui辉惠慧 kee基其奇 ting庭 tin珍 loke乐 khoon坤 khim琴 ley丽 hean贤賢 kheng卿琼 tong堂东 ban万萬 buan满 ling玲灵 hiang香 lin仁 meng明孟 wah华花 kah家 kuan观权 sun孙
""")
KOREAN = by_letter("""
ga家加佳嘉可歌 gang康江强强刚姜 gap甲 geon健建键乾 gyeong京庆慶景敬炅经卿璟 gye桂启季 go高古 gon坤 gong公恭 gwan宽寬关冠官 gwang光广廣 gyo教 gu求九久具丘球龟 guk国國 gun君军群 gwi贵貴 gyu奎圭揆 gyun均钧 geun根槿 geum今金锦錦琴
gi基起奇琪己箕琦麒旗纪夔 gil吉 nam南男 nyeong宁 dae大 dal达達 dong东東同童桐 deok德悳 do道度导图燾 du斗 deuk得 ra罗羅 rak乐 ran兰蘭 rae来來 ryang良亮 ryeo吕 ryeol烈 ryeon莲连 ryeong岭姈玲灵铃 rye礼禮 ro鲁路 ryun伦 rim林 rin麟 rip立
man万萬满晩晚 mae梅 maeng孟 myeong明命铭 mo模 mok睦木 mu武茂 mun文问门 mi美未 min民敏旼珉玟旻岷 bak博朴 bae培裵 baek白伯 beom范範凡 byeong丙炳秉柄 bo补甫宝普寶 bok福 bong凤鳳奉峰 bu富夫 bun粉芬 bin彬斌 sa史士思四师 san山 sam三 sang相尚祥常商 saeng生
seo瑞书書舒西 seok石锡錫硕奭 seon善宣仙鲜先 seol雪 seong成星圣聖诚誠声性 se世 so昭素少 song松颂宋 su洙秀寿壽守水琇树洵 suk淑叔 sun顺順淳纯舜 sung崇 seung升胜勝承昇 si时時始诗 sik植式 sin信新申 sil实 sim心 a雅娥亚 an安 am岩 ae爱愛 yang养洋阳陽
eon彦彥 eok亿億 yeo如余汝 yeon妍延然娟渊衍燕 yeol烈悦 yeop叶烨燮 yeong永英映荣榮泳瑛盈暎 ye睿艺 o午五 ok玉沃鈺 on温 wan完 yong容龙龍镕勇用溶 u宇佑雨又右禹 uk旭郁昱 un云雲运 ung雄 won元源远遠苑 wol月 wi伟 yu有裕由维侑柔 yun允润胤 yul律 eun恩殷银銀
eul乙 eung应 ui义義仪宜 i以利伊 ik益翼 in仁寅印 il日一逸 im任 ja子慈 jang章璋长蒋 jae在载載宰财才 jeong正贞貞廷静政晶定丁程 je济帝齐 jo祖朝兆照 jong钟鍾宗从 ju周柱珠主株 jun俊准埈峻浚 jung中重仲 ji智志芝知之枝 jik直 jin镇鎭振真珍进進晋辰
chang昌昶 chae采彩 cheol哲铁澈喆 cheon天千泉川 cheong清青 cho初楚超 chun春 chung忠充 chan灿赞讚燦 chi治致 tae泰太台 taek泽澤宅 pal八 pyeong平 pil弼必 pyo表 pung丰 ha夏河 hak学鹤鶴學 han汉翰漢 hang恒 hae海 haeng幸行 hyang香 heon宪憲 hyeok赫爀革
hyeon贤賢铉炫显顯玄现 hyeop协 hyeong亨炯衡炯兄 hye惠慧 ho浩镐昊虎好湖鎬 hong洪弘红鸿 hwa化华和花華 hwan焕煥桓 hoe会 hyo孝晓 hu厚 hun勋訓训薰勳 hwi辉 heung兴興 hui熙姬喜希禧熹羲 heum钦欽 heun欣
""")
HOKKIEN_FAMILY = {
    row[0]: tuple(row[1:].split(","))
    for row in [
        "黄ong,wee,ooi",
        "王ong,heng",
        "张teo,cheong",
        "杨yeo,yong",
        "谢chia,cheah",
        "余yee,eu",
        "胡oh,foo",
        "翁ang,eng",
        "洪ang",
        "颜gan",
        "骆loke",
        "陆loke,lok",
        "傅poh,pok",
        "曾chan,tseng",
        "郭quek,kuok,kueh",
        "方png,pung",
        "沈sim",
        "白peh",
        "苏soh,saw",
        "高koh,kow",
        "符foo,hu",
        "尤yew",
        "巫boo",
        "卓toh",
        "佘seah",
        "钟cheong,choong",
        "梁leong,neo",
        "罗loh,low",
        "温voon,woon",
        "彭phang",
        "饶jeow",
        "戴tye,tay",
        "江kang,kong",
        "林lim,lum",
        "陈tan,chin",
        "李lee,lie",
        "蔡chua,chai",
        "许koh,khoh,kho",
        "吴goh,gan,ngo",
        "郑tay,teh,ching",
        "叶yap",
        "刘low,lau",
        "周chew,chiew",
        "朱choo",
        "何hoe,ho",
        "赖loy,lye",
        "蓝nam",
        "侯kau,how",
        "姚yeo,yau",
        "廖leow,liew",
        "邓thien,tang",
        "魏gwee,ngui",
        "孙sng,soon",
        "徐chee,choo",
        "萧seow,siow",
        "冯pang,foong",
        "钱chee",
        "潘phua,poon",
        "庄chng,cheng",
        "邱khoo,hew",
        "卢loo,lo",
        "石chua,sek",
        "潘phoon",
        "黎loy",
        "官koon",
        "伍ng,goh",
        "秦chin",
        "宋song",
    ]
}


def korean_spellings(reading: str) -> tuple[str, ...]:
    """Return a Korean reading as it is spelt by rule, as South Koreans write their names, and as in the north."""
    south = reading.replace("yeo", "you").replace("eo", "u").replace("hui", "hee")
    north = reading.replace("eo", "o").replace("ae", "ae").replace("ui", "i")
    return tuple(dict.fromkeys((south, north)))
