// Asks for the schema again when the role changes, since each sees its own.
import { useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { onChange, role } from "../plain/people.js";

export function SchemaFollowsCaller() {
  const { introspect } = useGraphiQLActions();
  const current = useSyncExternalStore(onChange, role);
  const seen = useRef(current);
  useEffect(() => {
    if (seen.current === current) return;
    seen.current = current;
    void introspect();
  }, [current, introspect]);
  return null;
}
