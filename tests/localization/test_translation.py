"""Defects inside valid segments: each is reported once, at its place, and its fix repairs it."""

from __future__ import annotations

import pytest

from linters.article.article import Article
from linters.fixes.apply import apply
from linters.localization.scripts import script_of
from linters.localization.translation_findings import translation_findings
from linters.model.finding import Finding, Severity
from tests.localization.sxs import pair
from tests.steps import no_hang


def check(text: str, locale: str | None = "nb-NO") -> list[Finding]:
    article = Article("a.md", text)
    return [
        finding
        for finding in translation_findings(article, article.segments, locale)
        if finding.rule.severity is not Severity.OFF
    ]


def place(text: str, finding: Finding) -> str:
    """The text that a finding marks."""
    lines = Article("a.md", text).lines
    return text[lines.offset(finding.range.start) : lines.offset(finding.range.end)]


def fixed_text(text: str, found: list[Finding]) -> str:
    fixes = [finding.fix for finding in found if finding.fix is not None]
    return apply(Article("a.md", text), fixes)[0]


BROKEN = [
    ("link-text-empty", "Se [](a.md) her.", "See [the list](a.md) here.", "[](a.md)", None),
    ("link-text-empty", "Se [ ](a.md).", "See [the list](a.md).", "[ ](a.md)", None),
    ("link-markup-broken", "Se [lista] (a.md).", "See [the list](a.md).", "] (a.md)",
     "Se [lista](a.md)."),
    ("link-markup-broken", "Se [lista](http: //a.no/b).", "See [the list](http://a.no/b).",
     "http: //", "Se [lista](http://a.no/b)."),
    ("link-markup-broken", "Se https: / /a.no.", "See https://a.no.", "https: / /",
     "Se https://a.no."),
    ("link-markup-broken", "参照[一覧]（a.md）。", "See [the list](a.md).", "]（a.md）",
     "参照[一覧](a.md)。"),
    ("link-markup-broken", "Se lista](a.md).", "See [the list](a.md).", "](a.md)", None),
    ("placeholder-changed", "Åpne % temp%.", "Open %temp%.", "% temp%", "Åpne %temp%."),
    ("placeholder-changed", "I mappen% Temp%.", "In %temp%.", "% Temp%", "I mappen %temp%."),
    ("placeholder-changed", "Åpne ٪appdata٪.", "Open %appdata%.", "٪appdata٪", "Åpne %appdata%."),
    ("placeholder-changed", "Åpne %Programmer%.", "Open %ProgramFiles%.", "%Programmer%",
     "Åpne %ProgramFiles%."),
    ("placeholder-changed", "Fant { 0 } filer.", "Found {0} files.", "{ 0 }", "Fant {0} filer."),
    ("placeholder-changed", "Fant {1} filer.", "Found {0} files.", "{1}", "Fant {0} filer."),
    ("placeholder-changed", "Fant filer.", "Found {0} files.", "Fant filer.", None),
    ("placeholder-changed", "Sett $ (farge).", "Set $(farge).", "$ (farge)", "Sett $(farge)."),
    ("placeholder-changed", "Sett $(tone).", "Set $(farge).", "$(tone)", "Sett $(farge)."),
    ("placeholder-changed", "Skriv \\< navn>.", "Type \\<navn>.", "\\< navn>", "Skriv \\<navn>."),
    ("placeholder-changed", "Spør @ kaia.", "Ask @kaia.", "@ kaia", "Spør @kaia."),
    ("placeholder-changed", "Kall @No__t-0 nå.", "Call it now.", "@No__t-0", None),
    ("entity-broken", "Salt & amp; pepper", "Salt &amp; pepper", "& amp;", "Salt &amp; pepper"),
    ("entity-broken", "Salt &AMP ; pepper", "Salt &amp; pepper", "&AMP ;", "Salt &AMP; pepper"),
    ("entity-broken", "Ett & #39;tall", "One &#39;number", "& #39;", "Ett &#39;tall"),
    ("entity-broken", "A&Nbsp;b", "A&nbsp;b", "&Nbsp;", "A&nbsp;b"),
    ("alert-marker-translated", "\\[! Viktig\\] Les.", "[!IMPORTANT] Read.", "\\[! Viktig\\]",
     "[!IMPORTANT] Les."),
    ("alert-marker-translated", "[!MERK] Les.", "[!NOTE] Read.", "[!MERK]", "[!NOTE] Les."),
    ("alert-marker-translated", "[! NOTE] Les.", "[!NOTE] Read.", "[! NOTE]", "[!NOTE] Les."),
    ("directive-mangled", "Om : :: NO-LOC (Blazor)::: nå", 'On :::no-loc text="Blazor"::: now',
     ": :: NO-LOC (Blazor)::: ", 'Om :::no-loc text="Blazor"::: nå'),
    ("directive-mangled", "Se [! INCLUDE [x](y.md)].", "See [!INCLUDE [x](y.md)].",
     "[! INCLUDE ", "Se [!INCLUDE [x](y.md)]."),
    ("alert-marker-translated", "\\[! Viktig\\]", "\\[!Important\\]", "\\[! Viktig\\]",
     "\\[!Important\\]"),
    ("directive-mangled", "der $ x \\in \\: :: NO-LOC ({)::: 0", "where $x \\in \\{0$",
     "\\: :: NO-LOC (", None),
    ("alert-marker-translated", "\\[!NOTE\\] Les.", "[!NOTE] Read.", "\\[!NOTE\\]",
     "[!NOTE] Les."),
    ("link-markup-broken", "Se [lista(a.md).", "See [the list](a.md).", "[lista(a.md)", None),
    ("link-markup-broken", "Se [lista](a.md nå.", "See [the list](a.md).", "](a.md", None),
    ("link-markup-broken", "Se \\[lista\\]\\(a.md\\).", "See [the list](a.md).",
     "\\]\\(a.md\\)", None),
    ("link-markup-broken", "请参阅【列表】(a.md)。", "See [the list](a.md).", "】(a.md)", None),
    ("link-markup-broken", "Se [lista] (#fjord).", "See [the list](#inlet).", "] (#fjord)",
     "Se [lista](#fjord)."),
    ("placeholder-changed", "Bytt ut.", "Replace {0} with {1}.", "Bytt ut.", None),
    ("placeholder-changed", "@No__t-0 flyter.", "<xref:Fjord.Boat> floats on `Water`.", "@No__t-0",
     None),
    ("xref-lost", "Se klassen Liste.", "See <xref:Fjord.List>.", "Se klassen Liste.", None),
    ("mixed-script-word", "Otvorite dаtoteku.", "Open the file.", "dаtoteku", None),
    ("link-mismatch", "Se lista.", "See [the list](a.md).", "Se lista.", None),
    ("link-mismatch", "Se [lista](b.md).", "See [the list](a.md).", "b.md", "Se [lista](a.md)."),
    ("link-mismatch", "Se [lista](a.md).", "See the list.", "a.md", None),
    ("emphasis-escaped", "Velg \\*\\*Lagre\\*\\*.", "Select **Save**.", "\\*\\*Lagre\\*\\*",
     "Velg **Lagre**."),
    ("emphasis-escaped", "Gjelder:\\*\\*\\*\\*", "**Applies to:**", "\\*\\*\\*\\*", None),
    ("emphasis-escaped", "Gjelder her.\\*\\*", "*Applies here.*", "\\*\\*", None),
    ("emphasis-unbalanced", "Velg **Lagre.", "Select **Save**.", "**", None),
    ("emphasis-unbalanced", "Velg ** Lagre ** nå.", "Select **Save** now.", "**", None),
    ("code-span-lost", "Kall ferge nå.", "Call `ferge` now.", "ferge", "Kall `ferge` nå."),
    ("placeholder-changed", "Kall @No__t_0 nå.", "Call <xref:Fjord.Boat> now.", "@No__t_0", None),
    ("placeholder-changed", 'Skriv "% d".', 'Type "%d".', "% d", 'Skriv "%d".'),
    ("placeholder-changed", "Åpne %% User Profile%%.", "Open %UserProfile%.", "%% User Profile%%",
     "Åpne %UserProfile%."),
    ("placeholder-changed", "Åpne Kai_Dir%.", "Open %Kai_Dir%.", "Kai_Dir%", "Åpne %Kai_Dir%."),
    ("placeholder-changed", "Sett ${ressurs である}.", "Set ${resource}.", "${ressurs である}",
     "Sett ${resource}."),
    ("placeholder-changed", "開く@No__t-0。", "Open `Water`.", "@No__t-0", None),
    ("entity-broken", "Skriv &lt\\;navn.", "Type &lt;name.", "&lt\\;", "Skriv &lt;navn."),
    ("link-markup-broken", "参照http：//a.no。", "See http://a.no.", "http：//", "参照http://a.no。"),
    ("link-markup-broken", "Se http: / /a.no.", "See http://a.no.", "http: / /", "Se http://a.no."),
    ("link-text-empty", "Se [](/a/ms90(v=msdn.10)).", "See [it](/a/ms90(v=msdn.10)).",
     "[](/a/ms90(v=msdn.10))", None),
    ("emphasis-unbalanced", "Velg *\\*Lagre** nå.", "Select **Save** now.", "*", None),
    ("emphasis-unbalanced", "Velg \\**Lagre *.**", "Select **Save**.", "\\**", None),
    ("emphasis-unbalanced", "Fra a/\\* velg **Lagre nå.", "From a/\\* select **Save** now.", "**",
     None),
    ("directive-mangled", "I [!INCLUDE x](y.md)] nå.", "In [!INCLUDE [x](y.md)] now.",
     "[!INCLUDE", None),
    ("emphasis-unbalanced", "点击**[保存](a.md)**。", "Select **[Save](a.md)**.", "**", None),
    ("untranslated-text", "Først. The boat has left the old harbour. Så.",
     "First. The boat has left the old harbour. Then.", "The boat has left the old harbour", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "target", "source", "marked", "fixed"), BROKEN)
