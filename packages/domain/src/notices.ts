const HOUR_MS = 3_600_000

/** A maintenance is announced at least so long before it begins; the database holds it, too. */
export const ANNOUNCED_MS = 72 * HOUR_MS
/** Pages of the shop say so long before that a maintenance will begin. */
export const NOTICE_LINE_MS = 24 * HOUR_MS
/** The status page shows what is over for so many days. */
export const STATUS_DAYS = 90
