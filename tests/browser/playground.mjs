// The playground as somebody uses it: tabs, the play button, the panes, the switch of roles.
import assert from "node:assert/strict";

const active = (page) => page.locator(".graphiql-tab-active");
export const answerPane = (page) => page.locator(".result-window");

/** The page is there when its tabs and editors are; before that, play does nothing. */
export async function ready(page) {
  await page.locator(".graphiql-tab").first().waitFor();
  for (const pane of [".graphiql-query-editor", ".result-window"]) {
    await page.locator(`${pane} :is(.monaco-editor, .CodeMirror)`).first().waitFor();
  }
  const lines = page.locator(".graphiql-query-editor :is(.view-line, .CodeMirror-line)");
  await lines.filter({ hasText: "{" }).first().waitFor();
}

/** Goes to the tab of an operation. */
export async function goTo(page, operation) {
  await page.locator(".graphiql-tab-button").getByText(operation, { exact: true }).click();
  await active(page).getByText(operation, { exact: true }).waitFor();
}

/** Presses play in the tab that is open; gives the answer's data, once it is shown. */
export async function play(page, operation) {
  const [response] = await Promise.all([
    page.waitForResponse((response) => operationOf(response.request()) === operation),
    page.locator(".graphiql-execute-button").click(),
  ]);
  const answer = await response.json();
  assert.equal(answer.errors, undefined, `${operation}: ${JSON.stringify(answer.errors)}`);
  await answerPane(page).getByText(`"${Object.keys(answer.data)[0]}"`).first().waitFor();
  return answer.data;
}

/** Chooses whom the page speaks for; done when it has read the schema as that role. */
export async function become(page, role) {
  const before = await token(page);
  const schema = page.waitForResponse((response) => {
    const request = response.request();
    const bearer = request.headers().authorization?.replace("Bearer ", "");
    return operationOf(request) === "IntrospectionQuery" && bearer !== before;
  });
  await page.getByLabel("Rialto as").selectOption(role);
  return (await schema).json();
}

/** The access token that the page remembers. */
export const token = (page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem("rialto:memory") ?? "{}").accessToken);

/** Opens the docs at the fields of a root type. */
export async function docsOf(page, type) {
  const docs = page.locator(".graphiql-doc-explorer");
  if (!(await docs.isVisible())) {
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  }
  const title = docs.locator(".graphiql-doc-explorer-title");
  await title.waitFor();
  if ((await title.innerText()) !== type) {
    await docs.locator(".graphiql-doc-explorer-type-name").getByText(type, { exact: true }).click();
    await title.getByText(type, { exact: true }).waitFor();
  }
  return docs;
}

/** The name of what a request asks for. GraphiQL does not always say it apart. */
function operationOf(request) {
  if (request.method() !== "POST") return undefined;
  try {
    return /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(request.postDataJSON().query)?.[1];
  } catch {
    return undefined; // The request of something else.
  }
}