def test_broken(rule: str, target: str, source: str, marked: str, fixed: str | None) -> None:
    text = f"{pair('0a1b2-101', target, source)}\n"
    found = check(text)
    assert [(finding.rule.name, place(text, finding)) for finding in found] == [(rule, marked)]
    assert found[0].data == {"segment": "0a1b2-101", "target": target, "source": source}
    if fixed is None:
        assert found[0].fix is None
    else:
        again = fixed_text(text, found)
        assert again == f"{pair('0a1b2-101', fixed, source)}\n"
        assert check(again) == []


SOUND = [
    ("Se [lista](https://a.no/nb-no/b/).", "See [the list](https://a.no/en-us/b)."),
    ("Se [lista](#fjord).", "See [the list](#inlet)."),
    ("Om `] (a.md)`.", "On `] (a.md)`."),
    ("Ja [ ] (valgfritt).", "Yes [ ] (optional)."),
    ("20 % av båtene, 30 % av bilene", "20% of the boats, 30% of the cars"),
    ("删除{0}文件", "Delete {0} files"),
    ("Se <xref:Fjord.List%601>.", "See <xref:Fjord.List\\`1>."),
    ("Salt & pepper; mel", "Salt & pepper; flour"),
    ("> \\*Merk", "> \\*Note"),
    ("Velg **Lagre** og \\* her", "Select **Save** and \\* here"),
    ("Åpne Microsoft Teams for Education and the Office for the web",
     "Open Microsoft Teams for Education and the Office for the web"),
    ('Meldingen «the boat has left the old harbour» vises.',
     'The message "the boat has left the old harbour" shows.'),
    ("$ \\frac { 1 } { 2 } $", "$\\frac{1}{2}$"),
    ("Se [lista](http://a.no/b).", "See [the list] (http://a.no/b)."),
    ("Se http://a.no/b.", "See [the list](http://a.no/b)."),
    ("1 μs og 2 Ω", "1 μs and 2 Ω"),
    ("Kall `ferje`.", "Call `ferge`."),
    ("Gå til **Fjord**.\nOg **Dal**.", "Go to **Fjord**.\nAnd **Dal**."),
    ("E-post til a@b.no", "Mail to a@b.no"),
    ("Fra a ** b **c**.", "From a ** b **c**."),
    ("Se båten (b.md) og [lista](b.md).", "See the boat (b.md) and [the list](b.md)."),
    ("Skriv \\<ditt navn>.", "Type \\<your name>."),
    ("Se [`From`](a.md).", "See [`From`](a.md)."),
    ("**`x`** og **av `x`** : her", "**`x`** and **by `x`**: here"),
    ("以 http:// 或 https:// 开头", "starts with http:// or https://"),
    ("<em>a</em> \\ <em>b</em>", "<em>a</em>\\<em>b</em>"),
    ("Del \\\\ <domene>.", "Share \\\\<domene>."),
    ("20 % d.", "20% d."),
    ("Feilen «Error: the boat has left the harbour» vises.",
     "The message Error: the boat has left the harbour is shown."),
    ("NuGet.targets(4,5): Error : Could not find a part of the path",
     "NuGet.targets(4,5): error : Could not find a part of the path"),
    ("The boat has left the old harbour (Båten har forlatt havna)",
     "The boat has left the old harbour"),
    ("[The boat has left the old harbour [Båten har forlatt havna]](a.md)",
     "[The boat has left the old harbour](a.md)"),
    ("O barco saiu do porto e não volta mais para a cidade",
     "O barco saiu do porto e não volta mais para a cidade"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "source"), SOUND)
