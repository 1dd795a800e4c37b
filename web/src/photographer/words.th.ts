import { bundleTh } from './bundle/messages.th.ts'
import { chooseTh } from './crew/messages.th.ts'
import { earningsTh } from './earnings/messages.th.ts'
import { payoutsTh } from './payouts/messages.th.ts'
import { uploadTh } from './upload/messages.th.ts'

export const words = {
  bundle: bundleTh,
  choose: chooseTh,
  earnings: earningsTh,
  payouts: payoutsTh,
  upload: uploadTh,
}
