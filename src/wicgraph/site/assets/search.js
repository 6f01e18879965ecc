// Finds things by name on the search page, as `wicgraph find` does, without a server.
//
// `names.py` is where the rules are explained; the tests hold both against each other.
// A text is handled by characters, not by UTF-16 units. The index comes sorted, so that
// equal matches stand in its order.
"use strict";

const LIKENESS = 0.75;
const SHORTEST = 3;
const SHOWN = 100;
const [EXACT, PREFIX, SUBSTRING, SIMILAR] = [0, 1, 2, 3];
const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff]/u;
const { things, kinds, names } = wicgraphIndex;

function normalized(text) {
  if (/^[\0-\x7f]*$/.test(text)) {
    const bare = text.toLowerCase().replaceAll("'", "");
    return bare.replace(/[^a-z0-9]+/g, " ").trim();
  }
  const kept = casefold(text.normalize("NFKD"))
    .replace(/[\p{M}'’]/gu, "")
    .replace(/[^\p{L}\p{N}]/gu, " ");
  const words = kept.normalize("NFKC").split(" ").filter(Boolean);
  return words.reduce((joined, word) => {
    const close = CHINESE.test(last(joined)) || CHINESE.test(Array.from(word)[0]);
    return joined + (close || !joined ? "" : " ") + word;
  }, "");
}

// What Unicode calls folding of case, but for the dotless i, which JavaScript makes an i.
function casefold(text) {
  const lower = (char) => char.toLowerCase();
  const fold = (char) =>
    char === "ı" ? char : Array.from(lower(char).toUpperCase(), lower);
  return Array.from(text, fold).flat().join("");
}

function last(text) {
  return Array.from(text).at(-1) ?? "";
}

function find(text) {
  const wanted = normalized(text);
  if (!wanted) return [];
  let found = names.flatMap((name) => contains(wanted, name));
  if (!found.length && Array.from(wanted).length >= SHORTEST) {
    found = names.flatMap((name) => resembles(wanted, name));
  }
  found.sort((one, other) => one.match - other.match || other.likeness - one.likeness);
  const best = new Map();
  for (const hit of found) {
    const [thing] = hit.name;
    if (!best.has(thing)) best.set(thing, hit);
  }
  return [...best.values()];
}

function contains(wanted, name) {
  const own = name.at(-1);
  if (!own.includes(wanted)) return [];
  const begins = own.startsWith(wanted) ? PREFIX : SUBSTRING;
  return [{ name, match: own === wanted ? EXACT : begins, likeness: 1 }];
}

function resembles(wanted, name) {
  const whole = Array.from(wanted);
  const ratios = parts(name.at(-1), wanted).map((part) => likeness(part, whole));
  const best = Math.max(...ratios);
  return best > LIKENESS ? [{ name, match: SIMILAR, likeness: best }] : [];
}

// The name as a whole, and its parts of as many characters, or words.
function parts(own, wanted) {
  const [units, joint] = CHINESE.test(wanted)
    ? [Array.from, ""]
    : [(text) => text.split(" ").filter(Boolean), " "];
  const all = units(own);
  const size = units(wanted).length;
  const cut = [Array.from(own)];
  for (let start = 0; start + size <= all.length; start++) {
    cut.push(Array.from(all.slice(start, start + size).join(joint)));
  }
  return cut;
}

// How much of two texts is the same, as difflib.SequenceMatcher has it.
function likeness(one, other) {
  const length = one.length + other.length;
  const most = (2 * Math.min(one.length, other.length)) / length;
  return most > LIKENESS ? (2 * common(one, other)) / length : 0;
}

function common(one, other) {
  if (!one.length || !other.length) return 0;
  let [start, begin, size] = [0, 0, 0];
  let before = [];
  one.forEach((char, here) => {
    const run = [];
    other.forEach((its, there) => {
      if (char !== its) return;
      run[there] = (before[there - 1] ?? 0) + 1;
      if (run[there] > size) {
        size = run[there];
        start = here - size + 1;
        begin = there - size + 1;
      }
    });
    before = run;
  });
  if (!size) return 0;
  return (
    size +
    common(one.slice(0, start), other.slice(0, begin)) +
    common(one.slice(start + size), other.slice(begin + size))
  );
}

const page = document.documentElement.lang.startsWith("zh") ? 1 : 0;
const field = document.querySelector("#q");
const list = document.querySelector("#found");
const count = document.querySelector("#count");
const words = count.dataset;
const elsewhere = document.querySelector("a.language");
const translation = elsewhere.getAttribute("href");

function tagged(element, [text, language]) {
  element.textContent = text;
  element.dir = "auto"; // a name turns nothing around it
  if (language) element.lang = language;
  return element;
}

function item({ name: [thing, text, language, kind], match }) {
  const [path, anchor, labels, classes] = things[thing];
  const link = tagged(document.createElement("a"), labels[page]);
  link.href = path + (page ? ".zh.html" : ".html") + anchor;
  const what = document.createElement("small");
  what.append(classes[page]);
  if (text !== labels[page][0]) {
    const name = tagged(document.createElement("span"), [text, language]);
    what.append(" · ", kinds[kind][page] + words.colon, name);
  }
  what.append(" · ", words.matches.split("|")[match]);
  const row = document.createElement("li");
  row.append(link, what);
  return row;
}

function show() {
  const text = field.value;
  const found = find(text);
  list.replaceChildren(...found.slice(0, SHOWN).map(item));
  const said = found.length > SHOWN ? words.many : found.length ? words.some : words.none;
  const shown = said.replace("{}", found.length).replace("{}", SHOWN);
  count.textContent = normalized(text) ? shown : "";
  elsewhere.href = text ? `${translation}?q=${encodeURIComponent(text)}` : translation;
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", show);
show();
