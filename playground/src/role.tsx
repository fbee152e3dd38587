// The switch for whom the page speaks, in the corner where GraphiQL has its name.
import { useState, useSyncExternalStore } from "react";
import { become, onChange, role, roles } from "../plain/people.js";

export function RoleSwitch() {
  const current = useSyncExternalStore(onChange, role);
  const [refusal, setRefusal] = useState("");
  const choices = [...new Set(["guest", ...roles(), current])];
  const change = (wanted: string) =>
    become(wanted).then(
      () => setRefusal(""),
      (error: Error) => setRefusal(error.message),
    );
  return (
    <label className="role" title="Requests are sent, and the docs are shown, as this role">
      Rialto as{" "}
      <select value={current} onChange={(event) => void change(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
      {refusal && <span role="alert">{refusal}</span>}
    </label>
  );
}
