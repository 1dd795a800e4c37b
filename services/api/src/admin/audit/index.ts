export { auditRoutes } from './routes.ts'
export { startSealing } from './seal-audit.ts'
