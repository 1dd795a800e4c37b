import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMES = [
  'postgresPassword',
  'ownerPassword',
  'appPassword',
  'redisPassword',
  'storageSecretKey',
  'storageSigningKey',
  'jwtSecret',
  'paynoiApiKey',
  'paynoiWebhookSecret',
  'omiseSecretKey',
] as const

/**
 * In base64, 32 bytes: `storageKmsKey` is what MinIO encrypts with at rest, `columnKey` what the api encrypts columns with,
 * `omiseWebhookSecret` what Omise signs with.
 */
const KEYS = ['storageKmsKey', 'columnKey', 'omiseWebhookSecret'] as const

export type Secrets = Record<(typeof NAMES)[number] | (typeof KEYS)[number], string>

/** The stack's generated secrets: made once, kept in the data folder, readable by this user only. */
export function loadSecrets(data: string): Secrets {
  const file = join(data, 'secrets.json')
  mkdirSync(data, { recursive: true })
  const known = read(file)
  const fresh = [
    ...NAMES.map(name => [name, randomBytes(32).toString('hex')]),
    ...KEYS.map(name => [name, randomBytes(32).toString('base64')]),
  ]
  const secrets = { ...Object.fromEntries(fresh), ...known } as Secrets
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}

function read(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>
  } catch {
    return {}
  }
}
