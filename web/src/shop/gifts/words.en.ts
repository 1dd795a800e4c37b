import { giftsEn } from './messages.en.ts'

export const words = { gifts: giftsEn }
