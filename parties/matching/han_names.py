# ruff: noqa: E501 (tables of words and sentences stay on their lines)
"""Family names in Han characters, by community. General knowledge, written for this product."""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    return {pair[0]: pair[1:] for pair in text.split()}


# Traditional to simplified, for the characters of the tables below.
TRADITIONAL = _table(
    "陳陈 張张 劉刘 黃黄 楊杨 吳吴 趙赵 鄭郑 謝谢 許许 鄧邓 馮冯 羅罗 盧卢 蔣蒋 蘇苏 葉叶 關关 鍾钟 鐘钟 孫孙 馬马 賴赖 呂吕 莊庄 顏颜 龔龚 嚴严 魯鲁 "
    "韓韩 錢钱 賀贺 龍龙 萬万 鄒邹 閻阎 譚谭 蕭萧 肖萧 戴戴 溫温 範范 喬乔 賈贾 顧顾 權权 尹尹 國国 東东 華华 榮荣 偉伟 麗丽 貞贞 順顺 鎮镇 鐵铁 鉉铉 勳勋 "
    "勳勋 訓训 賢贤 憲宪 鎬镐 鍾钟 鐘钟 愛爱 恆恒 傑杰 強强 軍军 輝辉 鳳凤 靜静 蘭兰 蓮莲 紅红 慶庆 義义 禮礼 澤泽 濟济 煥焕 熙熙 載载 時时 應应 億亿 "
    "彌弥 寧宁 寶宝 實实 廣广 達达 進进 遠远 連连 鵬鹏 鶴鹤 齊齐 學学 來来 昇升 純纯 紀纪 綱纲 維维 緒绪 繼继 聖圣 聲声 興兴 芝芝 諾诺 識识 賓宾 銀银 "
    "錫锡 長长 開开 陽阳 隆隆 雲云 飛飞 麟麟 龍龙 龜龟 車车 裴裴 魏魏 鮮鲜 歐欧 滿满 潤润 瑩莹 環环 倫伦 健健 儀仪 兒儿 勝胜 協协 喆哲 圭奎 壽寿 夢梦 "
    "孝孝 宮宫 專专 導导 將将 尙尚 屬属 島岛 嶽岳 師师 帥帅 後后 復复 惠惠 慧慧 戰战 敎教 晉晋 曉晓 書书 會会 業业 樂乐 樸朴 樹树 橋桥 權权 歲岁 氣气 "
    "決决 淨净 準准 滄沧 漢汉 營营 獻献 珍珍 畢毕 當当 發发 確确 種种 穎颖 築筑 經经 統统 緖绪 聰聪 肅肃 舊旧 莉莉 萊莱 處处 號号 規规 親亲 觀观 記记 詩诗 "
    "誠诚 調调 論论 譽誉 讚赞 豐丰 貴贵 質质 運运 選选 鄉乡 醫医 鋒锋 錦锦 鎭镇 鑫鑫 門门 間间 陸陆 際际 雙双 難难 電电 靈灵 韻韵 頌颂 題题 顯显 風风 餘余 "
    "駿骏 驥骥 魯鲁 麥麦 黨党"
)

COMPOUND = frozenset(
    [
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "诸葛",
        "諸葛",
        "上官",
        "司徒",
        "令狐",
        "皇甫",
        "东方",
        "東方",
        "慕容",
        "夏侯",
        "尉迟",
        "南宫",
        "南宮",
        "독고",
        "鮮于",
        "西門",
        "西门",
    ]
)


def _families(text: str) -> dict[str, tuple[str, ...]]:
    rows = (row.split() for row in text.strip().splitlines())
    return {row[0][0]: (row[0][1:], *row[1:]) for row in rows}


