import { statusEn } from './messages.en.ts'

export const words = { status: statusEn }
