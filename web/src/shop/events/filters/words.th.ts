import { eventFiltersTh } from './messages.th.ts'

export const words = { eventFilters: eventFiltersTh }
