import { approveTh } from './approve/messages.th.ts'
import { peopleTh } from './people/messages.th.ts'
import { revenueTh } from './revenue/messages.th.ts'

export const words = {
  approve: approveTh,
  people: peopleTh,
  revenue: revenueTh,
}
