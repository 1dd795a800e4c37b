import { hideMeTh } from './hide-me/messages.th.ts'
import { facesTh } from './messages.th.ts'
import { notifyOfMeTh } from './notify/messages.th.ts'

export const words = { faces: facesTh, hideMe: hideMeTh, notifyOfMe: notifyOfMeTh }
