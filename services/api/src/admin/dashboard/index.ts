export { dashboardRoutes } from './routes.ts'
export { startWatchingShop } from './watch-shop.ts'
