// GraphiQL keeps its tabs in this browser under keys of its own; only this file knows them.

const PREFIX = "graphiql:";
const TABS = `${PREFIX}tabState`;
const EDITORS = ["query", "variables", "headers"];

export const firstVisit = () => localStorage.getItem(TABS) === null;

/**
 * Makes the editors open with the tab that was open. GraphiQL keeps what stands in them apart from the
 * tabs and later, and opens one tab more where the two differ: after a reload that came too soon.
 * @param {{ query?: string | null, variables?: string | null, headers?: string | null }} first what a
 *   first visit opens with
 */
export function reopen(first) {
  const open = /** @type {any} */ (openTab() ?? first);
  for (const key of EDITORS) {
    if (open[key] == null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, open[key]);
  }
}

/** Brings the prepared tabs back. Colors and the sizes of the panes stay as they are. */
export function startOver() {
  for (const key of [TABS, `${PREFIX}operationName`]) localStorage.removeItem(key);
  location.reload();
}

function openTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(TABS) ?? "{}");
    return tabs?.[activeTabIndex];
  } catch {
    return undefined;
  }
}
