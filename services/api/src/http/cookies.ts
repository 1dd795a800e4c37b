import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from '../settings.ts'

/**
 * All cookies that the shop sets: the visitor's session, for all pages; and for `/api/auth` alone the refresh token,
 * the mark of a browser that signed in before, a sign-in that waits for its second step, and one that is at the
 * provider. On https their prefixes keep other hosts of the domain, and anybody between, from setting one here;
 * browsers refuse the prefixes on http.
 */
const NAMES = {
  session: { https: '__Host-pix_session', http: 'pix_session', path: '/', sameSite: 'lax' },
  refresh: { https: '__Secure-pix_refresh', http: 'pix_refresh', path: '/api/auth', sameSite: 'strict' },
  device: { https: '__Secure-pix_device', http: 'pix_device', path: '/api/auth', sameSite: 'strict' },
  challenge: { https: '__Secure-pix_challenge', http: 'pix_challenge', path: '/api/auth', sameSite: 'strict' },
  attempt: { https: '__Secure-pix_attempt', http: 'pix_attempt', path: '/api/auth/provider', sameSite: 'strict' },
} as const
type Kind = keyof typeof NAMES

/** 32 bytes. Tokens of the prefixed cookie begin with a mark, so that none of them is accepted in the plain one. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/
const MARKED_TOKEN = /^1?[A-Za-z0-9_-]{43}$/

const isHttps = (settings: Settings): boolean => settings.PUBLIC_ORIGIN.startsWith('https:')

export const sessionCookieName = (settings: Settings): string =>
  isHttps(settings) ? NAMES.session.https : NAMES.session.http

/** A new token for the session's cookie. */
export const newSessionToken = (settings: Settings): string =>
  (isHttps(settings) ? '1' : '') + randomBytes(32).toString('base64url')

/**
 * The visitor's token, where it has the right form; whether its row exists is not asked. The plain cookie was once the
 * only one. On https it is still read while sessions of that time live, and no newer session is accepted by it.
 */
export function sessionToken({ cookies }: FastifyRequest): string | null {
  const prefixed = cookies[NAMES.session.https]
  if (prefixed !== undefined && MARKED_TOKEN.test(prefixed)) return prefixed
  const plain = cookies[NAMES.session.http]
  return plain !== undefined && TOKEN.test(plain) ? plain : null
}

/** The refresh token, under its present or its earlier name. */
export const refreshToken = ({ cookies }: FastifyRequest): string | undefined =>
  cookies[NAMES.refresh.https] ?? cookies[NAMES.refresh.http]

/** What this browser is known by to accounts that signed in here before. */
export function deviceToken({ cookies }: FastifyRequest): string | null {
  const token = cookies[NAMES.device.https] ?? cookies[NAMES.device.http]
  return token !== undefined && TOKEN.test(token) ? token : null
}

/** The token of a sign-in that waits for its second step. */
export const challengeToken = (settings: Settings, { cookies }: FastifyRequest): string | undefined =>
  cookies[isHttps(settings) ? NAMES.challenge.https : NAMES.challenge.http]

/** The token of a sign-in that is at the provider. */
export const attemptToken = (settings: Settings, { cookies }: FastifyRequest): string | undefined =>
  cookies[isHttps(settings) ? NAMES.attempt.https : NAMES.attempt.http]

/** Whether the token came under the plain name although this site has a better one. */
export const isOldName = (settings: Settings, { cookies }: FastifyRequest, kind: Kind): boolean =>
  isHttps(settings) && cookies[NAMES[kind].http] !== undefined

/** Sets a cookie for so many days; what came under its plain name is taken away on https. */
export function setCookie(
  settings: Settings,
  reply: FastifyReply,
  kind: Kind,
  { token, days }: { token: string; days: number },
): void {
  const { path, sameSite, https, http } = NAMES[kind]
  const secure = isHttps(settings)
  reply.setCookie(secure ? https : http, token, {
    path,
    sameSite,
    secure,
    httpOnly: true,
    maxAge: Math.round(days * 86_400),
  })
  if (isOldName(settings, reply.request, kind)) reply.clearCookie(http, { path, sameSite, secure, httpOnly: true })
}

/** Takes a cookie away, by both of its names where it came by the plain one. */
export function clearCookie(settings: Settings, reply: FastifyReply, kind: Kind): void {
  const { path, sameSite, https, http } = NAMES[kind]
  const how = { path, sameSite, secure: isHttps(settings), httpOnly: true } as const
  reply.clearCookie(how.secure ? https : http, how)
  if (isOldName(settings, reply.request, kind)) reply.clearCookie(http, how)
}
