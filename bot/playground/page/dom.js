/* Building the page: every text is a text node, never markup. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M4 12 20 4l-6 16-3-7zM11 13l9-9",
  attach: "M20 11.500 11.500 20a5 5 0 0 1-7-7L13 4.500a3.300 3.300 0 0 1 4.700 4.700L9.500 17.500a1.600 1.600 0 0 1-2.300-2.300L15 7.500",
  slash: "M9 19 15 5",
  forward: "M14 5l6 6-6 6M20 11H10a6 6 0 0 0-6 6v1",
  dots: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  link: "M8 16 18 6M9.500 6H18v8.500",
  down: "M12 5v14M6 13l6 6 6-6",
  file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5",
  photo: "M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 16l5-5 4 4 3-3 4 4M15.500 8.500v.01",
  voice: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  block: "M5.600 5.600l12.800 12.800M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  restart: "M4 12a8 8 0 1 0 2.500-5.800M4 4v4h4",
};

/** Make an element: `el("p", {class: "note", onclick: f}, "text", child)`. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function initials(name) {
  const words = name.trim().split(/\s+/);
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase() || "?";
}

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

export const clockTime = (seconds) => TIME.format(seconds * 1000);
export const dayName = (seconds) => DAY.format(seconds * 1000);
export const momentName = (milliseconds) => MOMENT.format(milliseconds);

export function bytesName(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function extension(name) {
  const found = /\.([a-z0-9]{1,5})$/i.exec(name);
  return found ? found[1] : "file";
}

export const isPicture = (file) => /^image\/(png|jpeg|webp|gif)$/.test(file.mime);
export const isPictureName = (name) => /\.(png|jpe?g|webp|gif)$/i.test(name);

/** A web address, or null for anything a link must not lead to. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:", "mailto:", "tg:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
