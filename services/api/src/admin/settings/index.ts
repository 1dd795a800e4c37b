export { letterRoutes } from './letters/routes.ts'
export { refusedAddressRoutes } from './refused/routes.ts'
export { settingsRoutes } from './routes.ts'