# Family name, then readings: Cantonese, Hokkien, Hakka, Korean, older spellings.
FAMILY = _families("""
陈chen chan tan chin jin
李li lee lei yi ri
张zhang cheung chang teo jang
王wang wong ong
刘liu lau low lew yoo ryu
黄huang wong ng hwang ooi
杨yang yeung yeo young
吴wu ng go goh oh
赵zhao chiu cho chao
周zhou chow chew chou ju
徐xu tsui chee hsu seo suh
孙sun suen son
朱zhu chu choo ju joo
林lin lam lim im
何he ho hoh ha
郭guo kwok quek kuo kwak
马ma
罗luo law lo loh na ra
梁liang leung neo yang
宋song sung
郑zheng cheng tay chung jung jeong
谢xie tse chia hsieh sa
韩han hon
唐tang tong
冯feng fung
于yu woo
董dong tung
萧xiao siu siew hsiao so
程cheng ching jung
曹cao tso tsao jo cho
袁yuan yuen won
邓deng tang
许xu hui koh hsu heo hur
傅fu foo
沈shen sum shum sim shim
曾zeng tsang chan tseng jeung
彭peng pang
吕lu lui lu yeo
苏su so soh
卢lu lo loo noh roh
蒋jiang cheung chiang
蔡cai choi chua tsai chae
贾jia ka
丁ding ting jung
魏wei ngai wi
薛xue sit seol
叶ye yip yap yeh
余yu yee yue yeo
潘pan poon phua ban
杜du to doo
戴dai tai
夏xia ha
钟zhong chung cheng jong
汪wang wong
田tian tin jeon chun
任ren yam im lim
姜jiang keung kang
范fan fan beom
方fang fong png bang
石shi shek seok
姚yao yiu
谭tan tam
廖liao liu liew
邹zou chau
熊xiong hung
金jin kam kim gim
陆lu luk yook
郝hao kok
孔kong hung kong gong
白bai pak baek paik
崔cui chui choi choe
康kang hong
毛mao mo
邱qiu yau khoo chiu
秦qin chun
江jiang kong kang
史shi sze sa
顾gu koo
侯hou hau
邵shao siu
孟meng mang maeng
龙long lung
万wan man
段duan tuen
雷lei lui
钱qian chin
汤tang tong
尹yin wan yoon yun
易yi yik
常chang sheung
武wu mo moo
乔qiao kiu
贺he ho
赖lai lai
龚gong kung
文wen man moon mun
朴piao park pak bak
柳liu lau yoo ryu
洪hong hung ang
全quan chuen jeon chun
高gao ko koh go
南nan nam
安an on ahn
裴pei pui bae
河he ho ha
成cheng shing sung seong
车che che cha
具ju koo ku gu
禹yu woo
元yuan yuen won
千qian chin cheon
玄xuan hyun hyon
咸xian ham
卞bian byun byon
廉lian yeom
秋qiu choo chu
都du do
宣xuan sun
吉ji gil kil
权quan kwon
申shen san shin sin
池chi ji
辛xin san shin
严yan yim eom um
慎shen shin
房fang fong bang
奇qi kee ki
明ming ming myung
闵min min
鱼yu eo
殷yin yan eun
余yu yu yeo
翁weng yung
关guan kwan
施shi sze si
阮ruan yuen nguyen
胡hu wu woo ho
温wen wan
颜yan ngan
庄zhuang chong chng
柯ke or kua
童tong tung
游you yau
詹zhan chim
凌ling ling
区ou au
霍huo fok
甄zhen yan
伍wu ng
倪ni ngai
尤you yau
""")

