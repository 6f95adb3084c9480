// Shows why a paper was found: the sentence of its digest or abstract that holds the words. The
// texts come from the site's API files, and only for the results that are in view.

const QUOTE = 14;
const QUOTED = 15;

export class Passages {
  constructor(worker, base) {
    this.worker = worker;
    this.base = base;
    this.places = new Map();
    this.seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.ask(target);
    }, { rootMargin: "200px" });
    worker.addEventListener("message", ({ data }) => {
      const place = data.type === QUOTED && this.places.get(data.id);
      // The worker escaped the text; all it holds beside text is <mark>.
      if (place) place.innerHTML = data.html;
    });
  }

  clear() {
    this.seen.disconnect();
    this.places.clear();
  }

  // An empty paragraph that is filled once it comes into view.
  place(slug) {
    const made = document.createElement("p");
    made.dataset.slug = slug;
    made.className = "pd-blurb";
    this.places.set(slug, made);
    this.seen.observe(made);
    return made;
  }

  async ask(place) {
    this.seen.unobserve(place);
    const { slug } = place.dataset;
    try {
      const answer = await fetch(new URL(`api/papers/${encodeURIComponent(slug)}.json`, this.base));
      const { digest, abstract } = await answer.json();
      const text = [digest?.text, abstract].filter(Boolean).join(" ").replace(/\s+/g, " ");
      if (this.places.get(slug) === place) this.worker.postMessage({ type: QUOTE, id: slug, text });
    } catch {
      // Without its passage a result is as good: its title leads to the paper.
    }
  }
}
