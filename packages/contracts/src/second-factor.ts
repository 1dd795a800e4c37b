import { z } from 'zod'
import { Password } from './accounts.ts'
import { Instant, Nothing } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Code, LOCKED, WRONG } from './second-step.ts'

/** The account's own password, asked again. An account without one gives none. */
export const AskedAgain = Password.optional()

/** Ten codes, each good once in the place of a code of the app. They are shown once. */
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).max(10) }).meta({ id: 'RecoveryCodes' })

export const SecondFactor = z
  .object({
    isOn: z.boolean(),
    /** The account has to have it on, by its role. */
    isRequired: z.boolean(),
    /** From then on nothing but turning it on is possible; null where it is on or not required. */
    dueAt: Instant.nullable(),
    recoveryCodesLeft: z.int().min(0).max(10),
  })
  .meta({ id: 'SecondFactor' })
export type SecondFactor = z.infer<typeof SecondFactor>

const OFF = problem('second_factor_off')

export const readSecondFactor = {
  method: 'GET',
  url: '/auth/second-factor',
  config: { access: 'user', beforeSecondFactor: true },
  schema: {
    summary: 'Whether two-factor sign-in is on, and whether it has to be',
    tags: ['auth'],
    response: { 200: SecondFactor },
  },
} as const satisfies Contract

export const beginSecondFactor = {
  method: 'POST',
  url: '/auth/second-factor',
  config: { duringMaintenance: true, access: 'user', limit: 'login', beforeSecondFactor: true },
  schema: {
    summary: 'Make the secret for an authenticator app, shown once. It counts from its first code on',
    tags: ['auth'],
    body: z.strictObject({ password: AskedAgain }),
    response: {
      201: z
        .object({
          /** Base32, for apps without a camera. */
          secret: z.string(),
          /** The `otpauth:` address as a QR code, a PNG as a data URL. */
          qrImage: z.string(),
        })
        .meta({ id: 'NewSecondFactor' }),
      403: problem('email_not_verified'),
      409: problem('second_factor_on'),
      422: problem('wrong_password'),
      429: LOCKED,
    },
  },
} as const satisfies Contract

export const confirmSecondFactor = {
  method: 'POST',
  url: '/auth/second-factor/confirm',
  config: { duringMaintenance: true, access: 'user', limit: 'login', beforeSecondFactor: true },
  schema: {
    summary: 'Show by a code that the app has the secret: two-factor sign-in is on',
    tags: ['auth'],
    body: Code,
    response: {
      200: RecoveryCodes,
      403: problem('email_not_verified'),
      409: problem('second_factor_on', 'second_factor_off'),
      ...WRONG,
    },
  },
} as const satisfies Contract

export const renewRecoveryCodes = {
  method: 'POST',
  url: '/auth/second-factor/recovery-codes',
  config: { access: 'user', limit: 'login', beforeSecondFactor: true },
  schema: {
    summary: 'New recovery codes; earlier ones are good no more',
    tags: ['auth'],
    body: Code,
    response: { 200: RecoveryCodes, 409: OFF, ...WRONG },
  },
} as const satisfies Contract

export const disableSecondFactor = {
  method: 'POST',
  url: '/auth/second-factor/disable',
  config: { access: 'user', limit: 'login', beforeSecondFactor: true },
  schema: {
    summary: 'Turn two-factor sign-in off, by the password and a code',
    tags: ['auth'],
    body: Code.extend({ password: AskedAgain }),
    response: { 204: Nothing, 409: OFF, 422: problem('wrong_second_factor', 'wrong_password'), 429: LOCKED },
  },
} as const satisfies Contract
