export { eventRuleInForce, sharesInForce } from './freeze-shares.ts'
