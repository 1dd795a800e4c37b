/** Our reference of an attempt: `PX-2026-000123`, second attempt, is `PX26000123A2`. */
export const referenceOf = (number: string, attempt: number): string =>
  `${number.replace(/^PX-\d\d(\d\d)-/, 'PX$1')}A${attempt}`
