import { bundleEn } from './bundle/messages.en.ts'
import { chooseEn } from './crew/messages.en.ts'
import { deskEn } from './desk/messages.en.ts'
import { earningsEn } from './earnings/messages.en.ts'
import { payoutsEn } from './payouts/messages.en.ts'
import { myPhotosEn } from './photos/messages.en.ts'
import { uploadEn } from './upload/messages.en.ts'

export const words = {
  bundle: bundleEn,
  choose: chooseEn,
  desk: deskEn,
  earnings: earningsEn,
  payouts: payoutsEn,
  myPhotos: myPhotosEn,
  upload: uploadEn,
}