def test_sound(target: str, source: str) -> None:
    assert check(pair("0a1b2-101", target, source)) == []


def test_links_and_code_may_move_between_the_segments_of_a_paragraph() -> None:
    text = (
        pair("0a1b2-101", "Se under.", "See [a](a.md) and `b`.")
        + " "
        + pair("0a1b2-102", "Der er [a](a.md) og `b`.", "It is below.")
    )
    assert check(text) == []
    assert {
        finding.rule.name
        for finding in check(text.replace("</span></span> ", "</span></span>\n\n"))
    } == {
        "link-mismatch",
        "code-span-lost",
    }


@pytest.mark.parametrize(
    ("locale", "target", "source", "rules"),
    [
        ("ja-JP", "Open the file before you start.", "Open the file before you start.",
         ["wrong-script"]),
        ("ja-JP", "ファイルを開きます。", "Open the file before you start.", []),
        ("ja-JP", "Microsoft Teams", "Microsoft Teams", []),
        *[
            ("ja-JP", text, text, [])
            for text in (
                "0cdb527f-a8d1-4bf8-9436-b352c68682b2",
                "Microsoft Dynamics 365 for Finance and Operations, Enterprise edition",
                "Office on the web",
                "Model to learn parameterized calls.version.1.xml",
                "Status Pen::ScaleTransform(IN REAL sx, IN REAL sy, IN MatrixOrder order)",
                "(a, b, c) • (d, e, f) = ad + be + cf",
                "foreach (for each in Visual Basic)",
                "cast(cast(Detail as varbinary(max)) as varchar(max))",
                "dialog;from-tag;to-tag",
                "a.&nbsp;&nbsp;&nbsp;b.",
                "Meet.contoso.com to Meet-int.contoso.com",
                "[![what to predict](./media/what-to-predict.png)](./media/what.png)",
                "O barco saiu do porto e n\u00e3o volta mais para a cidade",
                "Le bateau a quitté le port et ne revient pas dans la ville",
                '"The boat has left the harbour."',
            )
        ],
        ("sr-Latn-RS", "Отворите датотеку пре почетка рада.", "Open the file before you start.",
         ["wrong-script"]),
        ("ru-RU", "Otvorite datoteku pre početka rada.", "Open the file.", ["wrong-script"]),
        ("ru-RU", "git push --set-upstream origin main", "git push --set-upstream origin main",
         []),
        ("sr-Cyrl-RS", "Отворите датотеку пре рада.", "Open the file before you start.", []),
        ("ru-RU", "Откройте фaйл.", "Open the file.", ["mixed-script-word"]),
        ("ru-RU", "Откройте Teams-канал и PDFы.", "Open the channel.", []),
        ("de-DE", "Open the file before you start it.", "Open the file before you start it.",
         ["untranslated-text"]),
        ("en-GB", "Open the file before you start it.", "Open the file before you start it.", []),
        (None, "Open the file before you start it.", "Open the file before you start it.", []),
    ],
)  # fmt: skip
def test_language(locale: str | None, target: str, source: str, rules: list[str]) -> None:
    found = check(pair("0a1b2-101", target, source), locale)
    assert [finding.rule.name for finding in found] == rules


