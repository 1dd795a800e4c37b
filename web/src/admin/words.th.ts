import { peopleTh } from './people/messages.th.ts'
import { revenueTh } from './revenue/messages.th.ts'

export const words = {
  people: peopleTh,
  revenue: revenueTh,
}
