import { guidesEn } from './guides/messages.en.ts'
import { helpEn } from './messages.en.ts'

export const words = { help: helpEn, guides: guidesEn }
