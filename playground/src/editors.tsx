// How the editors show text: long lines broken instead of cut off, since comments tell how a step
// works; no box around a "×" in an answer, which is no trick there; and the tab one works in is seen.
import { useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";

export function EditorsShowText() {
  const asked = useGraphiQL((state) => state.queryEditor);
  const answered = useGraphiQL((state) => state.responseEditor);
  useEffect(() => asked?.updateOptions({ wordWrap: "on" }), [asked]);
  useEffect(
    () => answered?.updateOptions({ unicodeHighlight: { ambiguousCharacters: false } }),
    [answered],
  );
  return null;
}

/** The row of tabs is longer than most windows. */
export function TabInView() {
  const active = useGraphiQL((state) => state.activeTabIndex);
  useEffect(() => {
    const tabs = document.querySelectorAll(".graphiql-tab");
    tabs[active]?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [active]);
  return null;
}
