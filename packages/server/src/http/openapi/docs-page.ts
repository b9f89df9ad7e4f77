import { createHash } from 'node:crypto';
import { escapeHtml } from '@claude-optimizer/core/export';
import { TOKEN_HEADER } from '@claude-optimizer/protocol';
import { VERSION } from '../../version.js';
import { openApiDocument, openPath } from './document.js';
import type { Endpoint } from './endpoint.js';

const STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#f6f6f4,#121211);--raised:light-dark(#fff,#191918);--ink:light-dark(#1a1a17,#ecebe7);--quiet:light-dark(#4d4c46,#b5b4ad);--line:light-dark(#e3e2dd,#2c2c2a);--accent:light-dark(#1d55c4,#86adff)}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.4rem;margin:0 0 .5rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}
p{margin:.25rem 0;color:var(--quiet)}a{color:var(--accent)}code,pre{font:12px/1.5 ui-monospace,monospace}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.75rem 0}
details{background:var(--raised);border:1px solid var(--line);border-radius:6px;margin:.4rem 0}
summary{padding:.45rem .75rem;cursor:pointer;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
summary b{font:600 12px ui-monospace,monospace;min-width:3.6rem;color:var(--accent)}summary code{overflow-wrap:anywhere}summary span{color:var(--quiet)}
details>div{overflow-x:auto;padding:.25rem .75rem .75rem;border-top:1px solid var(--line)}
h3{font-size:.85rem;margin:.75rem 0 .25rem}table{border-collapse:collapse;width:100%}td,th{text-align:start;vertical-align:top;padding:.2rem .75rem .2rem 0;border-bottom:1px solid var(--line);font-weight:400}td:last-child{overflow-wrap:anywhere;min-width:12rem}
pre{overflow:auto;max-height:24rem;margin:.25rem 0;padding:.5rem .75rem;background:var(--ground);border-radius:4px}
`;

/** What lets this page have its own style and nothing else. */
export const DOCS_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

type Operation = {
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: object }> }>;
};

/** The documentation as a page without script: sections, and each way to ask to be opened. */
export function docsPage(endpoints: readonly Endpoint[]): string {
  const document = openApiDocument(endpoints) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object> };
  };
  const groups = [...new Set(endpoints.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const ways = endpoints.filter((endpoint) => endpoint.group === group);
    const each = ways.map((endpoint) => {
      const operation = document.paths[openPath(endpoint.path)]?.[endpoint.method];
      return operation ? way(endpoint, operation) : '';
    });
    return `<section id="${anchor(group)}"><h2>${escapeHtml(group)}</h2>${each.join('')}</section>`;
  });
  const shapes = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary><div>${json(schema)}</div></details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>REST of Claude Code Optimizer</title><style>${STYLE}</style></head><body><main>
<h1>REST of Claude Code Optimizer ${VERSION}</h1>
<p>Only this machine may ask. What changes something (marked with *) needs the header <code>${TOKEN_HEADER}</code>; <code>GET /api/token</code> answers its value, which is new with each start. Errors are <code>{"error": {"code", "message", "fix"}}</code>.</p>
<p>The same for programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).</p>
<nav aria-label="Groups"><ul>${groups.map((group) => `<li><a href="#${anchor(group)}">${escapeHtml(group)}</a></li>`).join('')}<li><a href="#shapes">Shapes</a></li></ul></nav>
${sections.join('\n')}
<section id="shapes"><h2>Shapes</h2>${shapes.join('')}</section></main></body></html>`;
}

function way({ method, path, summary, needsToken }: Endpoint, operation: Operation): string {
  const parameters = operation.parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${place}${required ? ', required' : ''}</td><td><code>${escapeHtml(JSON.stringify(schema))}</code></td></tr>`,
  );
  const answers = Object.entries(operation.responses).map(
    ([status, { description, content = {} }]) =>
      `<tr><th scope="row">${status}</th><td>${escapeHtml(description)}</td><td>${Object.entries(
        content,
      )
        .map(
          ([type, { schema }]) => `<code>${escapeHtml(type)}</code> ${schema ? shape(schema) : ''}`,
        )
        .join('<br>')}</td></tr>`,
  );
  const body = Object.values(operation.requestBody?.content ?? {}).map(({ schema = {} }) =>
    shape(schema),
  );
  return `<details><summary><b>${method.toUpperCase()}${needsToken ? '*' : ''}</b><code>${escapeHtml(path)}</code><span>${escapeHtml(summary)}</span></summary><div>
${parameters.length > 0 ? `<h3>Parameters</h3><table>${parameters.join('')}</table>` : ''}
${body.length > 0 ? `<h3>Body (JSON)</h3>${body.join('')}` : ''}
<h3>Answers</h3><table>${answers.join('')}</table></div></details>`;
}

function shape(schema: object): string {
  const name = '$ref' in schema ? String(schema.$ref).split('/').at(-1) : undefined;
  if (name === undefined) return json(schema);
  return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}

function json(schema: object): string {
  return `<pre tabindex="0">${escapeHtml(JSON.stringify(schema, null, 1))}</pre>`;
}

function anchor(group: string): string {
  return group.toLowerCase().replaceAll(' ', '-');
}
