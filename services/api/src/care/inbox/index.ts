export { differenceLineRoutes } from './difference/routes.ts'
export { countByKind } from './list-lines.ts'
export { inboxRoutes } from './routes.ts'
export { slipLineRoutes } from './slip/routes.ts'
