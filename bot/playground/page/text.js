/* A message's text with its entities. Offsets are UTF-16 units, as in JavaScript. */

import { el, safeUrl } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };

/** Nodes for a text; `actions` is {command(text), link(url) → was it ours}. */
export function formatted(text, entities, actions) {
  const inside = entities.filter((entity) => entity.offset + entity.length <= text.length);
  return range(text, inside, 0, text.length, actions);
}

function range(text, entities, start, end, actions) {
  const nodes = [];
  let at = start;
  let next = 0;
  while (next < entities.length) {
    const entity = entities[next];
    const from = entity.offset;
    const to = Math.min(from + entity.length, end);
    next += 1;
    if (from < at) continue;
    const inner = [];
    while (next < entities.length && entities[next].offset < to) inner.push(entities[next++]);
    if (from > at) nodes.push(text.slice(at, from));
    nodes.push(wrapped(entity, text.slice(from, to), range(text, inner, from, to, actions), actions));
    at = to;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrapped(entity, raw, children, actions) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, children, actions);
    case "url":
      return link(raw, children, actions);
    case "email":
      return link(`mailto:${raw}`, children, actions);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => actions.command(raw) }, raw);
    case "spoiler":
      return spoiler(children);
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, children) : el("span", {}, children);
  }
}

function link(url, children, actions) {
  const href = safeUrl(url);
  if (!href) return el("span", {}, children);
  const onclick = (event) => {
    if (actions.link(href)) event.preventDefault();
  };
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", draggable: "false", onclick }, children);
}

function spoiler(children) {
  const node = el("button", { type: "button", class: "spoiler", "aria-label": "Hidden text, press to show" }, children);
  node.addEventListener("click", () => {
    node.classList.add("open");
    node.removeAttribute("aria-label");
  });
  return node;
}
