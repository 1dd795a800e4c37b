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

/** An expired access token is renewed and the request sent once more; the caller never sees it. */
async function sendRenewing(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const sentWith = accessToken
  const response = await fetch(input, init)
  if (response.status !== 401 || sentWith === undefined) return response
  if (accessToken === sentWith && !(await refreshAccess())) return response
  return fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...authHeaders() } })
}

/** A path of ours that is no contract, such as a picture not yet on sale, asked for as the signed-in person. */
export const fetchAsUser = (path: string, signal: AbortSignal): Promise<Response> =>
  sendRenewing(path, { headers: authHeaders(), signal })

const plain = createClient({ baseUrl: '/api' })
export const { call, follow } = createClient({ baseUrl: '/api', headers: authHeaders, fetch: sendRenewing })
