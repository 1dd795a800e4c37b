export { sellerOf, vatOfSeller } from './read-seller.ts'
export { sellerRoutes } from './routes.ts'
