// The table of steps together with its documents, which Vite puts into the bundle.
import { operationOf, STEPS, tabOf } from "../plain/steps.js";

const documents = import.meta.glob<string>("../plain/operations/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const TABS = STEPS.map((step) => {
  const document = documents[`../plain/operations/${step.file}.graphql`] ?? "";
  // A paragraph of a comment becomes one line: the editor breaks it where it ends.
  const flowing = document.replace(/(?<=^# .*)\n# /gm, " ");
  return { title: step.title, name: operationOf(document), tab: tabOf(step, flowing) };
});
