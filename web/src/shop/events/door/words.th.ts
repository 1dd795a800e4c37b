import { doorTh } from './messages.th.ts'

export const words = { door: doorTh }
