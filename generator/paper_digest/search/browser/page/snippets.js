// Completes the results in view from their records, and shows why a paper matches: the sentence of
// its digest or abstract that holds the words.

/** @import { PaperRecord } from "../javascripts/records.js" */
import { loadRecord, plainTexts } from "../javascripts/records.js";
import { MessageType } from "../message_types.js";
import { languageAttributes } from "./dom.js";

export class Snippets {
  /**
   * @param {Worker} worker
   * @param {(row: Element, record: PaperRecord, site: string) => void} onRecord when a result's record has come
   */
  constructor(worker, onRecord) {
    this.worker = worker;
    this.onRecord = onRecord;
    /** @type {Map<string, HTMLElement>} */
    this.paragraphs = new Map();
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting && target instanceof HTMLElement) this.request(target);
        }
      },
      { rootMargin: "200px" },
    );
    worker.addEventListener("message", ({ data }) => {
      if (data.type !== MessageType.SNIPPET_RESULT) return;
      const paragraph = this.paragraphs.get(data.id);
      // The worker escaped the text; all it holds beside text is <mark>.
      if (!paragraph) return;
      paragraph.innerHTML = data.html;
      const attributes = languageAttributes(paragraph.textContent);
      for (const [name, value] of Object.entries(attributes)) paragraph.setAttribute(name, value);
    });
  }

  clear() {
    this.observer.disconnect();
    this.paragraphs.clear();
  }

  /**
   * An empty paragraph that is filled once it comes into view.
   * @param {string} slug
   * @param {string} site the root of the paper's site, seen from this one's
   */
  placeholder(slug, site = "") {
    const paragraph = document.createElement("p");
    paragraph.dataset.slug = slug;
    paragraph.dataset.site = site;
    paragraph.className = "pd-blurb";
    paragraph.dir = "auto";
    this.paragraphs.set(slug, paragraph);
    this.observer.observe(paragraph);
    return paragraph;
  }

  /** @param {HTMLElement} paragraph */
  async request(paragraph) {
    this.observer.unobserve(paragraph);
    const { slug = "", site = "" } = paragraph.dataset;
    try {
      const record = await loadRecord(slug, site);
      if (this.paragraphs.get(slug) !== paragraph || !paragraph.parentElement) return;
      const { digest, abstract } = plainTexts(record);
      const text = [digest, abstract].filter(Boolean).join(" ").replace(/\s+/g, " ");
      this.worker.postMessage({ type: MessageType.SNIPPET, id: slug, text });
      this.onRecord(paragraph.parentElement, record, site);
    } catch {
      // Without its snippet a result is as good: its title leads to the paper.
    }
  }
}
