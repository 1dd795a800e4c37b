export { sellerOf } from './read-seller.ts'
export { sellerRoutes } from './routes.ts'
