/** The number of a line of a payout, which the bank's file, pages and letters name: `PO-2026-000012/3`. */
export const lineNumber = (batchNumber: string, { position }: { position: number }): string =>
  `${batchNumber}/${position}`
