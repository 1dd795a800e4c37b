import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
/** Clocks of phones may be one step off, either way (RFC 6238, 5.2). */
const DRIFT_STEPS = 1
/** RFC 4226, 4: at least 16 bytes, 20 recommended. */
const SECRET_BYTES = 20
/** Shown by the app beside the account. */
const ISSUER = 'ThePixStock'

/** A new secret, in base32. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** SHA-1, six digits, 30 s: what every authenticator app understands. */
const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  })

/** The `otpauth:` address that an app reads from a QR code. */
export const otpauthOf = (secret: string, email: string): string => totpOf(secret, email).toString()

/** The time step whose code this is, of the present one and its neighbours; null when it is none of them. */
export function stepOf(secret: string, code: string, at: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = at.getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: DRIFT_STEPS })
  return delta === null ? null : TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta
}
