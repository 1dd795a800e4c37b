import { takedownTh } from './messages.th.ts'

export const words = { takedown: takedownTh }
