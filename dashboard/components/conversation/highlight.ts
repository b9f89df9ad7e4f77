import { createLowlight } from 'lowlight';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const known = { bash, c, cpp, css, diff, go, java, javascript, json, markdown, python };
const lowlight = createLowlight({ ...known, ruby, rust, sql, typescript, xml, yaml });
lowlight.registerAlias({ typescript: ['tsx', 'mts', 'cts'], bash: ['shell', 'console'] });

/** A piece of code of one colour; `kind` is null for plain text. */
export type Piece = { text: string; kind: string | null };

const KEPT = 200;
const done = new Map<string, readonly Piece[]>();

/** Code in pieces of one colour each; null for a language that isn't known here. */
export function highlight(text: string, language: string): readonly Piece[] | null {
  if (!lowlight.registered(language)) return null;
  const key = `${language} ${text}`;
  const before = done.get(key);
  if (before) return before;
  const pieces: Piece[] = [];
  flatten(lowlight.highlight(language, text), null, pieces);
  done.set(key, pieces);
  const oldest = done.keys().next();
  if (done.size > KEPT && !oldest.done) done.delete(oldest.value);
  return pieces;
}

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

function flatten({ children }: { children: Node[] }, kind: string | null, pieces: Piece[]): void {
  for (const child of children) {
    if (child.type === 'text') pieces.push({ text: child.value, kind });
    if (child.type === 'element') flatten(child, kindOf(child) ?? kind, pieces);
  }
}

function kindOf(element: Extract<Node, { type: 'element' }>): string | null {
  const names = element.properties['className'];
  const first = Array.isArray(names) ? names[0] : null;
  return typeof first === 'string' ? first.replace('hljs-', '') : null;
}
