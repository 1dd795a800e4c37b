export { endDifference } from './end-difference.ts'
export { reconciliationRoutes } from './routes.ts'
export { settlementRoutes } from './settlements/routes.ts'
export { startReconciling } from './start-reconciling.ts'
