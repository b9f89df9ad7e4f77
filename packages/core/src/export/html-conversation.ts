import { groupDigits, visibleText } from '@claude-optimizer/protocol';
import type { ExportedPassage, ExportedTool } from './exported-passage.js';
import { shownTime } from './figures.js';
import { htmlSaid } from './html-said.js';
import { escapeHtml } from './html.js';
import { cutNote, enclosureWords, toolOutcome } from './passage-words.js';

/** A conversation as HTML, passage by passage: what tools did and subagents is there to be opened. */
export class HtmlConversation {
  #depth = 0;

  passage(passage: ExportedPassage): string {
    if (passage.kind === 'thread') {
      const before = this.#upTo(passage.depth - 1);
      this.#depth = passage.depth;
      return `${before}<details class="thread"><summary>${summary(passage.who, passage.text)}</summary>\n`;
    }
    return this.#upTo(passage.depth) + shown(passage);
  }

  /** Closes what is open. */
  end(): string {
    return this.#upTo(0);
  }

  #upTo(depth: number): string {
    const closed = Math.max(this.#depth - depth, 0);
    this.#depth = Math.min(this.#depth, depth);
    return '</details>\n'.repeat(closed);
  }
}

function shown(passage: ExportedPassage): string {
  const { kind, who, text, length, tool } = passage;
  switch (kind) {
    case 'prompt':
    case 'error':
      return section(passage, plain(text) + enclosures(passage));
    case 'answer':
      return section(passage, htmlSaid(text));
    case 'output':
      return section(passage, `<pre>${escapeHtml(visibleText(text))}</pre>`);
    case 'thinking':
    case 'folded':
      return folded(kind, summary(who, `${groupDigits(length)} characters`), body(passage));
    case 'note':
      return `<p class="note"><b>${words(who)}</b> ${words(text)}</p>\n`;
    case 'tool':
      return tool === null ? '' : toolCall(passage, tool);
    case 'thread':
      return '';
  }
}

function section(passage: ExportedPassage, inner: string): string {
  const { kind, who, at } = passage;
  const time = at === null ? '' : ` <time datetime="${at}">${shownTime(at)}</time>`;
  const note = cutNote(passage);
  return `<section class="${kind}"><p class="who"><b>${words(who)}</b>${time}</p>${inner}${note === '' ? '' : `<p class="quiet">${note}</p>`}</section>\n`;
}

function body(passage: ExportedPassage): string {
  const note = cutNote(passage);
  return plain(passage.text) + (note === '' ? '' : `<p class="quiet">${note}</p>`);
}

function toolCall({ text, at }: ExportedPassage, tool: ExportedTool): string {
  const { name, outcome, input, inputCut, language, result, resultLength } = tool;
  const failed = outcome === null || outcome === 'ok' ? '' : ' failed';
  const title = at === null ? '' : ` title="${shownTime(at)}"`;
  const label = `<b${title}>${words(name === '' ? 'Result' : name)}</b> <code>${words(text)}</code> <span class="quiet">${words(toolOutcome(tool))}</span>`;
  const given =
    input === ''
      ? ''
      : language === 'diff'
        ? diff(input)
        : `<pre>${escapeHtml(visibleText(input))}</pre>`;
  const cut = inputCut ? '<p class="quiet">Cut: the transcript has all of it.</p>' : '';
  const answer =
    resultLength === 0
      ? ''
      : `<p class="quiet">${cutNote({ text: result, length: resultLength }) || 'Result'}</p><pre>${escapeHtml(visibleText(result))}</pre>`;
  return folded(`tool${failed}`, label, given + cut + answer);
}

function diff(text: string): string {
  const lines = visibleText(text)
    .split('\n')
    .map((line) => {
      const name = line.startsWith('+') ? 'ins' : line.startsWith('-') ? 'del' : '';
      const shownLine = escapeHtml(line);
      return name === '' ? shownLine : `<${name}>${shownLine}</${name}>`;
    });
  return `<pre class="diff">${lines.join('\n')}</pre>`;
}

function folded(kind: string, label: string, inner: string): string {
  if (inner === '') return `<p class="${kind} line">${label}</p>\n`;
  return `<details class="${kind}"><summary>${label}</summary>${inner}</details>\n`;
}

function summary(who: string, text: string): string {
  return `<b>${words(who)}</b> <span class="quiet">${words(text)}</span>`;
}

function plain(text: string): string {
  return text === '' ? '' : `<div dir="auto" class="said">${escapeHtml(visibleText(text))}</div>`;
}

function enclosures(passage: ExportedPassage): string {
  return enclosureWords(passage)
    .map((one) => `<p class="quiet">Enclosed: ${words(one)}</p>`)
    .join('');
}

function words(text: string): string {
  return escapeHtml(visibleText(text));
}
