import { offlineTh } from './messages.th.ts'

export const words = { offline: offlineTh }
