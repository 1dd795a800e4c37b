export { startTellingStatements } from './tell-statements.ts'
export { revenueRoutes } from './routes.ts'
