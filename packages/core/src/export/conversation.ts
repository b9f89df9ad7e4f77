export { HtmlConversation } from './html-conversation.js';
export { markdownPassage } from './markdown-conversation.js';
