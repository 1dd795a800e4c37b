/** Bangkok has had UTC+7 without summer time since 1920. */
export const BANGKOK_MS = 7 * 3_600_000
