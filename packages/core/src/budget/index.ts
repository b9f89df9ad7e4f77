export { forecastBudget } from './forecast.js';