@pytest.mark.parametrize(
    ("locale", "script"),
    [("nb-NO", "Latn"), ("sr-Cyrl-RS", "Cyrl"), ("sr-latn-rs", "Latn"), ("zh-TW", "Hant"),
     ("zh-cn", "Hans"), ("ta-IN", None), ("he-IL", "Hebr")],
)  # fmt: skip
def test_scripts(locale: str, script: str | None) -> None:
    assert script_of(locale) == script


def heading(anchor: str, source: str, mark: str = "##") -> str:
    return f"{mark} {anchor}{pair('0a1b2-101', 'Overskrift', source)}\n"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("install-the-boat", "Install the boat"),
        ("the-sails-oars", "The [sails](#b) oars"),
        ("the-sailsb-oars", "The [sails](#b) oars"),
        ("a--b", "A & b"),
        ("a-mdash-b", "A &mdash; b"),
        ("brx", "<br>x"),
        ("use-list_box", "Use List\\_Box"),
        ("use-listbox", "Use List\\_Box"),
        ("caf-menu", "Café menu"),
        ("BKMK_sails", "The old sails"),
        ("_toc123", "The old sails"),
    ],
)
def test_anchors_that_are_right_or_harmless(name: str, source: str) -> None:
    assert check(heading(f'<a name="{name}"></a>', source)) == []


