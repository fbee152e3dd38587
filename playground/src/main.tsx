// The page at `/`: GraphiQL with a purchase laid out in its tabs, a memory that carries ids and
// tokens from one tab to the next, and a switch for whom it speaks.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import { fetcherWith } from "../plain/fetcher.js";
import { firstVisit, reopen } from "../plain/kept.js";
import { meet } from "../plain/people.js";
import { HEADERS } from "../plain/steps.js";
import { SchemaFollowsCaller } from "./caller";
import { EditorsShowText, TabInView } from "./editors";
import { WALK_PLUGIN } from "./panel";
import { RoleSwitch } from "./role";
import { TABS } from "./tabs";

const fetcher = fetcherWith(createClient);
const isFirst = firstVisit();
reopen(TABS[0]?.tab ?? {});
await meet();

createRoot(document.getElementById("playground")!).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[HISTORY_PLUGIN, WALK_PLUGIN]}
    visiblePlugin={isFirst ? WALK_PLUGIN : undefined}
    defaultTabs={TABS.map(({ tab }) => tab)}
    defaultHeaders={JSON.stringify(HEADERS, null, 2)}
    shouldPersistHeaders
    defaultEditorToolsVisibility
    inputValueDeprecation
    schemaDescription
  >
    <GraphiQL.Logo>
      <RoleSwitch />
    </GraphiQL.Logo>
    <SchemaFollowsCaller />
    <EditorsShowText />
    <TabInView />
  </GraphiQL>,
);
