import { momentsTh } from './messages.th.ts'

export const words = { moments: momentsTh }
