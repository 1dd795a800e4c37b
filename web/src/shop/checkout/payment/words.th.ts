import { paymentsTh } from './messages.th.ts'

export const words = { payments: paymentsTh }
