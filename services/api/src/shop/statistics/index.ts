export { startKeepingHours } from './keep-hours.ts'
export { statisticsRoutes } from './routes.ts'
