import { guidesTh } from './guides/messages.th.ts'
import { helpTh } from './messages.th.ts'

export const words = { help: helpTh, guides: guidesTh }
