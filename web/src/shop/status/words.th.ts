import { statusTh } from './messages.th.ts'

export const words = { status: statusTh }
