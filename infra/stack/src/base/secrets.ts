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
] as const

/** `storageKmsKey` is what MinIO encrypts with at rest: 32 bytes in base64. */
export type Secrets = Record<(typeof NAMES)[number] | 'storageKmsKey', string>

/** The stack's generated secrets: made once, kept in the data folder, readable by this user only. */
export function loadSecrets(data: string): Secrets {
  const file = join(data, 'secrets.json')
  mkdirSync(data, { recursive: true })
  const known = read(file)
  const fresh = Object.fromEntries(NAMES.map(name => [name, randomBytes(32).toString('hex')]))
  const secrets = { ...fresh, storageKmsKey: randomBytes(32).toString('base64'), ...known } as Secrets
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
