import { z } from 'zod'

/** Exit status for a configuration fault (sysexits.h EX_CONFIG). */
const EX_CONFIG = 78

/** Ends a program that must not start as it is set up, with a sentence that says why. */
export function refuseStart(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(EX_CONFIG)
}

/** Parses a service's environment. Every fault is printed and the process ends with 78: it never starts half set up. */
export function readSettings<S extends z.ZodType>(schema: S, environment: NodeJS.ProcessEnv): z.output<S> {
  const parsed = schema.safeParse(environment)
  if (parsed.success) return parsed.data
  process.stderr.write('The settings in the environment are not complete:\n')
  for (const issue of parsed.error.issues) process.stderr.write(`  ${issue.path.join('.')}: ${issue.message}\n`)
  process.exit(EX_CONFIG)
}

/** The settings of every service. MODE decides what is allowed; NODE_ENV decides nothing. */
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

/** How long things are kept, in days: of an event after it, where it has no date of its own. */
export const RetentionSettings = z.object({
  FACES_KEPT_DAYS: z.coerce.number().int().min(1).default(365),
  EVENTS_KEPT_DAYS: z.coerce.number().int().min(1).default(365),
  /** A letter, after it was sent or given up. */
  LETTERS_KEPT_DAYS: z.coerce.number().int().min(1).default(180),
})

/** What is known, guessed first or found in examples. Made secrets don't hold these words. */
const KNOWN_SECRET = /^(dev|demo|test)|change.?me|secret|passw|example|default|admin|qwerty|123456|abcdef|thepixstock/i
/** Whatever is made by a generator is longer, and has more different characters. */
const SHORTEST_SECRET = 16
const FEWEST_CHARACTERS = 8

/** Why a secret will not do; null for a good one. */
function weaknessOf(secret: string): string | null {
  if (KNOWN_SECRET.test(secret)) return 'is a development default or holds a word that is guessed; make a random one'
  if (secret.length < SHORTEST_SECRET) return `is shorter than ${SHORTEST_SECRET} characters; make a random one`
  if (new Set(secret).size < FEWEST_CHARACTERS || /^(.{1,24}?)\1+$/.test(secret)) {
    return 'repeats itself; make a random one'
  }
  return null
}

/** A `superRefine` for a service's schema: in production none of the named settings may be weak. */
export const refuseWeakSecrets =
  (...names: string[]) =>
  (settings: { MODE: string }, context: z.RefinementCtx): void => {
    if (settings.MODE !== 'production') return
    for (const name of names) {
      const values = [(settings as Record<string, unknown>)[name]].flat()
      const weaknesses = values.map(value => (typeof value === 'string' ? weaknessOf(value) : null))
      const message = weaknesses.find(weakness => weakness !== null)
      if (message) context.addIssue({ code: 'custom', path: [name], message })
    }
  }

/** A `superRefine`: in production people come by https, or their cookies would pass in clear text. */
export function refusePlainOrigin(settings: { MODE: string; PUBLIC_ORIGIN: string }, context: z.RefinementCtx): void {
  if (settings.MODE !== 'production' || settings.PUBLIC_ORIGIN.startsWith('https:')) return
  context.addIssue({ code: 'custom', path: ['PUBLIC_ORIGIN'], message: 'must begin with https:// in production' })
}
