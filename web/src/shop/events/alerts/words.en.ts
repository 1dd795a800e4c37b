import { alertsEn } from './messages.en.ts'

export const words = { alerts: alertsEn }
