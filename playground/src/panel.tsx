// The panel "Buy something": the steps of a purchase, and what the page remembers on the way.
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { useSyncExternalStore } from "react";
import { forget, onChange, recall } from "../plain/memory.js";
import { startOver } from "../plain/kept.js";
import { TABS } from "./tabs";

export const WALK_PLUGIN: GraphiQLPlugin = { title: "Buy something", icon: Icon, content: Panel };

function Panel() {
  return (
    <section className="walk">
      <h2>Buy something</h2>
      <p>
        Each step is a tab: click it, then run it with the play button or Ctrl+Enter. What later steps
        need is remembered below and sent where a tab says <code>$cart</code> or the like.
      </p>
      <Steps />
      <h3>Remembered</h3>
      <Remembered />
      <p>
        <button type="button" className="graphiql-button" onClick={() => forget()}>
          Forget these
        </button>{" "}
        <button type="button" className="graphiql-button" onClick={startOver}>
          Restore the tabs
        </button>
      </p>
    </section>
  );
}

function Steps() {
  const tabs = useGraphiQL((state) => state.tabs);
  const active = useGraphiQL((state) => state.activeTabIndex);
  const { changeTab } = useGraphiQLActions();
  return (
    <ol>
      {TABS.map((step) => {
        const at = tabs.findIndex((tab) => tab.title === step.name);
        return (
          <li key={step.title}>
            <button
              type="button"
              className="graphiql-un-styled"
              aria-current={at >= 0 && at === active ? "step" : undefined}
              disabled={at < 0}
              onClick={() => changeTab(at)}
            >
              {step.title}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Remembered() {
  const memory = Object.entries(useSyncExternalStore(onChange, recall));
  if (memory.length === 0) return <p>Nothing yet.</p>;
  return (
    <dl>
      {memory.map(([name, value]) => (
        <div key={name}>
          <dt>${name}</dt>
          <dd title={String(value)}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
      <path d="M3 4h2l2.4 11h10.2L20 7.5H6" />
      <circle cx="9" cy="19" r="1.5" />
      <circle cx="16" cy="19" r="1.5" />
    </svg>
  );
}
