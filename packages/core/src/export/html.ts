import {
  formatCost,
  groupDigits,
  totalTokens,
  type ExportedHead,
  type TimelineEntry,
} from '@claude-optimizer/protocol';
import { modelBars, timeChart, TOKEN_WORDS, tokenKinds, toolBars, type Bar } from './charts.js';
import {
  entryWords,
  factsOf,
  figuresOf,
  shownObjectives,
  shownTime,
  titleOf,
  type Figure,
} from './figures.js';
import { HTML_STYLE } from './html-style.js';

/** The beginning of the page. It has no script and asks for nothing: its own policy forbids both. */
export function htmlStart(title: string, said: readonly string[], sums: readonly Figure[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>
<style>${HTML_STYLE}</style></head><body><main>
<header><h1 dir="auto">${escapeHtml(title)}</h1>${said.map((line) => `<p class="quiet">${escapeHtml(line)}</p>`).join('')}
${figures(sums)}</header>
`;
}

export const HTML_END = '</main></body></html>\n';

/** A session's chapter up to what happened in it; `isOnly`: the page's heading has its title. */
export function htmlHead(head: ExportedHead, isOnly: boolean): string {
  const own = isOnly
    ? ''
    : `<h2 dir="auto">${escapeHtml(titleOf(head))}</h2>${figures(figuresOf(head.usage, head.unpriced.messages, head.incompleteResponses))}`;
  const heading = (text: string) => titled(text, isOnly);
  return `<article id="s-${escapeHtml(head.id)}">${own}
${facts(head)}
${chart(head, heading)}
${barTable(heading('Cost by model'), modelBars(head), (value) => formatCost(value))}
${barTable(heading('Tool calls'), toolBars(head), groupDigits)}
${heading('Objectives')}${objectives(head)}
${files(head, heading)}
`;
}

/** Around the lines of a timeline. */
export const htmlTimeline = (isOnly: boolean, note: string) => ({
  start: `${titled('Timeline', isOnly)}${note === '' ? '' : `<p class="quiet">${escapeHtml(note)}</p>`}<ol class="timeline">\n`,
  end: '</ol>',
});

/** Around a conversation. */
export const htmlConversation = (isOnly: boolean) => ({
  start: `${titled('Conversation', isOnly)}<div class="conversation">\n`,
  end: '</div>',
});

export const HTML_ARTICLE_END = '</article>\n';

function titled(text: string, isOnly: boolean): string {
  const level = isOnly ? 'h2' : 'h3';
  return `<${level}>${text}</${level}>`;
}

/** One line of a timeline. */
export function htmlEntry(entry: TimelineEntry): string {
  const { what, text, outcome } = entryWords(entry);
  const nested = entry.agentId === null ? '' : ' nested';
  const end = outcome === '' ? '' : `<span class="quiet">${escapeHtml(outcome)}</span>`;
  return `<li class="${entry.kind}${nested}"><time datetime="${entry.at}">${shownTime(entry.at)}</time><b>${escapeHtml(what)}</b><span dir="auto" class="said">${escapeHtml(text)}</span>${end}</li>\n`;
}

function figures(all: readonly Figure[]): string {
  const each = ({ name, value, note }: Figure) =>
    `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}<small>${escapeHtml(note)}</small></dd></div>`;
  return `<dl class="figures">${all.map(each).join('')}</dl>`;
}

function facts(head: ExportedHead): string {
  const rows = factsOf(head).map(
    ([name, value]) =>
      `<tr><th scope="row">${escapeHtml(name)}</th><td dir="auto">${escapeHtml(value)}</td></tr>`,
  );
  return `<table class="facts">${rows.join('')}</table>`;
}

function objectives(head: ExportedHead): string {
  const { shown, note } = shownObjectives(head);
  const mark = { completed: '✓', in_progress: '◐', pending: '○', removed: '–' };
  const rows = shown.map(
    ({ text, status }) =>
      `<li class="${status}"><span aria-hidden="true">${mark[status]}</span><span dir="auto">${escapeHtml(text)}</span><small class="quiet">${status.replace('_', ' ')}</small></li>`,
  );
  const list = rows.length === 0 ? '' : `<ul class="objectives">${rows.join('')}</ul>`;
  return note === '' ? list : `${list}<p class="quiet">${note}</p>`;
}

function files({ files: all }: ExportedHead, heading: (text: string) => string): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ path, edits, linesAdded, linesRemoved }) =>
      `<tr><td>${escapeHtml(path)}</td><td>${String(edits)}</td><td>+${String(linesAdded)} −${String(linesRemoved)}</td></tr>`,
  );
  return `${heading('Files')}<table><thead><tr><th>File</th><th>Edits</th><th>Lines</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function barTable(title: string, all: readonly Bar[], shown: (value: number) => string): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ name, value, share }) =>
      `<tr><th scope="row">${escapeHtml(name)}</th><td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${percent(share)}" height="8"/></svg></td><td>${escapeHtml(shown(value))}</td></tr>`,
  );
  return `${title}<table class="bars">${rows.join('')}</table>`;
}

function chart(head: ExportedHead, heading: (text: string) => string): string {
  const { slots, slotMs } = head.usageOverTime;
  const drawn = timeChart(slots, slotMs);
  if (!drawn) return '';
  const rects = drawn.columns.flatMap(({ x, width, parts }) => {
    let y = 100;
    return parts.map(({ kind, share }) => {
      y -= share * 100;
      return share === 0
        ? ''
        : `<rect class="${kind}" x="${percent(x)}" y="${y.toFixed(2)}" width="${percent(Math.max(width * 0.9, 0.002))}" height="${(share * 100).toFixed(2)}"/>`;
    });
  });
  const line = drawn.cost
    .map(({ x, y }) => `${percent(x)},${(100 - y * 100).toFixed(2)}`)
    .join(' ');
  const total = groupDigits(totalTokens(head.usage));
  const alternative = `${total} tokens and ${formatCost(head.usage.costMicrodollars)} from ${shownTime(drawn.from)} to ${shownTime(drawn.to)}; at most ${groupDigits(drawn.mostTokens)} tokens in one slot.`;
  const legend = tokenKinds
    .map((kind) => `<span class="${kind}">${TOKEN_WORDS[kind]}</span>`)
    .join('');
  return `${heading('Tokens and cost over time')}<figure><svg class="time" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(alternative)}">${rects.join('')}<polyline points="0,100 ${line}"/></svg>
<figcaption><span class="legend">${legend}<span class="cost">Cost so far, to ${formatCost(drawn.costMicrodollars)}</span></span><span class="quiet">${escapeHtml(alternative)}</span></figcaption></figure>`;
}

function percent(share: number): string {
  return (share * 100).toFixed(2);
}

/** Text in which nothing is markup, also within an attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/gu, '\uFFFD');
}
