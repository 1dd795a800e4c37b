export { recordSale, recordUnapplied } from './record-sale.ts'
export { revenueRoutes } from './routes.ts'
