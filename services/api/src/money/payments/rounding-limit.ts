/** Satang that a gateway may add to or take off an amount, to tell payers apart (spec/40). */
export const ROUNDING_LIMIT = 100
