"""The locales that Unicode's CLDR knows (release 47): language, script and region."""

from __future__ import annotations

import re

# Language, then its regions; a script comes before the region where CLDR names one.
_LOCALES = """
aa:DJ,ER,ET ab:GE af:NA,ZA agq:CM ak:GH am:ET an:ES ann:NG apc:SY
ar:001,AE,BH,DJ,DZ,EG,EH,ER,IL,IQ,JO,KM,KW,LB,LY,MA,MR,OM,PS,QA,SA,SD,SO,SS,SY,TD,TN,YE arn:CL
as:IN asa:TZ ast:ES az:Arab-IQ,Arab-IR,Arab-TR,Cyrl-AZ,Latn-AZ ba:RU bal:Arab-PK,Latn-PK bas:CM
be:BY bem:ZM bew:ID bez:TZ bg:BG bgc:IN bgn:AE,AF,IR,OM,PK bho:IN blo:BJ blt:VN bm:ML,Nkoo-ML
bn:BD,IN bo:CN,IN br:FR brx:IN bs:Cyrl-BA,Latn-BA bss:CM byn:ER ca:AD,ES,FR,IT cad:US cch:NG
ccp:BD,IN ce:RU ceb:PH cgg:UG cho:US chr:US cic:US ckb:IQ,IR co:FR cop:EG cs:CZ csw:CA cu:RU cv:RU
cy:GB da:DK,GL dav:KE de:AT,BE,CH,DE,IT,LI,LU dje:NE doi:IN dsb:DE dua:CM dv:MV dyo:SN dz:BT
ebu:KE ee:GH,TG el:CY,GR en:001,150,AE,AG,AI,AS,AT,AU,BB,BE,BI,BM,BS,BW,BZ,CA,CC,CH,CK,CM,CX,CY,CZ
,DE,DG,DK,DM,Dsrt-US,ER,ES,FI,FJ,FK,FM,FR,GB,GD,GG,GH,GI,GM,GS,GU,GY,HK,HU,ID,IE,IL,IM,IN,IO,IT,JE
,JM,KE,KI,KN,KY,LC,LR,LS,MG,MH,MO,MP,MS,MT,MU,MV,MW,MY,NA,NF,NG,NL,NO,NR,NU,NZ,PG,PH,PK,PL,PN,PR,P
T,PW,RO,RW,SB,SC,SD,SE,SG,SH,SI,SK,SL,SS,SX,SZ,Shaw-GB,TC,TK,TO,TT,TV,TZ,UG,UM,US,VC,VG,VI,VU,WS,Z
A,ZM,ZW eo:001
es:419,AR,BO,BR,BZ,CL,CO,CR,CU,DO,EA,EC,ES,GQ,GT,HN,IC,MX,NI,PA,PE,PH,PR,PY,SV,US,UY,VE et:EE
eu:ES ewo:CM fa:AF,IR ff:Adlm-BF,Adlm-CM,Adlm-GH,Adlm-GM,Adlm-GN,Adlm-GW,Adlm-LR,Adlm-MR,Adlm-NE,A
dlm-NG,Adlm-SL,Adlm-SN,Latn-BF,Latn-CM,Latn-GH,Latn-GM,Latn-GN,Latn-GW,Latn-LR,Latn-MR,Latn-NE,Lat
n-NG,Latn-SL,Latn-SN fi:FI fil:PH fo:DK,FO fr:BE,BF,BI,BJ,BL,CA,CD,CF,CG,CH,CI,CM,DJ,DZ,FR,GA,GF,G
N,GP,GQ,HT,KM,LU,MA,MC,MF,MG,ML,MQ,MR,MU,NC,NE,PF,PM,RE,RW,SC,SN,SY,TD,TG,TN,VU,WF,YT frr:DE
fur:IT fy:NL ga:GB,IE gaa:GH gd:GB gez:ER,ET gl:ES gn:PY gsw:CH,FR,LI gu:IN guz:KE gv:IM
ha:Arab-NG,Arab-SD,GH,NE,NG haw:US he:IL hi:IN,Latn-IN hnj:Hmnp-US hr:BA,HR hsb:DE ht:HT hu:HU
hy:AM ia:001 id:ID ie:EE ig:NG ii:CN io:001 is:IS it:CH,IT,SM,VA iu:CA,Latn-CA ja:JP jbo:001
jgo:CM jmc:TZ jv:ID ka:GE kaa:Cyrl-UZ,Latn-UZ kab:DZ kaj:NG kam:KE kcg:NG kde:TZ kea:CV ken:CM
kgp:BR khq:ML ki:KE kk:Arab-CN,Cyrl-KZ,KZ kkj:CM kl:GL kln:KE km:KH kn:IN ko:CN,KP,KR
kok:Deva-IN,Latn-IN kpe:GN,LR ks:Arab-IN,Deva-IN ksb:TZ ksf:CM ksh:DE ku:TR kw:GB
kxv:Deva-IN,Latn-IN,Orya-IN,Telu-IN ky:KG la:VA lag:TZ lb:LU lg:UG lij:IT lkt:US lld:IT lmo:IT
ln:AO,CD,CF,CG lo:LA lrc:IQ,IR lt:LT ltg:LV lu:CD luo:KE luy:KE lv:LV mai:IN mas:KE,TZ mdf:RU
mer:KE mfe:MU mg:MG mgh:MZ mgo:CM mhn:IT mi:NZ mic:CA mk:MK ml:IN mn:MN,Mong-CN,Mong-MN
mni:Beng-IN,Mtei-IN moh:CA mr:IN ms:Arab-BN,Arab-MY,BN,ID,MY,SG mt:MT mua:CM mus:US my:MM myv:RU
mzn:IR naq:NA nb:NO,SJ nd:ZW nds:DE,NL ne:IN,NP nl:AW,BE,BQ,CW,NL,SR,SX nmg:CM nn:NO nnh:CM no
nqo:GN nr:ZA nso:ZA nus:SS nv:US ny:MW nyn:UG oc:ES,FR om:ET,KE or:IN os:GE,RU osa:US
pa:Arab-PK,Guru-IN pap:AW,CW pcm:NG pis:SB pl:PL prg:PL ps:AF,PK
pt:AO,BR,CH,CV,GQ,GW,LU,MO,MZ,PT,ST,TL qu:BO,EC,PE quc:GT raj:IN rhg:Rohg-BD,Rohg-MM rif:MA rm:CH
rn:BI ro:MD,RO rof:TZ ru:BY,KG,KZ,MD,RU,UA rw:RW rwk:TZ sa:IN sah:RU saq:KE sat:Deva-IN,Olck-IN
sbp:TZ sc:IT scn:IT sd:Arab-PK,Deva-IN sdh:IQ,IR se:FI,NO,SE seh:MZ ses:ML sg:CF
shi:Latn-MA,Tfng-MA shn:MM,TH si:LK sid:ET sk:SK skr:PK sl:SI sma:NO,SE smj:NO,SE smn:FI sms:FI
sn:ZW so:DJ,ET,KE,SO sq:AL,MK,XK
sr:Cyrl-BA,Cyrl-ME,Cyrl-RS,Cyrl-XK,Latn-BA,Latn-ME,Latn-RS,Latn-XK ss:SZ,ZA ssy:ER st:LS,ZA
su:Latn-ID sv:AX,FI,SE sw:CD,KE,TZ,UG syr:IQ,SY szl:PL ta:IN,LK,MY,SG te:IN teo:KE,UG tg:TJ th:TH
ti:ER,ET tig:ER tk:TM tn:BW,ZA to:TO tok:001 tpi:PG tr:CY,TR trv:TW trw:PK ts:ZA tt:RU twq:NE
tyv:RU tzm:MA ug:CN uk:UA ur:IN,PK uz:Arab-AF,Cyrl-UZ,Latn-UZ vai:Latn-LR,Vaii-LR ve:ZA vec:IT
vi:VN vmw:MZ vo:001 vun:TZ wa:BE wae:CH wal:ET wbp:AU wo:SN xh:ZA xnr:IN xog:UG yav:CM yi:UA
yo:BJ,NG yrl:BR,CO,VE yue:Hans-CN,Hant-CN,Hant-HK,Hant-MO za:CN zgh:MA
zh:Hans-CN,Hans-HK,Hans-MO,Hans-MY,Hans-SG,Hant-HK,Hant-MO,Hant-MY,Hant-TW,Latn-CN zu:ZA
"""
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?",
    re.IGNORECASE | re.ASCII,
)


def _read() -> dict[str, frozenset[str]]:
    found = {}
    for item in _LOCALES.split():
        language, _, regions = item.partition(":")
        tails = {""}
        for tail in filter(None, regions.split(",")):
            script, _, region = tail.rpartition("-")
            # The script may be left out, as in zh-CN for zh-Hans-CN, and so may the region.
            tails |= {tail.lower(), script.lower(), region.lower()}
        found[language] = frozenset(tails)
    return found


_TAILS = _read()


def canonical_locale(tag: str) -> str | None:
    """A tag as BCP 47 writes it (``nb-NO``, ``sr-Latn-RS``); None where CLDR has none such."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return None
    language = match["language"].lower()
    script, region = (match["script"] or "").title(), (match["region"] or "").upper()
    tail = "-".join(filter(None, (script, region)))
    if tail.lower() not in _TAILS.get(language, ()):
        return None
    return "-".join(filter(None, (language, tail)))
