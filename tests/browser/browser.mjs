// A Chromium that reaches nothing but this machine, and pages that remember what went wrong in them.
import { chromium } from "playwright-core";

/** A page that is merely slow must not fail: whoever exceeds this hangs. */
export const PATIENCE_MS = 60_000;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** The browser that CHROME names. */
export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: FLAGS });

/**
 * An empty profile with one page. `troubles` holds every error in the console (reports of the content
 * security policy are among them), every exception, and every request to another machine, which is
 * not sent; `elsewhere` answers those that a test expects. `sockets` are the page's WebSockets.
 */
export async function visit(browser, url, { colorScheme = "light", elsewhere } = {}) {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const troubles = [];
  const asked = [];
  const sockets = [];
  await context.route(
    (address) => address.hostname !== "127.0.0.1" && /^(https?|wss?):$/.test(address.protocol),
    (route) => {
      const address = route.request().url();
      asked.push(address);
      if (elsewhere) return elsewhere(route);
      troubles.push(`asked for ${address}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      troubles.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") troubles.push(`${why}: ${request.url()}`);
  });
  page.on("websocket", (socket) => sockets.push(socket));
  await page.goto(url);
  return { context, page, troubles, asked, sockets };
}
