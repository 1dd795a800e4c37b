export { eventRoutes } from './routes.ts'
export { findSeenEvent, findWorkedEvent, isOnSale, seenByAddress, takesUploads } from './visibility.ts'
