import { createHash } from 'node:crypto'

/**
 * What the database keeps of a token that a cookie or a letter's link brings: its SHA-256, hex. A token has 32 random bytes,
 * so its hash needs no salt.
 */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
