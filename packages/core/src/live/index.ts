export { attention, attentions, type Attention } from './attention.js';
export { firstFigures, type FirstFigure } from './first-figures.js';
export { belowHeadline, headline, type AttentionCounts } from './headline.js';
