import { giftsTh } from './messages.th.ts'

export const words = { gifts: giftsTh }
