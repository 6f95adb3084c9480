// A list as a QR code: as many papers as fit, and no code where they do not.
import assert from "node:assert/strict";
import test from "node:test";
import { sentFragment } from "../../generator/paper_digest/site/theme/assets/javascripts/bookmarks.js";
import { encodeQr } from "../../generator/paper_digest/site/theme/assets/javascripts/qr_code.js";
import { largestCount } from "../../generator/paper_digest/site/theme/assets/javascripts/send_list.js";

const SITE = "https://someone.github.io/an-archive/starred/";
const slugs = Array.from({ length: 500 }, (_, i) => `2401.${10000 + 37 * i}`);
const codeOf = (some) => encodeQr(SITE + sentFragment(some));

test("150 papers of arXiv fit into a code, and what does not fit has none", () => {
  const room = largestCount(slugs, (some) => Boolean(codeOf(some)));
  assert.ok(room >= 150, String(room));
  assert.ok(codeOf(slugs.slice(0, room)).size <= 117);
  for (const count of [room + 1, 300, 500]) assert.equal(codeOf(slugs.slice(0, count)), undefined);
});

test("the largest count is found wherever it lies", () => {
  for (let room = 0; room < 40; room += 1)
    assert.equal(
      largestCount(slugs.slice(0, 40), (some) => some.length <= room),
      room,
    );
});
