import { hash, verify } from '@node-rs/argon2'

/** argon2id (the library's default algorithm) with OWASP's parameters: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

const decoy = hashPassword('no account has this password')

/**
 * Compares in about the same time whether the account exists or not: where there is no account, or no password, a decoy
 * is compared (spec/80). @param stored null for an account that does not exist
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const isHash = stored?.startsWith('$argon2id$') === true
  const fits = await verify(isHash ? stored : await decoy, password).catch(() => false)
  return fits && isHash
}
