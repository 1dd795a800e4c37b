import { staffProblemsTh } from './problems.th.ts'
import { bundleTh } from './bundle/messages.th.ts'
import { camerasTh } from './cameras/messages.th.ts'
import { chooseTh } from './crew/messages.th.ts'
import { dayTh } from './day/messages.th.ts'
import { earningsTh } from './earnings/messages.th.ts'
import { leaveTh } from './leave/messages.th.ts'
import { lettersTh } from './letters/messages.th.ts'
import { morningTh } from './morning/messages.th.ts'
import { payoutsTh } from './payouts/messages.th.ts'
import { myPhotosTh } from './photos/messages.th.ts'
import { portfolioTh } from './portfolio/messages.th.ts'
import { uploadTh } from './upload/messages.th.ts'

export const words = {
  problems: staffProblemsTh,
  bundle: bundleTh,
  cameras: camerasTh,
  choose: chooseTh,
  day: dayTh,
  earnings: earningsTh,
  leave: leaveTh,
  myLetters: lettersTh,
  morning: morningTh,
  payouts: payoutsTh,
  myPhotos: myPhotosTh,
  portfolio: portfolioTh,
  upload: uploadTh,
}
