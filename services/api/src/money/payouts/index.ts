export { erasePayeeAccounts } from './erase-accounts.ts'
export { namesOf } from './names-of.ts'
export { ownPayoutRoutes } from './own/routes.ts'
export { payoutRoutes } from './routes.ts'