@pytest.mark.parametrize("mark", ["#", "> ###", "- ##"])
def test_an_anchor_of_another_heading(mark: str) -> None:
    text = heading('<a name="the-new-sails"></a>', "The old sails", mark)
    (found,) = check(text)
    assert (found.rule.name, place(text, found)) == ("heading-anchor-mismatch", "the-new-sails")
    assert check(fixed_text(text, [found])) == []


def test_a_setext_heading() -> None:
    body = f'<a name="%s"></a>{pair("0a1b2-101", "Seil", "The sails")}\n---------\n'
    assert check(body % "the-sails") == []
    assert [finding.rule.name for finding in check(body % "the-oars")] == [
        "heading-anchor-mismatch"
    ]


def test_an_alert_outside_the_segments() -> None:
    text = f"> [!MERK]\n> {pair('0a1b2-101', 'Les.', 'Read.')}\n"
    (found,) = check(text)
    assert (found.rule.name, place(text, found)) == ("alert-marker-translated", "[!MERK]")
    assert check(text.replace("MERK", "NOTE")) == []


@pytest.mark.parametrize(
    ("target", "source"),
    [("[](a{}.md) ", "[x](a{}.md) "), ("% v{}% ", "%v{}% "), ("x](a{}.md) ", "[x](a{}.md) ")],
)
def test_hostile_segments_take_no_time(target: str, source: str) -> None:
    texts = ["".join(part.format(index) for index in range(700)) for part in (target, source)]
    with no_hang():
        assert check(pair("0a1b2-101", *texts))


def test_an_opener_at_the_start_of_a_line_that_lost_its_bracket() -> None:
    text = f"# Kai\n{pair('0a1b2-101', 'Mål', 'Aim')}\n".replace("<span data-ttu", "span data-ttu")
    assert list(check(text)) == []


def test_the_source_locale_decides_what_is_untranslated() -> None:
    german = "Das Boot hat den alten Hafen verlassen und kommt nicht mehr zurück."
    article = Article("a.md", pair("0a1b2-101", german, german))
    for target, source, expected in (
        ("en-US", "de-DE", ["untranslated-text"]),
        ("ja-JP", "de-DE", ["wrong-script"]),
        ("de-AT", "de-DE", []),
        ("ja-JP", "en-US", []),
    ):
        found = translation_findings(article, article.segments, target, source)
        on = [finding for finding in found if finding.rule.severity is not Severity.OFF]
        assert [finding.rule.name for finding in on] == expected


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("client_dll", "The old sails"),
        ("step3", "Set the old sails"),
        ("in-prod_short-online", "In [!INCLUDE[prod_short](a/b.md)] Online"),
        ("a-bright-red-icon-the-sails", "![icon](a.png) The sails"),
    ],
)
def test_anchors_of_authors_includes_and_pictures(name: str, source: str) -> None:
    found = check(heading(f'<a name="{name}"></a>', source))
    assert "heading-anchor-mismatch" not in {finding.rule.name for finding in found}


def test_an_empty_anchor() -> None:
    (found,) = check(heading('<a name=""></a>', "The old sails"))
    assert found.rule.name == "heading-anchor-mismatch"


def test_a_torn_variable_counts_even_where_a_neighbour_has_it() -> None:
    text = (
        pair("0a1b2-101", "Åpne Kai_Dir%.", "Open %Kai_Dir%.")
        + " "
        + pair("0a1b2-102", "Lukk %Kai_Dir%.", "Close %Kai_Dir%.")
    )
    (found,) = check(text)
    assert place(text, found) == "Kai_Dir%"


def test_a_link_that_opens_before_its_segment() -> None:
    text = "[" + pair("0a1b2-101", "Lista] (a.md) her.", "The list](a.md) here.")
    (found,) = check(text)
    assert (found.rule.name, place(text, found)) == ("link-markup-broken", "] (a.md)")
