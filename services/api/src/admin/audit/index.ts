export { auditRoutes } from './routes.ts'
export { startSealing } from './start-sealing.ts'
