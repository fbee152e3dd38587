// Who the page speaks for. In the sandbox the server tells the accounts of the demo shop, so that the
// page can sign in as any of them; elsewhere there are none, and one signs in by the tab.
import { send } from "./http.js";
import { forget, note, onChange, recall, remember } from "./memory.js";

/** @typedef {{ role: string, email: string, password: string }} Person */

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { accessToken me { role } errors { message } }
}`;

/** @type {Person[]} */
let people = [];

/** Asks the server once; a page without them is a page without a switch. */
export async function meet() {
  try {
    const response = await fetch("/playground.json");
    if (response.ok) people = (await response.json()).people;
  } catch {
    // The server is gone; the editor will say so.
  }
}

/** The roles one can change to without typing a password. */
export const roles = () => people.map((person) => person.role);

/** The role the next request is sent as: `guest`, or as the API named it at sign-in. */
export function role() {
  const { accessToken, role } = recall();
  return accessToken === undefined ? "guest" : String(role ?? "signed in").toLowerCase();
}

/**
 * Signs in as the demo's person of this role, or out.
 * @param {string} wanted
 */
export async function become(wanted) {
  if (wanted === "guest") return forget("accessToken", "role");
  const person = people.find((person) => person.role === wanted);
  if (!person) return;
  const input = { email: person.email, password: person.password };
  const answer = await send({ query: SIGN_IN, variables: { input } }, {});
  const refusal = answer.errors?.[0] ?? answer.data?.signIn?.errors?.[0];
  if (refusal) throw new Error(`Not signed in as ${wanted}: ${refusal.message}`);
  remember(answer.data);
  note({ role: wanted.toUpperCase() });
}

/** Signs in again as whoever the page speaks for; false where it has no password for them. */
export async function renew() {
  const known = roles().includes(role());
  if (known) await become(role());
  else forget("accessToken", "role");
  return known;
}

export { onChange };
