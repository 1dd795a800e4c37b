import { photosEn } from './upload/messages.en.ts'

export const words = {
  photos: photosEn,
}
