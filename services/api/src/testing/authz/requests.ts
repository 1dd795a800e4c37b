import type { Ask } from './request.ts'
import { admin } from './requests-admin.ts'
import { catalogue } from './requests-catalogue.ts'
import { members } from './requests-members.ts'
import { payouts } from './requests-payouts.ts'
import { people } from './requests-people.ts'
import { secondFactor } from './requests-second-factor.ts'
import { shop } from './requests-shop.ts'

/** A valid request of each line; a line that is not here needs nothing but its address. */
export const REQUESTS: Readonly<Record<string, Ask>> = {
  ...people,
  ...secondFactor,
  ...members,
  ...catalogue,
  ...shop,
  ...payouts,
  ...admin,
}
