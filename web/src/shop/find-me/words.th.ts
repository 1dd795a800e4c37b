import { hideMeTh } from './hide-me/messages.th.ts'
import { facesTh } from './messages.th.ts'

export const words = { faces: facesTh, hideMe: hideMeTh }
