export { decoded, DEEPEST, linkAddress, readMarkdown } from './read-markdown.js';
