export { capsLeft, type CapsLeft } from './caps.js';
export { forecastBudget } from './forecast.js';
export {
  BUDGET_LEVELS,
  judge,
  levelOf,
  percentOf,
  type BudgetLevel,
  type Judgement,
} from './judge.js';
