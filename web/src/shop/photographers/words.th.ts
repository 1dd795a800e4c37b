import { photographersTh } from './messages.th.ts'

export const words = { photographers: photographersTh }
