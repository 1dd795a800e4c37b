import { createHash } from 'node:crypto'
import jwt from '@fastify/jwt'
import type { Role } from '@pix/contracts/auth.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../base/deps.ts'

export const ACCESS_TOKEN_SECONDS = 900

/** What an access token says: user, role, and the session version it was made for. */
export interface AccessToken {
  sub: string
  role: Role
  sv: number
}

/** @returns null for a token that none of our keys has signed, or whose time is over */
export type ReadAccessToken = (token: string) => AccessToken | null

/** Identifies the key that signed a token. It does not reveal the key. */
const keyId = (secret: string): string => createHash('sha256').update(`kid ${secret}`).digest('base64url').slice(0, 8)

/**
 * Makes `app.jwt.sign` sign with the present key, and reads what it or an earlier one has signed, found by the token's
 * `kid`: keys can be changed while people are signed in (see the settings).
 */
export async function acceptAccessTokens(app: FastifyInstance, { settings, now }: Deps): Promise<ReadAccessToken> {
  const { JWT_SECRET: present, JWT_PREVIOUS_SECRETS: earlier } = settings
  const keys = new Map([present, ...earlier].map(secret => [keyId(secret), secret]))
  await app.register(jwt, {
    secret: present,
    sign: { algorithm: 'HS256', expiresIn: ACCESS_TOKEN_SECONDS, kid: keyId(present) },
    verify: { algorithms: ['HS256'] },
  })
  return token => {
    try {
      const { header } = app.jwt.decode<{ header: { kid?: string } }>(token, { complete: true })!
      const key = keys.get(header.kid ?? '')
      return key === undefined ? null : app.jwt.verify<AccessToken>(token, { key, clockTimestamp: now().getTime() })
    } catch {
      return null
    }
  }
}
