export { readSearchQuality } from './read-search-quality.ts'
export { startKeepingHours } from './keep-hours.ts'
export { statisticsRoutes } from './routes.ts'
