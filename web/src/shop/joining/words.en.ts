import { joiningEn } from './messages.en.ts'

export const words = { joining: joiningEn }
