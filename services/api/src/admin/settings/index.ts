export { letterRoutes } from './letters/routes.ts'
export { settingsRoutes } from './routes.ts'
