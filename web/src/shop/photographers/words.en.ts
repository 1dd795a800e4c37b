import { photographersEn } from './messages.en.ts'

export const words = { photographers: photographersEn }
