import { photosTh } from './upload/messages.th.ts'

export const words = {
  photos: photosTh,
}
