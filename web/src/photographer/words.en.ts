import { staffProblemsEn } from './problems.en.ts'
import { bundleEn } from './bundle/messages.en.ts'
import { camerasEn } from './cameras/messages.en.ts'
import { chooseEn } from './crew/messages.en.ts'
import { dayEn } from './day/messages.en.ts'
import { earningsEn } from './earnings/messages.en.ts'
import { leaveEn } from './leave/messages.en.ts'
import { lettersEn } from './letters/messages.en.ts'
import { morningEn } from './morning/messages.en.ts'
import { payoutsEn } from './payouts/messages.en.ts'
import { myPhotosEn } from './photos/messages.en.ts'
import { portfolioEn } from './portfolio/messages.en.ts'
import { uploadEn } from './upload/messages.en.ts'

export const words = {
  problems: staffProblemsEn,
  bundle: bundleEn,
  cameras: camerasEn,
  choose: chooseEn,
  day: dayEn,
  earnings: earningsEn,
  leave: leaveEn,
  myLetters: lettersEn,
  morning: morningEn,
  payouts: payoutsEn,
  myPhotos: myPhotosEn,
  portfolio: portfolioEn,
  upload: uploadEn,
}
