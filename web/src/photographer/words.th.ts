import { chooseTh } from './crew/messages.th.ts'
import { uploadTh } from './upload/messages.th.ts'

export const words = {
  choose: chooseTh,
  upload: uploadTh,
}
