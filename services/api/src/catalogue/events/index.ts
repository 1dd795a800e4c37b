export { alertKeys } from './alerts/ask-alert.ts'
export { createEvent } from './create-event.ts'
export { eventRoutes } from './routes.ts'
export { searchEngineRoutes } from './search-engines/routes.ts'
export { shortLinkRoutes } from './share-kit/routes.ts'
export { lookAfterCrew } from './crew/find-crew-event.ts'
export { setEventStatus } from './set-status.ts'
export {
  believableTimes,
  type EventRow,
  findSeenEvent,
  isOnSale,
  isShown,
  lockEvent,
  manageBooksOf,
  managedBy,
  manageEvent,
  photographEvent,
  organizedBy,
  seenByAddress,
  seenInLists,
  takesUploads,
  type Visiting,
  photographedBy,
  workedOnBy,
} from './visibility.ts'
