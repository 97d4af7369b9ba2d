/* A small pop-up menu that works with mouse, touch and keyboard. */

import { el, icon } from "./dom.js";

let open = null;

function close({ refocus = false } = {}) {
  if (!open) return;
  const { menu, anchor } = open;
  open = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus) anchor.focus();
}

/** Show items `{label, detail, icon, code, act}` beside the button that was pressed. */
export function showMenu(anchor, label, items) {
  const isSame = open?.anchor === anchor;
  close();
  if (isSame) return;
  const tone = anchor.closest("[class*='tone-']")?.className.match(/tone-\d/)?.[0] ?? "";
  const menu = el("div", { class: `menu ${tone}`, role: "menu", "aria-label": label }, items.map(entry));
  menu.addEventListener("keydown", onKey);
  document.body.append(menu);
  anchor.setAttribute("aria-expanded", "true");
  open = { menu, anchor };
  place(menu, anchor);
  menu.firstElementChild?.focus();
}

function entry(item) {
  return el(
    "button",
    { type: "button", role: "menuitem", onclick: () => { close({ refocus: true }); item.act(); } },
    item.icon ? icon(item.icon) : null,
    el("span", {}, item.code ? el("code", {}, item.code) : item.label, item.detail ? el("br") : null, item.detail ? el("small", {}, item.detail) : null),
  );
}

function place(menu, anchor) {
  const button = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.min(Math.max(8, button.left), innerWidth - size.width - 8);
  const isAbove = button.bottom + size.height + 8 > innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${Math.max(8, isAbove ? button.top - size.height - 6 : button.bottom + 6)}px`;
}

function onKey(event) {
  const buttons = [...open.menu.children];
  const at = buttons.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key === "Escape" || event.key === "Tab") {
    close({ refocus: true });
    event.preventDefault();
  } else if (event.key in moves) {
    buttons.at(moves[event.key] % buttons.length).focus();
    event.preventDefault();
  }
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) close();
});
addEventListener("resize", () => close());
