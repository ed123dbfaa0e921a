
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const number = (count) => count.toLocaleString("en-US");
  const PAGE = 100;
  const PRINTED = 5000;
  const LEVELS = ["error", "warning", "info"];

  /** An element; children are elements or strings, which become text. */
  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };

  const folders = (path) => {
    const parts = path.split("/").slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join("/") + "/");
  };

  /** A path whose parts keep their order, whatever direction their scripts have. */
  const pathOf = (path) => path.split("/").flatMap((part, index) => {
    const isolated = make("bdi", "", part);
    isolated.dir = "ltr"; // keeps the extension at the end
    return index ? ["/", isolated] : [isolated];
  });

  /** Fill a select with the values of a Map and their counts, after a first option for all. */
  const fill = (select, all, counts, name = (value) => value) => {
    select.append(new Option(all, "*", true, true));
    for (const [value, count] of counts) {
      select.append(new Option(`${name(value)} (${number(count)})`, `=${value}`));
    }
    select.closest("label").hidden = counts.length < 1;
  };

  const count = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  };

  const chosen = (id) => {
    const value = byId(id).value;
    return value.startsWith("=") ? value.slice(1) : null;
  };

  const sourceLine = (finding) => {
    const [before, marked, after] = finding.x;
    const pre = make("pre", "", before);
    pre.append(marked ? make("mark", "", marked) : make("span", "caret"), after);
    return pre;
  };

  const fixOf = (fix) => {
    const flags = fix.safe ? "--fix" : "--fix --unsafe-fixes";
    const details = make("details", "", make("summary", "", `Fix (${flags})`));
    if (fix.diff) {
      details.append(make("pre", "old", `- ${fix.diff[0]}`), make("pre", "new", `+ ${fix.diff[1]}`));
    } else {
      details.append(make("ul", "", ...fix.edits.map((edit) => make("li", "", edit))));
    }
    return details;
  };

  const findingOf = (finding) => {
    const article = make("article", "finding");
    article.append(make("p", "what",
      make("span", `tag ${finding.s}`, finding.s), ` ${finding.m}`));
    article.append(make("p", "meta",
      `line ${finding.l}, column ${finding.n} · `,
      make("code", "", finding.c), ` ${data.rules[finding.c]}`,
      finding.o ? ` · owner ${finding.o}` : ""));
    if (finding.x) article.append(sourceLine(finding));
    for (const [name, value] of finding.d || []) {
      article.append(make("p", "meta", `${name}: `, make("code", "", value)));
    }
    if (finding.h) article.append(make("p", "", `Help: ${finding.h}`));
    for (const related of finding.r || []) article.append(make("p", "meta", `See ${related}`));
    if (finding.f) article.append(fixOf(finding.f));
    return article;
  };

  /** A URL as text, and as a link where it is one of the web. */
  const urlOf = (url) => {
    if (!/^https?:\/\//i.test(url)) return make("span", "url", url);
    const link = make("a", "url", url);
    link.href = url;
    link.rel = "noreferrer noopener nofollow";
    link.target = "_blank";
    return link;
  };

  const linkOf = (link) => {
    const article = make("article", "link");
    article.append(make("p", "what", make("span", `tag ${link.v}`, link.v), " ", urlOf(link.t)));
    const why = [link.why, link.cause && `cause: ${link.cause}`, link.k].filter(Boolean);
    article.append(make("p", "meta", why.join(" · ")));
    if (link.hops) {
      const steps = link.hops.map(([url, status]) => make("li", "", `${status} `, urlOf(url)));
      if (link.end) steps.push(make("li", "", "ends at ", urlOf(link.end)));
      article.append(make("details", "",
        make("summary", "", `Redirects (${number(link.hops.length)})`), make("ol", "", ...steps)));
    }
    const items = (link.p || []).map(([path, line, column, written]) => make("li", "",
      ...pathOf(path), `:${line}:${column}`, written === link.t ? "" : ` as ${written}`));
    const places = make("details", "",
      make("summary", "", `${number(items.length)} place${items.length === 1 ? "" : "s"}`),
      make("ul", "", ...items));
    places.open = items.length <= 3;
    article.append(places);
    return article;
  };

  /** A list that shows its entries a page at a time. */
  class List {
    constructor(name, all, matches, draw, heading) {
      Object.assign(this, { name, all, matches, draw, heading, shown: 0, found: all });
      this.box = byId(`${name}-list`);
      this.status = byId(`${name}-status`);
      this.more = byId(`${name}-more`);
      this.more.addEventListener("click", () => {
        const first = this.shown;
        this.show(PAGE);
        const next = this.box.querySelectorAll("article")[first];
        if (next) { next.tabIndex = -1; next.focus(); }
      });
    }

    update(order) {
      this.found = this.all.filter(this.matches());
      if (order) this.found = order(this.found);
      this.box.replaceChildren();
      this.shown = 0;
      this.last = null;
      this.show(PAGE);
    }

    show(limit) {
      const fragment = document.createDocumentFragment();
      for (const entry of this.found.slice(this.shown, this.shown + limit)) {
        const heading = this.heading && this.heading(entry);
        if (heading && heading !== this.last) fragment.append(make("h3", "", ...pathOf(heading)));
        this.last = heading;
        fragment.append(this.draw(entry));
      }
      this.box.append(fragment);
      this.shown = Math.min(this.shown + limit, this.found.length);
      this.more.hidden = this.shown >= this.found.length;
      this.status.textContent = this.found.length
        ? `${number(this.shown)} of ${number(this.found.length)} ${this.name} shown`
          + (this.found.length < this.all.length ? `, filtered from ${number(this.all.length)}` : "")
        : `No ${this.name}${this.all.length ? " match the filters" : ""}.`;
    }
  }

  const severities = new Map(count(data.findings.map((finding) => finding.s)));
  fill(byId("severity"), "all severities",
    LEVELS.filter((level) => severities.has(level)).map((level) => [level, severities.get(level)]));
  fill(byId("rule"), "all rules", count(data.findings.map((finding) => finding.c)),
    (code) => `${code} ${data.rules[code]}`);
  fill(byId("folder"), "all folders", count([
    ...data.findings.flatMap((finding) => folders(finding.p)),
    ...data.links.flatMap((link) => [...new Set((link.p || []).flatMap(([path]) => folders(path)))]),
  ]));
  fill(byId("owner"), "all owners", count(data.findings.map((finding) => finding.o || "")),
    (owner) => owner || "no owner");
  fill(byId("verdict"), "all verdicts", count(data.links.map((link) => link.v)));

  const words = () => byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const matchesFinding = () => {
    const [severity, rule, folder, owner] = ["severity", "rule", "folder", "owner"].map(chosen);
    const wanted = words();
    return (finding) => (severity === null || finding.s === severity)
      && (rule === null || finding.c === rule)
      && (folder === null || finding.p.startsWith(folder))
      && (owner === null || (finding.o || "") === owner)
      && (!wanted.length || contains(wanted, finding.p, finding.m, finding.c,
        data.rules[finding.c], finding.h || "", finding.x ? finding.x.join("") : ""));
  };
  const matchesLink = () => {
    const [verdict, folder] = ["verdict", "folder"].map(chosen);
    const wanted = words();
    return (link) => (verdict === null || link.v === verdict)
      && (folder === null || (link.p || []).some(([path]) => path.startsWith(folder)))
      && (!wanted.length || contains(wanted, link.t, link.why || "", link.end || "",
        ...(link.p || []).flatMap(([path, , , written]) => [path, written])));
  };
  const contains = (wanted, ...texts) => {
    const text = texts.join("\n").toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  const order = (found) => (byId("order").value === "file" ? found
    : [...found].sort((a, b) => LEVELS.indexOf(a.s) - LEVELS.indexOf(b.s)));

  const findings = new List("findings", data.findings, matchesFinding, findingOf, (finding) => finding.p);
  const links = new List("links", data.links, matchesLink, linkOf, null);
  const update = () => { findings.update(order); links.update(null); };
  let timer = 0;
  const form = byId("filters");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", update);
  form.addEventListener("reset", () => setTimeout(update));
  byId("search").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 150);
  });
  window.addEventListener("beforeprint", () => {
    for (const list of [findings, links]) list.show(PRINTED - list.shown);
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  update();
})();
