import { eventFiltersEn } from './messages.en.ts'

export const words = { eventFilters: eventFiltersEn }
