import { z } from 'zod'

/** Exit status for a configuration fault (sysexits.h EX_CONFIG). */
const EX_CONFIG = 78

/** Parses a service's environment. Every fault is printed and the process ends with 78: it never starts half set up. */
export function readSettings<S extends z.ZodType>(schema: S, environment: NodeJS.ProcessEnv): z.output<S> {
  const parsed = schema.safeParse(environment)
  if (parsed.success) return parsed.data
  process.stderr.write('The settings in the environment are not complete:\n')
  for (const issue of parsed.error.issues) process.stderr.write(`  ${issue.path.join('.')}: ${issue.message}\n`)
  process.exit(EX_CONFIG)
}

/** What every service is told. MODE decides what is allowed; NODE_ENV decides nothing. */
export const CommonSettings = z.object({
  MODE: z.enum(['development', 'production']),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535),
})

export const StorageSettings = z.object({
  STORAGE_DRIVER: z.enum(['s3', 'fs']),
  STORAGE_ENDPOINT: z.url().optional(),
  STORAGE_REGION: z.string().default('us-east-1'),
  STORAGE_ACCESS_KEY: z.string().optional(),
  STORAGE_SECRET_KEY: z.string().optional(),
  /** Origin that browsers reach the storage by; signed addresses are made for it. */
  STORAGE_PUBLIC_URL: z.url(),
  STORAGE_FS_ROOT: z.string().optional(),
  STORAGE_SIGNING_KEY: z.string().min(32).optional(),
})

/** What a picture may measure: the api reads it from the header, the worker from the picture itself (spec/20 "Upload"). */
export const PictureSettings = z.object({
  UPLOAD_MAX_PIXELS: z.coerce.number().int().min(1).default(120_000_000),
  /** Pixels on the longer side that a photo for sale has at least; selfies have no such limit. */
  UPLOAD_MIN_SIDE: z.coerce.number().int().min(1).default(600),
  SELFIE_MAX_PIXELS: z.coerce.number().int().min(1).default(50_000_000),
  /** Memory that decoding one picture may take: HEIC and AVIF are held whole, several times over. */
  PHOTO_DECODE_MEGABYTES: z.coerce.number().int().min(1).default(800),
  SELFIE_DECODE_MEGABYTES: z.coerce.number().int().min(1).default(400),
})

const DEVELOPMENT_SECRET = /^(dev|demo|test|change)/i

/** A `superRefine` for a service's schema: in production none of the named settings may be a development default. */
export const refuseDevelopmentSecrets =
  (...names: string[]) =>
  (settings: { MODE: string }, context: z.RefinementCtx): void => {
    if (settings.MODE !== 'production') return
    for (const name of names) {
      const values = [(settings as Record<string, unknown>)[name]].flat()
      if (values.some(value => typeof value === 'string' && DEVELOPMENT_SECRET.test(value))) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'is a development default; set a secret of your own',
        })
      }
    }
  }
