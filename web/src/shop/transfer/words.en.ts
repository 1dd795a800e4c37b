import { transferEn } from './messages.en.ts'

export const words = { transfer: transferEn }
