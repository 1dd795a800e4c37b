import { z } from 'zod'

/** The environment of the simulator. It is a development service: with MODE=production it does not start. */
export const Settings = z.object({
  MODE: z.literal('development', 'the gateway simulator is never run in production').default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  PAYNOI_API_KEY: z.string().min(1),
  /** Default: the API key (spec/40). */
  PAYNOI_WEBHOOK_SECRET: z.string().min(1).optional(),
  /** Where payments are announced; without it none is announced and the shop has to ask. */
  PAYNOI_WEBHOOK_URL: z.url().optional(),
  /** With it the simulator speaks Omise's protocol too, under `/omise`. */
  OMISE_SECRET_KEY: z.string().min(1).optional(),
  /** Base64; two while they are being changed, comma-separated. Each event is signed by all. */
  OMISE_WEBHOOK_SECRETS: z.string().min(1).optional(),
  OMISE_WEBHOOK_URL: z.url().optional(),
  /** File in which charges are kept over a restart; without it they are forgotten. */
  PAYNOI_BOOKS: z.string().min(1).optional(),
})
export type Settings = z.output<typeof Settings>
