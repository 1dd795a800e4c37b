import { hash, verify } from '@node-rs/argon2'

/** argon2id (the library's default algorithm) with OWASP's parameters: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

let decoy: Promise<string> | undefined

/**
 * Compares in about the same time whether the account exists or not: without one a decoy is hashed (spec/80).
 * @param stored null for an account that does not exist
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password')
  try {
    const fits = await verify(stored ?? (await decoy), password)
    return fits && stored !== null
  } catch {
    return false // not a hash: an account that cannot sign in by password
  }
}
