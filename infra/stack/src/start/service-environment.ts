import type { Secrets } from '../base/secrets.ts'
import type { Ports } from '../base/settings.ts'

export interface Addresses {
  ports: Ports
  /** As `pix_app`. */
  databaseUrl: string
  redisUrl: string
  /** The STORAGE_… settings. */
  storage: Record<string, string>
  publicOrigin: string
  /** Where mail lands as files. */
  mailDir: string
  /** Where the bank simulator keeps its charges. */
  bankBooks: string
  faceCache: string
  /** The web's built page, which the api fills. */
  webIndex: string
  secrets: Secrets
}

const PAYNOI_KEY_ID = 'DEMO-KEY'
const PAYNOI_ACCOUNT = '0990000001'

/** The api refuses the id in production. */
export const developmentColumnKeys = ({ columnKey }: Pick<Secrets, 'columnKey'>): string => `dev:${columnKey}`

/** The settings of each service, by its folder's name. */
export function serviceEnvironments(
  given: Addresses,
): Record<'paynoi-sim' | 'api' | 'clerk' | 'face-worker', Record<string, string>> {
  const { ports, secrets, publicOrigin } = given
  const common = { MODE: 'development', HOST: '127.0.0.1', LOG_LEVEL: process.env.PIX_LOG_LEVEL ?? 'info' }
  const data = { DATABASE_URL: given.databaseUrl, REDIS_URL: given.redisUrl, ...given.storage }
  const paynoi = {
    PAYNOI_API_KEY: secrets.paynoiApiKey,
    PAYNOI_KEY_ID,
    PAYNOI_ACCOUNT,
    PAYNOI_WEBHOOK_SECRET: secrets.paynoiWebhookSecret,
  }
  const omise = { OMISE_SECRET_KEY: secrets.omiseSecretKey, OMISE_WEBHOOK_SECRETS: secrets.omiseWebhookSecret }
  const keys = { COLUMN_KEYS: process.env.COLUMN_KEYS ?? developmentColumnKeys(secrets) }
  return {
    'paynoi-sim': {
      ...common,
      ...paynoi,
      ...omise,
      PORT: String(ports.paynoi),
      METRICS_PORT: '0',
      PAYNOI_BOOKS: given.bankBooks,
      PAYNOI_WEBHOOK_URL: `http://127.0.0.1:${ports.api}/api/payment/webhook`,
      OMISE_WEBHOOK_URL: `http://127.0.0.1:${ports.api}/api/payment/webhook/omise`,
    },
    api: {
      ...common,
      ...data,
      ...paynoi,
      ...omise,
      PORT: String(ports.api),
      METRICS_PORT: String(ports.apiMetrics),
      PUBLIC_ORIGIN: publicOrigin,
      ALLOWED_ORIGINS: publicOrigin.replace('//localhost', '//127.0.0.1'),
      TRUSTED_PROXIES: '127.0.0.1',
      JWT_SECRET: secrets.jwtSecret,
      // The demo's admin signs in with a password alone.
      SECOND_FACTOR: process.env.SECOND_FACTOR ?? 'optional',
      // Here nothing waits: a share is paid out at once, to an account that was just entered.
      PAYEE_ACCOUNT_WAIT_HOURS: process.env.PAYEE_ACCOUNT_WAIT_HOURS ?? '0',
      PAYOUT_HOLDING_DAYS: process.env.PAYOUT_HOLDING_DAYS ?? '0',
      PAYOUT_LEAST_BAHT: process.env.PAYOUT_LEAST_BAHT ?? '1',
      WITHHOLDING_FROM_BAHT: process.env.WITHHOLDING_FROM_BAHT ?? '1',
      ...keys,
      SUPPORT_CONTACT: process.env.SUPPORT_CONTACT ?? 'LINE @thepixstock-demo',
      PAYMENT_GATEWAYS: process.env.PAYMENT_GATEWAYS ?? 'paynoi,omise',
      PAYNOI_URL: `http://127.0.0.1:${ports.paynoi}`,
      OMISE_URL: `http://127.0.0.1:${ports.paynoi}/omise`,
      WEB_INDEX: given.webIndex,
    },
    clerk: {
      ...common,
      ...data,
      ...keys,
      METRICS_PORT: String(ports.clerkMetrics),
      PUBLIC_ORIGIN: publicOrigin,
      MAIL_DIR: given.mailDir,
    },
    'face-worker': {
      ...common,
      ...data,
      METRICS_PORT: String(ports.workerMetrics),
      FACE_ENGINE: process.env.PIX_FACE_ENGINE ?? 'sface',
      FACE_RUNTIME: process.env.PIX_FACE_RUNTIME ?? 'auto',
      FACE_CACHE_DIR: given.faceCache,
    },
  }
}
