import { momentsEn } from './messages.en.ts'

export const words = { moments: momentsEn }
