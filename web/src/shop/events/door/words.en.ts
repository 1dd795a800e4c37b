import { doorEn } from './messages.en.ts'

export const words = { door: doorEn }
