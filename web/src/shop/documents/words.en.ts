import { documentsEn } from './messages.en.ts'

export const words = { documents: documentsEn }
