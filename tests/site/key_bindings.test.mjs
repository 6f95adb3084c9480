// Single keys: whatever is rebound, no key does two things.
import assert from "node:assert/strict";
import test from "node:test";
import {
  ACTION_NAMES,
  ACTIONS,
  parseBindings,
  rebind,
} from "../../generator/paper_digest/site/theme/assets/javascripts/key_bindings.js";

test("no key does two things, however often keys are changed", () => {
  let bindings = parseBindings(null);
  for (let turn = 0; turn < 200; turn++) {
    const action = ACTION_NAMES[(turn * 7) % ACTION_NAMES.length];
    const key = ["", "j", "z", "?", "é"][turn % 5];
    bindings = rebind(bindings, action, key);
    assert.equal(bindings.keys[action], key);
    const used = Object.values(bindings.keys).filter(Boolean);
    assert.equal(new Set(used).size, used.length);
    assert.deepEqual(parseBindings(JSON.stringify(bindings)), bindings);
  }
});

test("a strange storage gives the first keys", () => {
  for (const text of ["", "{", "null", "7", '{"keys":7}', '{"keys":{"next":"ab"}}', '{"off":1}']) {
    assert.deepEqual(parseBindings(text), parseBindings(null), text);
  }
  assert.equal(parseBindings('{"off":true}').off, true);
  assert.equal(parseBindings(null).keys.next, ACTIONS.next[0]);
});
