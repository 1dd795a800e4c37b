import { transferTh } from './messages.th.ts'

export const words = { transfer: transferTh }
