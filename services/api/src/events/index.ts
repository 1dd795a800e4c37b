export { eventRoutes } from './routes.ts'
export { believableTimes, findSeenEvent, findWorkedEvent, isOnSale, seenByAddress, takesUploads } from './visibility.ts'
