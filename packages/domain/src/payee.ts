/** Digits as people write them in groups: `081-234 5678` is `0812345678`. */
export const withoutSpaces = (text: string): string => text.replace(/[\s-]/g, '')

/** A Thai mobile number, or a citizen or tax id of 13 digits: what PromptPay transfers to. Without spaces. */
export const PROMPTPAY_ID = /^(0[689]\d{8}|\d{13})$/

/** The number of a Thai bank account, without spaces. */
export const ACCOUNT_NUMBER = /^\d{10,15}$/
