import { ColumnKeysSetting, refuseWeakColumnKeys } from '@pix/db/sealed/column-keys-setting.ts'
import {
  CommonSettings,
  PictureSettings,
  refusePlainOrigin,
  refuseWeakSecrets,
  RetentionSettings,
  StorageSettings,
} from '@pix/platform/settings.ts'
import { AddressSettings } from '@pix/platform/storefront-address.ts'
import { z } from 'zod'
import { GATEWAY_NAMES, GatewayEnvironment, requireNamedGateways } from './gateway-settings.ts'

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback)
const names = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform(text =>
      text
        .split(',')
        .map(part => part.trim())
        .filter(part => part !== ''),
    )
const list = names('')

const optional = z.preprocess(value => (value === '' ? undefined : value), z.string().min(1).optional())

/** The environment of the api. Limits are those of spec/10; all of them are settings. */
export const Settings = CommonSettings.extend(AddressSettings.shape)
  .extend(StorageSettings.shape)
  .extend(PictureSettings.shape)
  .extend(RetentionSettings.shape)
  .extend({
    PORT: z.coerce.number().int().min(0).max(65_535),
    DATABASE_URL: z.string().min(1),
    DATABASE_POOL: count(10),
    REDIS_URL: z.string().min(1),
    /** Further origins that may send cookies (a development server), comma-separated. */
    ALLOWED_ORIGINS: list,
    /** Addresses or networks of our own proxies, comma-separated; only they may say who the client is. */
    TRUSTED_PROXIES: list,
    JWT_SECRET: z.string().min(32),
    /**
     * Keys that signed tokens before, comma-separated. To change keys: the old one here, a new one above, restart; after
     * 15 minutes no token needs the old one.
     */
    JWT_PREVIOUS_SECRETS: list.pipe(z.array(z.string().min(32))),
    /**
     * Keys of the encrypted columns, `id:base64` of 32 bytes each, comma-separated, the present one first. To change keys:
     * docs/runbooks/column-keys.md.
     */
    COLUMN_KEYS: ColumnKeysSetting,
    /** `optional` asks nobody to turn two-factor sign-in on: for development and demonstrations alone. */
    SECOND_FACTOR: z.enum(['required', 'optional']).default('required'),
    /** `off` asks for no captcha: for tests that send many requests of a kind. */
    CAPTCHA: z.enum(['required', 'off']).default('required'),
    /**
     * The OpenID provider by which people may sign in: Google, or any other. Without a client there is none. Its redirect
     * address is `PUBLIC_ORIGIN/login/provider`.
     */
    OIDC_ISSUER: z.url().default('https://accounts.google.com'),
    OIDC_CLIENT_ID: optional,
    OIDC_CLIENT_SECRET: optional,
    /** As the button names it. */
    OIDC_NAME: z.string().trim().min(1).max(40).default('Google'),
    SESSION_DAYS: count(31),
    REFRESH_DAYS: count(30),

    /**
     * Gateways by name, comma-separated: the first that takes an amount gets its new payment. One leaves the list only when its last payment is a
     * week old, because each payment is asked about where it was begun.
     */
    PAYMENT_GATEWAYS: names('paynoi').pipe(z.array(z.enum(GATEWAY_NAMES)).min(1)),
    ...GatewayEnvironment.shape,

    /** Where the shop's people are reached, shown as it stands until an admin sets it on the page of the settings. */
    SUPPORT_CONTACT: z.string().trim().min(1).max(200),
    /**
     * Who sells, and where, until the owner of the house studio says so on the page of its settings: documents, the terms and
     * the privacy notice name them.
     */
    SELLER_NAME: z.string().trim().min(1).max(200).default('ThePixStock'),
    SELLER_ADDRESS: z.string().trim().max(500).default(''),
    /**
     * The web's built `index.html`, whose pages the api fills (`/`, `/events/…`). Read again when a release replaces it;
     * without it those pages are the web server's alone.
     */
    WEB_INDEX: z.string().min(1).optional(),

    /**
     * The Prometheus that measures this shop by monitoring/parts.yml. Without it the status page shows no history, and the
     * report of the week says that answers are not measured.
     */
    PROMETHEUS_URL: z.preprocess(value => (value === '' ? undefined : value), z.url().optional()),

    /**
     * Where the mirror of the photos is, as an address or in words. In production the api warns at each start that there is none
     * while this is empty; whether the mirror is up to date is measured where it is made.
     */
    PHOTO_MIRROR: optional,

    /** Photos by hand that an Unlimited pays for: percent of its search's matches, at least and at most so many. */
    UNLIMITED_EXTRA_PERCENT: count(20),
    UNLIMITED_EXTRA_MIN: count(5),
    UNLIMITED_EXTRA_MAX: count(50),
    /** Photos that an Unlimited pays for in all. */
    UNLIMITED_CAP: count(300),

    /** A bank account that was entered or changed is paid to after so many hours. */
    PAYEE_ACCOUNT_WAIT_HOURS: z.coerce.number().int().min(0).max(720).default(72),
    /** Shares of sales that are younger are not paid out: they may still be refunded. */
    PAYOUT_HOLDING_DAYS: z.coerce.number().int().min(0).max(365).default(7),
    /** Baht: less is not paid out, and waits for more. */
    PAYOUT_LEAST_BAHT: count(100),
    /** Baht before VAT: of a payout of less no tax is withheld. */
    WITHHOLDING_FROM_BAHT: count(1_000),

    /** Baht: more of one order a studio's manager gives back with the platform's approval alone. Owners have no limit. */
    MANAGER_REFUND_BAHT: count(2_000),

    /** How long a paid order can be downloaded. */
    DOWNLOAD_DAYS: count(30),

    UPLOAD_MAX_BYTES: count(50_000_000),
    /**
     * Uploads from cameras by FTP, FTPS and SFTP (docs/guides/upload-by-camera.md): the name of the server as cameras reach it.
     * Without it nobody can make a login for a camera.
     */
    CAMERA_HOST: optional,
    CAMERA_FTP_PORT: z.coerce.number().int().min(1).max(65_535).default(21),
    CAMERA_SFTP_PORT: z.coerce.number().int().min(1).max(65_535).default(2022),
    /** What SFTPGo sends as `X-Hook-Secret`. */
    CAMERA_HOOK_SECRET: z.preprocess(value => (value === '' ? undefined : value), z.string().min(32).optional()),
    /** The folder that SFTPGo writes to and the api takes files from. */
    CAMERA_SPOOL: z.string().min(1).default('/var/spool/thepixstock/camera'),
    SELFIE_MAX_BYTES: count(15_000_000),
    /** Bytes a second: a body that is slower for longer than the patience is ended. Kind enough for a phone in a crowd. */
    BODY_LEAST_RATE: count(2_000),
    BODY_PATIENCE_SECONDS: count(20),
    HEADERS_SECONDS: count(20),

    LIMIT_REQUESTS_PER_MINUTE: count(100),
    LIMIT_SEARCHES_PER_MINUTE: count(10),
    /** Different people whom one session may search for in one event before it has to sign in. */
    LIMIT_PEOPLE_PER_DAY: count(5),
    /** Different people whom the sessions of one network that are younger than an hour may find in an hour. */
    LIMIT_IP_PEOPLE_PER_HOUR: count(500),
    LIMIT_LOGINS_PER_MINUTE: count(5),
    /** Letters to one address that may be asked for from one place: a network, or a browser that signed in before. */
    LIMIT_LETTERS_PER_HOUR: count(5),
    /** Letters to one address that strangers may ask for from everywhere together. */
    LIMIT_ADDRESS_LETTERS_PER_HOUR: count(20),
    /** Codes of orders that one network may have sent, and that it may try. */
    LIMIT_IP_ORDER_CODES_PER_HOUR: count(300),
    LIMIT_IP_ORDER_TRIES_PER_HOUR: count(600),
    /** Letters that one person of a studio or an event may send to invite others. */
    LIMIT_INVITATIONS_PER_HOUR: count(100),
    /** Each is drawn while other requests wait (docs/decisions/0067). */
    LIMIT_POSTERS_PER_HOUR: count(30),
    LIMIT_UPLOADS_PER_HOUR: count(6_000),
    LIMIT_UPLOAD_BATCHES_PER_HOUR: count(50),
    /** Requests that carry on with a resumable upload. */
    LIMIT_CHUNKS_PER_MINUTE: count(3_000),
    LIMIT_IP_CHUNKS_PER_MINUTE: count(30_000),
    /** Resumable uploads that one person has begun and not ended. */
    LIMIT_UNFINISHED_UPLOADS: count(300),
    /** The gateway is asked about every payment for days: what may begin bounds what there is to ask. */
    LIMIT_PAYMENTS_PER_HOUR: count(30),
    LIMIT_IP_PAYMENTS_PER_HOUR: count(2_000),
    /** Codes of coupons that one browser, and one network, may enter. */
    LIMIT_COUPONS_PER_HOUR: count(60),
    LIMIT_IP_COUPONS_PER_HOUR: count(2_000),
    /** Wrong codes of an event that one network may try. */
    LIMIT_CODE_TRIES_PER_HOUR: count(10),
    LIMIT_TAKEDOWNS_PER_HOUR: count(10),
    LIMIT_IP_TAKEDOWNS_PER_HOUR: count(100),
    LIMIT_SLIPS_PER_HOUR: count(20),
    LIMIT_IP_SLIPS_PER_HOUR: count(1_000),
    LIMIT_MEDIA_PER_MINUTE: count(3_000),
    LIMIT_IP_REQUESTS_PER_MINUTE: count(3_000),
    LIMIT_IP_SEARCHES_PER_MINUTE: count(300),
    LIMIT_IP_LOGINS_PER_MINUTE: count(300),
    LIMIT_IP_MEDIA_PER_MINUTE: count(60_000),
    LIMIT_IP_WEBHOOKS_PER_MINUTE: count(3_000),
    /** Event streams open at the same time, in this process. */
    LIMIT_OPEN_STREAMS: count(20),
    LIMIT_IP_OPEN_STREAMS: count(5_000),
    /** What streams follow is looked at this often while hints of changes arrive; every 3 s while they can't. */
    STREAM_ROUND_SECONDS: count(20),
  })
  .superRefine(refusePlainOrigin)
  .superRefine(requireNamedGateways, { when: () => true })
  .superRefine(refuseWeakColumnKeys)
  .refine(given => (given.OIDC_CLIENT_ID === undefined) === (given.OIDC_CLIENT_SECRET === undefined), {
    path: ['OIDC_CLIENT_SECRET'],
    message: 'and OIDC_CLIENT_ID are needed together',
  })
  .refine(given => (given.CAMERA_HOST === undefined) === (given.CAMERA_HOOK_SECRET === undefined), {
    path: ['CAMERA_HOOK_SECRET'],
    message: 'and CAMERA_HOST are needed together',
  })
  .refine(({ MODE, OIDC_ISSUER }) => MODE !== 'production' || OIDC_ISSUER.startsWith('https:'), {
    path: ['OIDC_ISSUER'],
    message: 'must begin with https:// in production',
  })
  .refine(({ MODE, CAPTCHA }) => MODE !== 'production' || CAPTCHA === 'required', {
    path: ['CAPTCHA'],
    message: 'cannot be off in production',
  })
  .refine(({ MODE, SECOND_FACTOR }) => MODE !== 'production' || SECOND_FACTOR === 'required', {
    path: ['SECOND_FACTOR'],
    message: 'cannot be optional in production',
  })
  .superRefine(
    refuseWeakSecrets(
      'JWT_SECRET',
      'JWT_PREVIOUS_SECRETS',
      'PAYNOI_API_KEY',
      'PAYNOI_WEBHOOK_SECRET',
      'OMISE_SECRET_KEY',
      'OIDC_CLIENT_SECRET',
      'CAMERA_HOOK_SECRET',
      'STORAGE_SECRET_KEY',
      'STORAGE_SIGNING_KEY',
    ),
  )
export type Settings = z.output<typeof Settings>
