export { pageRoutes } from './pages/routes.ts'
export { packagesOfEvent } from './queries.ts'
export { quoteForEvent } from './quote-for-event.ts'
export { pricingRoutes } from './routes.ts'
