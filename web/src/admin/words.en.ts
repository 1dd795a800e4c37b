import { peopleEn } from './people/messages.en.ts'
import { revenueEn } from './revenue/messages.en.ts'

export const words = {
  people: peopleEn,
  revenue: revenueEn,
}
