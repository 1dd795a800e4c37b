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

type Environment = Record<string, string>

/** The settings of each service, by its folder's name. */
export const serviceEnvironments = (
  given: Addresses,
): Record<'paynoi-sim' | 'api' | 'clerk' | 'face-worker', Environment> => ({
  'paynoi-sim': bankEnvironment(given),
  api: apiEnvironment(given),
  clerk: clerkEnvironment(given),
  'face-worker': workerEnvironment(given),
})

const common = (): Environment => ({
  MODE: 'development',
  HOST: '127.0.0.1',
  LOG_LEVEL: process.env.PIX_LOG_LEVEL ?? 'info',
})

const stores = ({ databaseUrl, redisUrl, storage }: Addresses): Environment => ({
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl,
  ...storage,
})

/** What the bank and who asks it both know. */
const gatewaySecrets = ({ secrets }: Addresses): Environment => ({
  PAYNOI_API_KEY: secrets.paynoiApiKey,
  PAYNOI_KEY_ID,
  PAYNOI_ACCOUNT,
  PAYNOI_WEBHOOK_SECRET: secrets.paynoiWebhookSecret,
  OMISE_SECRET_KEY: secrets.omiseSecretKey,
  OMISE_WEBHOOK_SECRETS: secrets.omiseWebhookSecret,
})

const columnKeys = ({ secrets }: Addresses): Environment => ({
  COLUMN_KEYS: process.env.COLUMN_KEYS ?? developmentColumnKeys(secrets),
})

const bankEnvironment = (given: Addresses): Environment => ({
  ...common(),
  ...gatewaySecrets(given),
  PORT: String(given.ports.paynoi),
  METRICS_PORT: '0',
  PAYNOI_BOOKS: given.bankBooks,
  PAYNOI_WEBHOOK_URL: `http://127.0.0.1:${given.ports.api}/api/payment/webhook`,
  OMISE_WEBHOOK_URL: `http://127.0.0.1:${given.ports.api}/api/payment/webhook/omise`,
})

const apiEnvironment = (given: Addresses): Environment => ({
  ...common(),
  ...stores(given),
  ...gatewaySecrets(given),
  ...columnKeys(given),
  PORT: String(given.ports.api),
  METRICS_PORT: String(given.ports.apiMetrics),
  PUBLIC_ORIGIN: given.publicOrigin,
  ALLOWED_ORIGINS: given.publicOrigin.replace('//localhost', '//127.0.0.1'),
  TRUSTED_PROXIES: '127.0.0.1',
  JWT_SECRET: given.secrets.jwtSecret,
  // The demo's admin signs in with a password alone.
  SECOND_FACTOR: process.env.SECOND_FACTOR ?? 'optional',
  // Here nothing waits: a share is paid out at once, to an account that was just entered.
  PAYEE_ACCOUNT_WAIT_HOURS: process.env.PAYEE_ACCOUNT_WAIT_HOURS ?? '0',
  PAYOUT_HOLDING_DAYS: process.env.PAYOUT_HOLDING_DAYS ?? '0',
  PAYOUT_LEAST_BAHT: process.env.PAYOUT_LEAST_BAHT ?? '1',
  WITHHOLDING_FROM_BAHT: process.env.WITHHOLDING_FROM_BAHT ?? '1',
  SUPPORT_CONTACT: process.env.SUPPORT_CONTACT ?? 'LINE @thepixstock-demo',
  PAYMENT_GATEWAYS: process.env.PAYMENT_GATEWAYS ?? 'paynoi,omise',
  PAYNOI_PAYEE_NAME: process.env.PAYNOI_PAYEE_NAME ?? 'ThePixStock Demo',
  PAYNOI_URL: `http://127.0.0.1:${given.ports.paynoi}`,
  OMISE_URL: `http://127.0.0.1:${given.ports.paynoi}/omise`,
  // Of your own, by monitoring/prometheus.yml: the status page then has its history.
  PROMETHEUS_URL: process.env.PROMETHEUS_URL ?? '',
  WEB_INDEX: given.webIndex,
})

const clerkEnvironment = (given: Addresses): Environment => ({
  ...common(),
  ...stores(given),
  ...columnKeys(given),
  METRICS_PORT: String(given.ports.clerkMetrics),
  PUBLIC_ORIGIN: given.publicOrigin,
  MAIL_DIR: given.mailDir,
})

const workerEnvironment = (given: Addresses): Environment => ({
  ...common(),
  ...stores(given),
  ...columnKeys(given),
  METRICS_PORT: String(given.ports.workerMetrics),
  FACE_ENGINE: process.env.PIX_FACE_ENGINE ?? 'sface',
  FACE_RUNTIME: process.env.PIX_FACE_RUNTIME ?? 'auto',
  FACE_CACHE_DIR: given.faceCache,
})
