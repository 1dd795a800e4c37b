import { offlineEn } from './messages.en.ts'

export const words = { offline: offlineEn }
