import { alertsTh } from './messages.th.ts'

export const words = { alerts: alertsTh }
