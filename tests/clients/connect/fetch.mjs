// No library at all.

/** Sends an operation; gives its data and extensions, or throws what went wrong. */
export async function ask(url, query, variables = {}, headers = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json",
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors, extensions } = await response.json();
  if (errors) throw Object.assign(new Error(errors[0].message), { errors, data });
  return { data, extensions };
}
