/** What a browser shows while the dashboard has not been built. */
export const NOT_BUILT_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Claude Code Optimizer</title>
    <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 12vh auto; max-width: 36rem; padding: 0 1rem; }
      code { font: 0.95em ui-monospace, monospace; }
    </style>
  </head>
  <body>
    <h1>The server is running, the page is not built yet</h1>
    <p>Run <code>npm run build</code> in the repository, then reload this page. No restart is needed.</p>
    <p>While developing, <code>npm run dev</code> serves the page on a port of its own.</p>
  </body>
</html>
`;
