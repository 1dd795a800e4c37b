import { joiningTh } from './messages.th.ts'

export const words = { joining: joiningTh }
