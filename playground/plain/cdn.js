// The page where the playground was not built: GraphiQL 4 from a CDN, with the same tabs, memory and
// roles as the built page. What it needs of the page, it makes itself; there is no build here.
import { fetcherWith } from "./fetcher.js";
import { reopen } from "./kept.js";
import { become, meet, onChange, role, roles } from "./people.js";
import { HEADERS, STEPS, tabOf } from "./steps.js";

const { React, ReactDOM, GraphiQL, graphqlWs } = /** @type {any} */ (globalThis);

if (GraphiQL && graphqlWs) await start();
else notThere();

async function start() {
  const [tabs] = await Promise.all([Promise.all(STEPS.map(load)), meet()]);
  const place = /** @type {HTMLElement} */ (document.getElementById("playground"));
  place.replaceChildren();
  reopen(tabs[0] ?? {});
  const root = ReactDOM.createRoot(place);
  const render = () =>
    root.render(
      React.createElement(GraphiQL, {
        // Another role sees another schema: a new fetcher makes GraphiQL ask for it again.
        fetcher: fetcherWith(graphqlWs.createClient),
        defaultTabs: tabs,
        defaultHeaders: JSON.stringify(HEADERS, null, 2),
        shouldPersistHeaders: true,
        defaultEditorToolsVisibility: true,
        inputValueDeprecation: true,
        schemaDescription: true,
      }),
    );
  render();
  document.querySelector("header")?.append(roleSwitch(render));
}

/** @param {import("./steps.js").Step} step */
async function load(step) {
  const response = await fetch(`/playground/operations/${step.file}.graphql`);
  return tabOf(step, await response.text());
}

/** @param {() => void} render */
function roleSwitch(render) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  label.append("Rialto as ", select);
  let shown = role();
  const fill = () => {
    const choices = [...new Set(["guest", ...roles(), role()])];
    select.replaceChildren(...choices.map((name) => new Option(name, name, false, name === role())));
  };
  select.addEventListener("change", () => {
    become(select.value).catch((error) => {
      fill();
      alert(error.message);
    });
  });
  onChange(() => {
    if (shown === role()) return;
    shown = role();
    fill();
    render();
  });
  fill();
  return label;
}

function notThere() {
  const said = document.querySelector("#waiting p");
  if (said) said.textContent = "The editor could not be loaded from cdn.jsdelivr.net.";
}
