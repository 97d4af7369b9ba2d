/* The server behind the page. */

async function answerOf(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The playground answered ${response.status}.`);
  return answer;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`/sim/${path}`, options);
  } catch {
    throw new Error("The playground does not answer. Is it still running?");
  }
  return answerOf(response);
}

export const get = (path) => ask(path, { cache: "no-store" });
export const remove = (path) => ask(path, { method: "DELETE" });

export function post(path, body) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function upload(kind, user, file) {
  const form = new FormData();
  form.append("user", user);
  form.append("file", file, file.name);
  return ask(kind, { method: "POST", body: form });
}

/** Follow the journal; `onLost` is told once when the server goes, `onBack` when it is there again. */
export function follow(since, { onEvent, onLost, onBack }) {
  const source = new EventSource(`/sim/events?since=${since}`);
  let isLost = false;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onerror = () => {
    if (!isLost) onLost();
    isLost = true;
    if (source.readyState === EventSource.CLOSED) setTimeout(onBack, 1000);
  };
  source.onopen = () => {
    if (!isLost) return;
    source.close();
    onBack();
  };
}
