import { hideMeEn } from './hide-me/messages.en.ts'
import { facesEn } from './messages.en.ts'
import { notifyOfMeEn } from './notify/messages.en.ts'

export const words = { faces: facesEn, hideMe: hideMeEn, notifyOfMe: notifyOfMeEn }