# Family names as Japan reads them, and frequent given names.
JAPANESE = {
    key: value
    for row in """
佐藤 sato|鈴木 suzuki|高橋 takahashi|田中 tanaka|渡辺 watanabe|渡邊 watanabe|渡部 watanabe|伊藤 ito|山本 yamamoto|中村 nakamura|小林 kobayashi
加藤 kato|吉田 yoshida|山田 yamada|佐々木 sasaki|山口 yamaguchi|松本 matsumoto|井上 inoue|木村 kimura|林 hayashi|斎藤 saito|斉藤 saito|齋藤 saito
清水 shimizu|山崎 yamazaki|阿部 abe|安倍 abe|池田 ikeda|橋本 hashimoto|森 mori|石川 ishikawa|前田 maeda|藤田 fujita|小川 ogawa|岡田 okada|後藤 goto
長谷川 hasegawa|村上 murakami|近藤 kondo|石井 ishii|坂本 sakamoto|遠藤 endo|青木 aoki|藤井 fujii|西村 nishimura|福田 fukuda|太田 ota|三浦 miura
藤原 fujiwara|松田 matsuda|岡本 okamoto|中川 nakagawa|中野 nakano|原田 harada|小野 ono|田村 tamura|竹内 takeuchi|金子 kaneko|和田 wada|中山 nakayama
石田 ishida|上田 ueda|森田 morita|原 hara|柴田 shibata|酒井 sakai|工藤 kudo|横山 yokoyama|宮崎 miyazaki|宮本 miyamoto|内田 uchida|高木 takagi
安藤 ando|島田 shimada|谷口 taniguchi|大野 ono|丸山 maruyama|今井 imai|高田 takada|藤本 fujimoto|武田 takeda|村田 murata|上野 ueno|杉山 sugiyama
増田 masuda|菅原 sugawara|平野 hirano|大塚 otsuka|小島 kojima|久保 kubo|松井 matsui|千葉 chiba|岩崎 iwasaki|桜井 sakurai|野口 noguchi|松尾 matsuo
木下 kinoshita|菊地 kikuchi|菊池 kikuchi|野村 nomura|新井 arai|佐野 sano|杉本 sugimoto|古川 furukawa|浜田 hamada|市川 ichikawa|小松 komatsu|高野 takano
水野 mizuno|吉川 yoshikawa|山内 yamauchi|西田 nishida|西川 nishikawa|五十嵐 igarashi|北村 kitamura|安田 yasuda|川口 kawaguchi|平田 hirata|中田 nakata
川崎 kawasaki|飯田 iida|東 higashi|本田 honda|久保田 kubota|沢田 sawada|辻 tsuji|関 seki|吉村 yoshimura|岩田 iwata|川上 kawakami|中西 nakanishi
服部 hattori|福島 fukushima|田口 taguchi|荒木 araki|秋山 akiyama|大西 onishi|小池 koike|大久保 okubo|石原 ishihara|土屋 tsuchiya|永井 nagai|樋口 higuchi
熊谷 kumagai|小山 koyama|黒田 kuroda|須藤 sudo|星野 hoshino|早川 hayakawa|内藤 naito|大橋 ohashi|松岡 matsuoka|高山 takayama|片山 katayama|尾崎 ozaki
麻生 aso|菅 suga|岸田 kishida|石破 ishiba|河野 kono|野田 noda|枝野 edano|鳩山 hatoyama|小泉 koizumi|福山 fukuyama|細川 hosokawa|羽田 hata
太郎 taro|一郎 ichiro|健一 kenichi|浩 hiroshi|博 hiroshi|隆 takashi|誠 makoto|明 akira|実 minoru|稔 minoru|茂 shigeru|清 kiyoshi|勝 masaru|正 tadashi
洋子 yoko|幸子 sachiko|和子 kazuko|恵子 keiko|京子 kyoko|智子 tomoko|由美子 yumiko|美智子 michiko|直樹 naoki|大輔 daisuke|翔太 shota|健太 kenta|拓也 takuya
愛 ai|結衣 yui|陽菜 hina|葵 aoi|さくら sakura|美咲 misaki|蓮 ren|翔 sho|悠斗 yuto|陸 riku|学 manabu|豊 yutaka|進 susumu|弘 hiroshi|修 osamu|武 takeshi
晋三 shinzo|純一郎 junichiro|義偉 yoshihide|文雄 fumio|茂 shigeru|由紀夫 yukio|直人 naoto|佳彦 yoshihiko
""".replace("\n", "|").split("|")
    if row
    for key, value in (row.split(),)
}  # fmt: skip
