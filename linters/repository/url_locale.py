"""The language in a URL's path: ``/en-us/azure/`` (BCP 47 language, script, region)."""

from __future__ import annotations

import re

# ISO 639-1, and ISO 3166-1 alpha-2: a path segment such as "it-ot" is none.
_LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fil fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht "
    "hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kok kr ks ku kv kw ky "
    "la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nso nv ny "
    "oc oj om or os pa pi pl prs ps pt qu quc qut quz rm rn ro ru rw sa sc sd se sg si sk sl sm sn "
    "so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo "
    "xh yi yo za zh zu"
)
_REGIONS = (
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br "
    "bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz "
    "ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw "
    "gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky "
    "kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv "
    "mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py "
    "qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg "
    "th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws xk ye yt za "
    "zm zw 001 150 419"
)
_SEGMENT = re.compile(r"([a-z]{2,3})(?:-(?:[a-z]{4}|valencia))?-([a-z]{2}|[0-9]{3})", re.IGNORECASE)
_KNOWN_LANGUAGES = frozenset(_LANGUAGES.split())
_KNOWN_REGIONS = frozenset(_REGIONS.split())


def is_locale(segment: str) -> bool:
    """Whether a segment of a path names a locale, such as ``en-us`` or ``sr-latn-rs``."""
    match = _SEGMENT.fullmatch(segment)
    return (
        match is not None
        and match[1].lower() in _KNOWN_LANGUAGES
        and match[2].lower() in _KNOWN_REGIONS
    )


def without_locale(path: str) -> str:
    """A path that begins with ``/`` without the locale that it may begin with."""
    first, slash, rest = path[1:].partition("/")
    return "/" + rest if path.startswith("/") and slash and is_locale(first) else path
