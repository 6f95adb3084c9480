// What stands for the signs of HTML in text.

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
export const escapeHtml = (text) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
