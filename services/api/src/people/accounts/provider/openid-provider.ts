import { cleanEmail } from '@pix/contracts/email.ts'
import * as openid from 'openid-client'
import { Problem } from '../../../base/problem.ts'
import type { Settings } from '../../../settings.ts'
import type { Attempt } from './attempt.ts'

const TIMEOUT_SECONDS = 10

/** Who somebody is, as the provider says. */
export interface Identity {
  issuer: string
  /** The provider's name for its account, which never changes. */
  subject: string
  /** Null where it gave none, or none that can be mailed. */
  email: string | null
  emailVerified: boolean
  name: string | null
}

/** The OpenID provider of the settings. */
export interface OpenidProvider {
  name: string
  issuer: string
  /** The page to send the browser to. @throws Problem `provider_unavailable` */
  begin(attempt: Attempt): Promise<URL>
  /**
   * Redeems what the browser came back with.
   *
   * @param search the query of the address, as it stands there
   * @throws Problem `provider_refused` or `provider_unavailable`
   */
  finish(search: string, attempt: Attempt): Promise<Identity>
}

/** Null without settings: then nobody signs in by a provider. */
export function openProvider(settings: Settings): OpenidProvider | null {
  const { OIDC_NAME: name, OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings
  if (clientId === undefined || clientSecret === undefined) return null
  const redirectUri = `${settings.PUBLIC_ORIGIN}/login/provider`
  let found: Promise<openid.Configuration> | undefined

  /**
   * The provider is asked for its configuration at first use, and again after a failure: the shop starts without it.
   */
  const configuration = (): Promise<openid.Configuration> => {
    const insecure = issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []
    found ??= openid
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        // Signatures are checked as well, though the tokens come from the provider itself.
        execute: [openid.enableNonRepudiationChecks, ...insecure],
        timeout: TIMEOUT_SECONDS,
      })
      .catch((error: unknown) => {
        found = undefined
        throw error
      })
    return found
  }

  return {
    name,
    issuer,
    begin: async ({ state, nonce, codeVerifier }) => {
      const config = await configuration().catch(asProblem)
      return openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      })
    },
    finish: async (search, attempt) => {
      try {
        return await redeem(await configuration(), new URL(`${redirectUri}?${search.replace(/^\?/, '')}`), attempt)
      } catch (error) {
        return asProblem(error)
      }
    },
  }
}

async function redeem(
  config: openid.Configuration,
  returned: URL,
  { state, nonce, codeVerifier }: Attempt,
): Promise<Identity> {
  const tokens = await openid.authorizationCodeGrant(config, returned, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  })
  const { iss, sub, ...inToken } = tokens.claims()!
  // Some providers state the address only at their userinfo endpoint.
  const said = inToken['email'] ? inToken : await openid.fetchUserInfo(config, tokens.access_token, sub)
  const { email, email_verified: verified, name } = said
  return {
    issuer: iss,
    subject: sub,
    email: typeof email === 'string' ? cleanEmail(email) : null,
    emailVerified: verified === true,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 100) : null,
  }
}

/** What the library throws for a network that failed; everything else is an answer that will not do. */
const AWAY = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'])

function asProblem(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isAway = (error instanceof TypeError && code === '') || AWAY.has(code)
  throw new Problem(isAway ? 'provider_unavailable' : 'provider_refused')
}
