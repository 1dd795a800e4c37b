export { findEvent } from './find-event.ts'
export { listEvents } from './list-events.ts'
export { eventRoutes } from './routes.ts'
export { believableTimes, findSeenEvent, findWorkedEvent, isOnSale, seenByAddress, takesUploads } from './visibility.ts'
