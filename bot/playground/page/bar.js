/* The bar above the phones (status, links, clock) and the log of Bot API calls under them. */

import { post, remove } from "./api.js";
import { clockTime, el, momentName, safeUrl } from "./dom.js";

const DAY = 86400;
const KEPT_CALLS = 200;
const FAULTS = [
  { label: "429", title: "Too many requests, retry after 3 s", fault: { code: 429, retry_after: 3 } },
  { label: "403", title: "Blocked by the user", fault: { code: 403 } },
  { label: "Lost reply", title: "Takes effect, but the answer never arrives", fault: { lost_reply: true } },
  { label: "Slow", title: "Two seconds late", fault: { delay: 2 } },
];
const METHODS = ["sendMessage", "editMessageText", "sendDocument", "sendPhoto", "answerCallbackQuery", "*"];

const $ = (id) => document.getElementById(id);

export class Bar {
  constructor(nameOf) {
    this.nameOf = nameOf;
    this.offset = 0;
    this.isBotListening = false;
    this.isServerLost = false;
    this.story = { bot: { name: "Playground" }, status: [], links: [], moments: [], problem: "" };
    this.buildDrawer();
    setInterval(() => this.tick(), 1000);
    $("log-toggle").addEventListener("click", () => this.toggleLog());
  }

  load(state) {
    this.setStory(state.story);
    this.setClock(state.clock);
    this.setFaults(state.faults);
    this.isServerLost = false;
    this.setListening(state.bot_listening);
    this.calls.replaceChildren();
    state.calls.forEach((call) => this.addCall(call));
  }

  setStory(story) {
    this.story = story;
    $("brand").textContent = story.bot.name;
    document.title = `${story.bot.name} playground`;
    $("links").replaceChildren(...story.links.map(({ label, url }) => el("a", { href: safeUrl(url) ?? "#", target: "_blank", rel: "noopener noreferrer" }, label)));
    this.showButtons();
    this.showStatus();
  }

  setListening(isListening) {
    this.isBotListening = isListening;
    this.showStatus();
  }

  setLost() {
    this.isServerLost = true;
    this.showStatus();
  }

  showStatus() {
    const bot = this.isBotListening ? { name: "Bot", state: "ready", text: "listening" } : { name: "Bot", state: "starting", text: "not connected yet" };
    const told = this.story.status.length ? this.story.status : [bot];
    const troubles = [];
    if (this.isServerLost) troubles.push({ name: "Playground", state: "down", text: "stopped, waiting for it to come back" });
    if (this.story.problem) troubles.push({ name: "Story", state: "down", text: this.story.problem });
    const words = [...troubles, ...told];
    const key = JSON.stringify(words);
    if (key === this.shownStatus) return;
    this.shownStatus = key;
    $("status").replaceChildren(...words.map(({ name, state, text }) => el("li", { title: `${name}: ${state}. ${text}` }, el("span", { class: `dot ${state}`, role: "img", "aria-label": state }), el("b", {}, name), el("span", {}, text || state))));
  }

  // Clock

  setClock(clock) {
    this.offset = clock.offset;
    this.tick();
    this.showButtons();
  }

  now() {
    return Date.now() + this.offset * 1000;
  }

  tick() {
    const text = momentName(this.now());
    if ($("now").textContent !== text) $("now").textContent = text;
    const days = Math.floor(this.offset / DAY);
    $("ahead").hidden = days < 1;
    $("ahead").textContent = `${days} ${days === 1 ? "day" : "days"} ahead`;
  }

  showButtons() {
    const moments = this.story.moments.filter((moment) => Date.parse(moment.at) > this.now());
    const buttons = [
      clockButton("+1 day", { advance: DAY }),
      clockButton("+1 week", { advance: 7 * DAY }),
      ...moments.map((moment) => clockButton(moment.label, { to: moment.at }, momentName(Date.parse(moment.at)))),
    ];
    $("clock-buttons").replaceChildren(...buttons);
  }

  // Log

  buildDrawer() {
    this.calls = el("ul", { class: "calls", role: "log", "aria-label": "Calls", tabindex: "0" });
    this.method = el("select", { "aria-label": "Which call" }, METHODS.map((method) => el("option", { value: method }, method === "*" ? "any call" : method)));
    this.faults = el("output");
    const buttons = FAULTS.map(({ label, title, fault }) => el("button", { type: "button", class: "quiet", title, onclick: () => post("fault", { method: this.method.value, ...fault }) }, label));
    const clear = el("button", { type: "button", class: "quiet", onclick: () => remove("fault") }, "Clear");
    $("drawer").append(el("div", { class: "drawer-head" }, el("h2", {}, "Bot API calls"), el("span", {}, "Let the next"), this.method, el("span", {}, "fail with"), buttons, clear, this.faults), this.calls);
  }

  toggleLog() {
    const drawer = $("drawer");
    drawer.hidden = !drawer.hidden;
    $("log-toggle").setAttribute("aria-expanded", String(!drawer.hidden));
    this.calls.scrollTop = this.calls.scrollHeight;
  }

  addCall(call) {
    const isAtEnd = this.calls.scrollHeight - this.calls.scrollTop - this.calls.clientHeight < 40;
    const detail = call.ok ? call.params.text ?? call.params.caption ?? call.params.action ?? "" : call.description;
    this.calls.append(el("li", {}, el("span", {}, clockTime(call.at)), el("b", {}, call.method), el("span", { class: "who" }, call.chat_id ? this.nameOf(call.chat_id) : ""), el("span", { class: call.ok ? "ok" : "failed" }, String(call.code)), el("small", {}, detail)));
    while (this.calls.childElementCount > KEPT_CALLS) this.calls.firstElementChild.remove();
    if (isAtEnd) this.calls.scrollTop = this.calls.scrollHeight;
  }

  setFaults(faults) {
    this.faults.textContent = faults.map((fault) => `${fault.method === "*" ? "any call" : fault.method}: ${fault.lost_reply ? "lost reply" : fault.code ?? "slow"}`).join(" · ");
  }
}

function clockButton(label, body, title) {
  return el("button", { type: "button", title, onclick: () => post("clock", body).catch(() => {}) }, label);
}
