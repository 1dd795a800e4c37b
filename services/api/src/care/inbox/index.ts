export { differenceLineRoutes } from './difference/routes.ts'
export { inboxRoutes } from './routes.ts'
export { slipLineRoutes } from './slip/routes.ts'
