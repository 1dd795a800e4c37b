import { and, gt, isNull, type SQL } from 'drizzle-orm'
import { entitlements } from './schema/entitlements.ts'

/** Of entitlements: those that stand. What is bought stays bought after its downloads have ended. */
export const isBought = (): SQL => isNull(entitlements.closedAt)

/** Of entitlements: those whose photo may be downloaded now. */
export const mayBeDownloaded = (at: Date): SQL => and(isBought(), gt(entitlements.until, at))!
