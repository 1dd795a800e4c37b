import { z } from 'zod'

/** What goes wrong, on demand. A charge takes the faults in force when it is made; both can be changed later. */
export const Faults = z.strictObject({
  /** Every answer to the shop waits this long. */
  slowMs: z.coerce.number().int().min(0).max(120_000),
  /** Calls that are answered with status 500. */
  fail: z.enum(['none', 'create', 'check', 'both']),
  /** Added to the amount of a new charge; may be negative. */
  satang: z.coerce.number().int().min(-100_000).max(100_000),
  /** A new charge has no `qr_image_base64`. */
  noQrImage: z.boolean(),
  /** How long a new charge's QR lives. */
  expiresInSeconds: z.coerce.number().int().min(1).max(86_400),
  /** Webhooks sent besides the first, at the same moment. */
  duplicateWebhooks: z.coerce.number().int().min(0).max(50),
  wrongSignature: z.boolean(),
  /** The money comes, the webhook never does. */
  never: z.boolean(),
  /** The money comes when the QR has expired. */
  late: z.boolean(),
  /** The customer pays twice: the second time is a charge of its own with the same ref1. */
  secondPayment: z.boolean(),
})
export type Faults = z.output<typeof Faults>
export const FaultChange = Faults.partial()

export const NO_FAULTS: Faults = {
  slowMs: 0,
  fail: 'none',
  satang: 0,
  noQrImage: false,
  expiresInSeconds: 900,
  duplicateWebhooks: 0,
  wrongSignature: false,
  never: false,
  late: false,
  secondPayment: false,
}

/** Drops what is undefined, so that a partial change never erases a fault. */
export const withChange = (faults: Faults, change: z.output<typeof FaultChange>): Faults =>
  ({ ...faults, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) }) as Faults
