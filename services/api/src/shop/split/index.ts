export { eventRuleInForce, sharesInForce } from './freeze-shares.ts'
export { splitRoutes } from './routes.ts'
