// Asks each engine the same way: start(folder) once, then ask(text) -> [{ title, url }] of ten.

const decode = (html) => {
  const box = document.createElement("textarea");
  box.innerHTML = html.replace(/<[^>]*>/g, "");
  return box.value;
};

async function worker(url, docs) {
  const made = new Worker(url);
  const queue = [];
  made.onmessage = ({ data }) => queue.shift()?.(data);
  const post = (message) =>
    new Promise((resolve) => {
      queue.push(resolve);
      made.postMessage(message);
    });
  await post({ type: 0, data: { ...docs, options: {} } });
  return async (text) => {
    const { data } = await post({ type: 2, data: text });
    return data.items
      .slice(0, 10)
      .map(([{ title, location }]) => ({ title: decode(title), url: location }));
  };
}

const engines = {
  sharded: (folder) => worker(`${folder}/worker.js`, { config: {}, docs: [] }),
  // Ours without the pause in which a key waits for the one after it.
  async unpaused(folder) {
    const { Engine } = await import("/modules/engine.js");
    const engine = new Engine(new URL(`${folder}/`, location));
    return async (text) =>
      (await engine.search(text)).results.map(({ title, slug }) => ({ title, url: slug }));
  },
  async material(folder) {
    const index = fetch(`${folder}/search_index.json`).then((answer) => answer.json());
    return worker(`${folder}/worker.js`, await index);
  },
  async pagefind(folder) {
    const pagefind = await import(`${folder}/pagefind.js`);
    await pagefind.init();
    return async (text) => {
      const { results } = await pagefind.search(text);
      const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return data.map(({ meta, url }) => ({ title: meta.title, url }));
    };
  },
};

// One cold answer, timed from the start of loading the engine; nothing if `limit` ms are not enough.
window.cold = async (engine, folder, text, limit) => {
  const start = performance.now();
  const late = new Promise((resolve) => setTimeout(resolve, limit));
  const answer = (async () => {
    window.ask = await engines[engine](folder);
    const ready = performance.now();
    const found = await window.ask(text);
    return { ms: performance.now() - start, typed: performance.now() - ready, found: found.length };
  })();
  return (await Promise.race([answer, late])) ?? null;
};

// Time of each key of some queries, asked again so that nothing has to be fetched; those that came
// within `limit` ms.
window.keys = async (texts, limit) => {
  const times = [];
  const end = performance.now() + limit;
  for (const again of [false, true]) {
    for (const text of texts) {
      for (let length = 1; length <= text.length; length++) {
        const start = performance.now();
        if (start > end) return times;
        await window.ask(text.slice(0, length));
        if (again) times.push(performance.now() - start);
        // Longer than the pause after which a query is no longer held back.
        await new Promise((resolve) => setTimeout(resolve, 90));
      }
    }
  }
  return times;
};

// The place (from 1) of the wanted title among the ten, or 0, for each query; -1 ends the list where
// an answer took longer than `limit` ms.
window.places = async (queries, limit) => {
  const key = (title) => title.toLowerCase().replace(/\s+/g, " ").trim();
  const late = () => new Promise((resolve) => setTimeout(resolve, limit, null));
  const places = [];
  for (const { text, title } of queries) {
    const found = await Promise.race([window.ask(text).catch(() => []), late()]);
    if (!found) return [...places, -1];
    places.push(found.findIndex((one) => key(one.title || "") === key(title)) + 1);
  }
  return places;
};
