// The dialog that names the single keys, changes them, and switches them off. It is a popover and no modal dialog:
// that makes the rest of the page inert, and browsers style each of its elements anew to open and to close it.
import {
  ACTION_NAMES,
  ACTIONS,
  loadBindings,
  parseBindings,
  rebind,
  storeBindings,
} from "./key_bindings.js";
import { $, makeButton, makeElement } from "./ui.js";
import { gettext } from "./words.js";

/** @import { Action } from "./key_bindings.js" */

/** @param {Action} action */
function makeLine(action) {
  const input = makeElement("input", {
    type: "text",
    value: loadBindings().keys[action],
    maxlength: "1",
    size: "1",
    autocomplete: "off",
    "aria-label": gettext("Key: {action}", { action: ACTIONS[action][1] }),
  });
  input.dataset.key = action;
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", () => {
    storeBindings(rebind(loadBindings(), action, input.value.trim()));
    showBindings();
  });
  return [
    makeElement("dt", {}, makeElement("kbd", {}, input)),
    makeElement("dd", {}, ACTIONS[action][1]),
  ];
}

/** Shows each action's key, but not over the one that is being typed, and whether keys are on. */
function showBindings() {
  const { off, keys } = loadBindings();
  const isOn = $(".pd-help [type=checkbox]");
  if (isOn instanceof HTMLInputElement) isOn.checked = !off;
  for (const action of ACTION_NAMES) {
    const input = $(`.pd-help [data-key=${action}]`);
    if (input instanceof HTMLInputElement && input !== document.activeElement) {
      input.value = keys[action];
    }
  }
}

function makeDialog() {
  const dialog = makeElement("dialog", {
    class: "pd-help md-typeset",
    popover: "auto",
    "aria-label": gettext("Keys"),
  });
  // It would cover what has the focus next.
  dialog.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !dialog.contains(relatedTarget)) dialog.hidePopover();
  });
  const isOn = makeElement("input", { type: "checkbox" });
  isOn.addEventListener("change", () => storeBindings({ ...loadBindings(), off: !isOn.checked }));
  const reset = makeButton(gettext("Keys as they were first"), () => {
    storeBindings(parseBindings(null));
    showBindings();
  });
  dialog.append(
    // The first key's box would take the next key pressed for a change.
    makeElement("h2", { tabindex: "-1", autofocus: "" }, gettext("Keys")),
    makeElement("label", {}, isOn, ` ${gettext("Single keys are on")}`),
    makeElement("dl", {}, ...ACTION_NAMES.flatMap(makeLine)),
    makeElement("p", { class: "pd-small" }, gettext("Write another key into a box to change it.")),
    makeButton(gettext("Close"), () => dialog.hidePopover()),
    " ",
    reset,
  );
  document.body.append(dialog);
  return dialog;
}

export function openKeysDialog() {
  const dialog = $("dialog.pd-help") ?? makeDialog();
  showBindings();
  if (!dialog.matches(":popover-open")) dialog.showPopover();
}
