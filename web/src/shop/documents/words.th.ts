import { documentsTh } from './messages.th.ts'

export const words = { documents: documentsTh }
