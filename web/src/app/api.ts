import * as auth from '@pix/contracts/auth.ts'
import { createClient, type ProblemError } from '@pix/contracts/client.ts'

/** Lives in memory only: a script that steals storage finds nothing. The refresh cookie brings it back. */
let accessToken: string | undefined
let refreshing: Promise<boolean> | undefined

/** What every request carries, uploads by XMLHttpRequest included. */
export const authHeaders = (): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }

export function setAccessToken(token: string | undefined): void {
  accessToken = token
}

/** Asks for a new access token once, however many requests found theirs expired. False when the sign-in is over. */
export function refreshAccess(): Promise<boolean> {
  refreshing ??= plain
    .call(auth.refresh, {})
    .then(
      signedIn => {
        setAccessToken(signedIn.accessToken)
        return true
      },
      (error: ProblemError) => {
        if (error.status === 401) setAccessToken(undefined)
        return false
      },
    )
    .finally(() => {
      refreshing = undefined
    })
  return refreshing
}

let hasWritten = false
let firstWrites: Promise<unknown> = Promise.resolve()

/**
 * The first write of a visit begins the visitor's session. Until one has been answered writes go one after the other:
 * two at once would begin two sessions, and the cookie of one would be lost with all that it did.
 */
function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (hasWritten || init?.method === undefined || init.method === 'GET') return fetch(input, init)
  const sent = firstWrites.then(() => fetch(input, init))
  firstWrites = sent.then(
    () => (hasWritten = true),
    () => undefined,
  )
  return sent
}

/** An expired access token is renewed and the request sent once more; the caller never sees it. */
async function sendRenewing(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const sentWith = accessToken
  const response = await send(input, init)
  if (response.status !== 401 || sentWith === undefined) return response
  if (accessToken === sentWith && !(await refreshAccess())) return response
  return fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...authHeaders() } })
}

/** A path of ours that is no contract, such as a picture not yet on sale, asked for as the signed-in person. */
export const fetchAsUser = (path: string, signal: AbortSignal): Promise<Response> =>
  sendRenewing(path, { headers: authHeaders(), signal })

const plain = createClient({ baseUrl: '/api' })
export const { call, follow } = createClient({ baseUrl: '/api', headers: authHeaders, fetch: sendRenewing })
