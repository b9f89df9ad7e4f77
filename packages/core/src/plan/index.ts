export { contentOf } from './content.js';
export { readPlanText, type PlanText } from './read-plan-text.js';
