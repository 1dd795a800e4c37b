import { takedownEn } from './messages.en.ts'

export const words = { takedown: takedownEn }
