import { and, gt, isNull, type SQL } from 'drizzle-orm'
import { entitlements } from './schema/entitlements.ts'

/** SQL: the entitlement stands. What is bought stays bought after its downloads have ended. */
export const isBought = (): SQL => isNull(entitlements.closedAt)

/** SQL: the photo of the entitlement may be downloaded now. */
export const mayBeDownloaded = (at: Date): SQL => and(isBought(), gt(entitlements.until, at))!
