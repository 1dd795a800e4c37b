/** Satang that a gateway may add to or take off an amount, so that payers differ (spec/40). */
export const ROUNDING_LIMIT = 100
