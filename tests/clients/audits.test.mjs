// The GraphQL over HTTP audits of graphql-http: no error, no warning, and no notice without a reason.
import assert from "node:assert/strict";
import { test } from "node:test";

import { serverAudits } from "graphql-http";

import { shop } from "./server.mjs";

/** Audits that end in a notice, by id, each with the reason why we do otherwise. */
const EXPLAINED = {};

const url = await shop();
const audits = serverAudits({ url, fetchFn: fetch });

test("there are audits", () => assert.ok(audits.length >= 61, `${audits.length}`));

for (const audit of audits) {
  const reason = EXPLAINED[audit.id];
  test(`audit ${audit.id}: ${audit.name}${reason ? ` (not so: ${reason})` : ""}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, reason ? "notice" : "ok", result.reason);
  });
}

test("every explained notice is one of an audit that there is", () => {
  const known = new Set(audits.map((audit) => audit.id));
  assert.deepEqual(
    Object.keys(EXPLAINED).filter((id) => !known.has(id)),
    [],
  );
});
