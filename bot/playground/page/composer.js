/* Under the chat: command menu, attach, text field, send; or Start, or Unblock. */

import { post } from "./api.js";
import { el, icon } from "./dom.js";
import { showMenu } from "./menu.js";

const KINDS = [
  { kind: "document", label: "File", detail: "Exactly as it is", icon: "file", accept: null },
  { kind: "photo", label: "Photo", detail: "Compressed, as chat apps do", icon: "photo", accept: "image/*" },
  { kind: "voice", label: "Voice note", detail: "An Ogg recording", icon: "voice", accept: ".ogg,.oga,.opus,audio/ogg" },
];

export function composer(phone) {
  const node = el("form", { class: "composer" });
  const field = el("textarea", { rows: "1", maxlength: "20000", "aria-label": "Message", placeholder: "Message" });
  const menu = round("Commands", "slash", () => showMenu(menu, "Commands", commands(phone)));
  menu.setAttribute("aria-haspopup", "menu");
  const attach = round("Attach", "attach", () => showMenu(attach, "Attach", KINDS.map((kind) => ({ ...kind, act: () => pick(phone, kind) }))));
  attach.setAttribute("aria-haspopup", "menu");
  const send = el("button", { class: "round send", "aria-label": "Send" }, icon("send"));
  const start = el("button", { type: "button", class: "wide", onclick: () => phone.say("/start") }, "Start");
  const unblock = el("button", { type: "button", class: "wide", onclick: () => phone.act(() => post("unblock", { user: phone.user })) }, "Unblock");

  field.addEventListener("input", () => grow(field));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      node.requestSubmit();
    }
  });
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value;
    if (!text.trim()) return;
    field.value = "";
    grow(field);
    const done = await phone.say(text);
    if (!done && !field.value) field.value = text;
  });

  return {
    node,
    focus: () => field.focus(),
    /** Put the cursor in the field with a hint of what to write. */
    invite: (hint) => {
      field.placeholder = hint;
      field.focus();
    },
    refresh: () => {
      const wanted = phone.isBlocked ? [unblock] : phone.hasStarted === false ? [start] : [menu, attach, field, send];
      menu.hidden = !phone.commands?.length;
      if (wanted[0] === node.firstElementChild) return;
      node.replaceChildren(...wanted);
    },
  };
}

function round(label, name, onclick) {
  return el("button", { type: "button", class: "round", "aria-label": label, title: label, "aria-expanded": "false", onclick }, icon(name));
}

function commands(phone) {
  return phone.commands.map(({ command, description }) => ({ code: `/${command}`, detail: description, act: () => phone.say(`/${command}`) }));
}

function pick(phone, { kind, accept }) {
  const input = el("input", { type: "file", accept, multiple: kind === "document" });
  input.addEventListener("change", async () => {
    for (const file of input.files) await phone.sendFile(kind, file);
  });
  input.click();
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 130)}px`;
}
