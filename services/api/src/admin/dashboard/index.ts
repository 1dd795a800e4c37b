export { readPhotoCounts } from './read-events.ts'
export { dashboardRoutes } from './routes.ts'
export { startWatchingShop } from './watch-shop.ts'
