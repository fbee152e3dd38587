import { defineConfig } from "vite";

// The server embeds `dist/` and serves it from `/`. Nothing is fetched from elsewhere at run time:
// the editor's workers and fonts are bundled, and no script is inline, so that the page runs under
// `script-src 'self'`.
export default defineConfig({
  base: "/",
  build: {
    // The editor is one large library; a warning that it is large tells nobody anything.
    chunkSizeWarningLimit: 8000,
    reportCompressedSize: false,
    rolldownOptions: {
      // Libraries mark modules "use client" for servers that render React; this page has none.
      onLog(level, log, show) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") show(level, log);
      },
    },
    target: "es2022",
  },
  server: {
    // `npm run dev` beside a running `rialto serve`.
    proxy: {
      "/graphql": { target: "http://127.0.0.1:8080", ws: true },
      "/playground.json": "http://127.0.0.1:8080",
    },
  },
  worker: { format: "es" },
});
