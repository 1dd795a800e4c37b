import * as auth from '@pix/contracts/auth.ts'
import { type Client, createClient, ProblemError } from '@pix/contracts/client.ts'
import { learnServerTime } from './server-time.ts'

/**
 * The access token lives in memory only, so that a script that reads storage finds nothing. The refresh cookie brings
 * it back.
 */
let accessToken: string | undefined
let renewing: Promise<Renewal> | undefined
let notifySignIn: (user: auth.User | null) => void = () => undefined

/** What happened to a sign-in that was to be renewed. `failed`: the server gave no answer, and the sign-in may still be good. */
type Renewal = 'renewed' | 'ended' | 'failed'

/** What every request carries, uploads by XMLHttpRequest included. */
export const authHeaders = (): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }

export function setAccessToken(token: string | undefined): void {
  accessToken = token
  // A sign-out ends the visitor's session too: the next write begins a new one.
  if (token === undefined) hasWritten = false
}

/** Calls the listener after every renewal with the person signed in, and with null once the sign-in has ended. */
export function onSignInChange(listener: (user: auth.User | null) => void): void {
  notifySignIn = listener
}

/** Asks for a new access token once, however many requests found theirs expired. */
export function renewSignIn(): Promise<Renewal> {
  renewing ??= askForRenewal().finally(() => {
    renewing = undefined
  })
  return renewing
}

async function askForRenewal(): Promise<Renewal> {
  const before = accessToken
  try {
    const renewed = await plain.call(auth.refresh, {})
    setAccessToken(renewed.accessToken)
    notifySignIn(renewed.user)
    return 'renewed'
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) return 'failed'
    // Somebody may have signed in meanwhile: their sign-in has not ended.
    if (accessToken !== before) return 'renewed'
    setAccessToken(undefined)
    notifySignIn(null)
    return 'ended'
  }
}

/** Whether a write was answered since the session may have ended: then there is a session. */
let hasWritten = false
let firstWrites: Promise<unknown> = Promise.resolve()

/**
 * The first write of a visit begins the visitor's session. Until one has been answered writes go one after the other:
 * two at once would begin two sessions, and the cookie of one would be lost with all that it did.
 */
function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (hasWritten || !needsSession(input, init)) return fetch(input, init)
  const sent = firstWrites.then(() => fetch(input, init))
  firstWrites = sent.then(
    answer => (hasWritten ||= answer.ok),
    () => undefined,
  )
  return sent
}

/** Writes that begin no session: signing in and out, and being counted. */
const SESSIONLESS = /^\/api\/(auth\/|events\/[^/]+\/visits$)/
const needsSession = (input: RequestInfo | URL, init?: RequestInit): boolean =>
  init?.method !== undefined && init.method !== 'GET' && !SESSIONLESS.test(String(input))

/** An expired access token is renewed and the request sent once more; the caller never sees it. */
async function sendRenewing(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const sentWith = accessToken
  const response = await send(input, init)
  learnServerTime(response)
  if (response.status !== 401 || sentWith === undefined) return response
  if (accessToken === sentWith && (await renewSignIn()) !== 'renewed') return response
  return fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...authHeaders() } })
}

/** A path of ours that is no contract, such as a picture not yet on sale, asked for as the signed-in person. */
export const fetchAsUser = (path: string, signal: AbortSignal): Promise<Response> =>
  sendRenewing(path, { headers: authHeaders(), signal })

const plain = createClient({ baseUrl: '/api', fetch: (input, init) => fetch(input, init) })
const client = createClient({ baseUrl: '/api', headers: authHeaders, fetch: sendRenewing })
export const { follow } = client

let askForSecondFactor: () => void = () => undefined

/** Calls the listener whenever the server answers that this account has to turn its second factor on first. */
export function onSecondFactorRequired(listener: () => void): void {
  askForSecondFactor = listener
}

/** The typed client, as the person signed in. */
export const call: Client['call'] = async (contract, input, options) => {
  try {
    return await client.call(contract, input, options)
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'second_factor_required') askForSecondFactor()
    throw error
  }
}
