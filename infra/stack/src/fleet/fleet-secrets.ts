import { randomBytes } from 'node:crypto'

const WORDS = ['postgres_password', 'owner_password', 'app_password', 'exporter_password', 'redis_password']
const SECRETS = ['storage_secret_key', 'backup_secret_key', 'backup_cipher', 'camera_hook_secret', 'jwt_secret']
/** In base64, of 32 bytes. */
const KEYS = ['storage_kms_key', 'backup_kms_key']

/** The secrets that a fleet makes for itself, as variables of its vault. Those of the bank and the mail server are theirs. */
export function makeFleetSecrets(): Record<string, string> {
  const hex = [...WORDS, ...SECRETS].map(name => [`vault_${name}`, randomBytes(32).toString('hex')])
  const keys = KEYS.map(name => [`vault_${name}`, randomBytes(32).toString('base64')])
  const column = ['vault_column_keys', `k1:${randomBytes(32).toString('base64')}`]
  return Object.fromEntries([...hex, ...keys, column])
}
