export { contentOf } from './content.js';
export { planTitle, planWords } from './plan-words.js';
export { readPlanText, type PlanText } from './read-plan-text.js';
