import { approveEn } from './approve/messages.en.ts'
import { peopleEn } from './people/messages.en.ts'
import { revenueEn } from './revenue/messages.en.ts'

export const words = {
  approve: approveEn,
  people: peopleEn,
  revenue: revenueEn,
}
