import { z } from 'zod'

/** A setting that is there but empty counts as not set: compose files write it so. */
const emptyIsNone = (value: unknown) => (value === '' ? undefined : value)
const text = z.preprocess(emptyIsNone, z.string().min(1).optional())

/** Base64 of the bytes that sign, as Omise's dashboard shows it; two while it is being changed, comma-separated. */
const webhookSecrets = z
  .string()
  .optional()
  .transform((given, context) => {
    if (given === undefined) return undefined
    const secrets = given.split(',').map(part => Buffer.from(part.trim(), 'base64'))
    if (secrets.every(secret => secret.length >= 16)) return secrets
    context.addIssue({
      code: 'custom',
      message: 'must be base64 of at least 16 bytes; several are separated by commas',
    })
    return z.NEVER
  })

/** The environment of the payment gateways. Only what PAYMENT_GATEWAYS names has to be complete. */
export const GatewayEnvironment = z.object({
  PAYNOI_URL: z.preprocess(emptyIsNone, z.url().optional()),
  PAYNOI_API_KEY: text,
  PAYNOI_KEY_ID: text,
  PAYNOI_ACCOUNT: text,
  /** The name that bank apps show for this account. Buyers read it before they scan; without it nothing is said. */
  PAYNOI_PAYEE_NAME: text,
  /** Default: the API key (spec/40). */
  PAYNOI_WEBHOOK_SECRET: text,

  OMISE_URL: z.preprocess(emptyIsNone, z.url().default('https://api.omise.co')),
  /** `skey_…` of the dashboard. */
  OMISE_SECRET_KEY: text,
  OMISE_WEBHOOK_SECRETS: z.preprocess(emptyIsNone, webhookSecrets),
  OMISE_PAYEE_NAME: text,
})
type Environment = z.output<typeof GatewayEnvironment>

const NEEDED = {
  paynoi: ['PAYNOI_URL', 'PAYNOI_API_KEY', 'PAYNOI_KEY_ID', 'PAYNOI_ACCOUNT'],
  omise: ['OMISE_URL', 'OMISE_SECRET_KEY', 'OMISE_WEBHOOK_SECRETS'],
} as const satisfies Record<string, (keyof Environment)[]>

export type GatewayName = keyof typeof NEEDED
export const GATEWAY_NAMES = Object.keys(NEEDED) as GatewayName[]

type Needed<Name extends GatewayName> = (typeof NEEDED)[Name][number]
/** The settings of one gateway, complete. */
export type GatewaySettings<Name extends GatewayName> = Partial<Environment> & {
  [Setting in Needed<Name>]: NonNullable<Environment[Setting]>
}

const PAYEE_NAMES = { paynoi: 'PAYNOI_PAYEE_NAME', omise: 'OMISE_PAYEE_NAME' } as const satisfies Record<
  GatewayName,
  keyof Environment
>

/** Whom bank apps name as the receiver of a gateway's payments; null where no setting says it. */
export const payeeNameOf = (settings: Partial<Environment>, gateway: string): string | null =>
  (gateway in PAYEE_NAMES && settings[PAYEE_NAMES[gateway as GatewayName]]) || null

/**
 * A `superRefine`: names the settings that a gateway of PAYMENT_GATEWAYS lacks, also where other settings are missing.
 */
export function requireNamedGateways(
  given: Partial<Environment> & { PAYMENT_GATEWAYS?: GatewayName[] | undefined },
  context: z.RefinementCtx,
): void {
  for (const name of given.PAYMENT_GATEWAYS ?? []) {
    for (const setting of NEEDED[name].filter(setting => given[setting] === undefined))
      context.addIssue({ code: 'custom', path: [setting], message: `is needed: PAYMENT_GATEWAYS names ${name}` })
  }
}
