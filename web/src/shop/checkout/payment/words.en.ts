import { paymentsEn } from './messages.en.ts'

export const words = { payments: paymentsEn }
