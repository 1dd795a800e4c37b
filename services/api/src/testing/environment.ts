import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TEST_SIGNING_KEY } from '@pix/platform/storage-testing.ts'

export const TEST_HOOK_SECRET = 'a-hook-secret-only-for-tests-0123456789'
export const TEST_ORIGIN = 'http://shop.test'

/** As `COLUMN_KEYS` is written in an environment. */
export const TEST_COLUMN_KEYS = `test:${Buffer.alloc(32, 1).toString('base64')}`

/** Settings of an api that is tested, as its environment gives them. */
export const environment = (databaseUrl: string, redisUrl: string) => ({
  MODE: 'development',
  LOG_LEVEL: 'silent',
  METRICS_PORT: '0',
  PORT: '0',
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl,
  PUBLIC_ORIGIN: TEST_ORIGIN,
  JWT_SECRET: 'a-secret-only-for-tests-0123456789abcdef',
  SECOND_FACTOR: 'optional',
  /** A test of it asks for it: `solvedCaptcha` brings what is needed. */
  CAPTCHA: 'off',
  COLUMN_KEYS: TEST_COLUMN_KEYS,
  PAYNOI_URL: 'http://127.0.0.1:9',
  PAYNOI_API_KEY: 'test-api-key',
  PAYNOI_KEY_ID: 'test-key-id',
  PAYNOI_ACCOUNT: '0000000000',
  SUPPORT_CONTACT: 'LINE @shop-test',
  STORAGE_DRIVER: 'fs',
  STORAGE_PUBLIC_URL: 'http://objects.test',
  STORAGE_FS_ROOT: '/nonexistent',
  STORAGE_SIGNING_KEY: TEST_SIGNING_KEY,
  CAMERA_HOST: 'cameras.test',
  CAMERA_HOOK_SECRET: TEST_HOOK_SECRET,
  CAMERA_SPOOL: join(tmpdir(), `pix-camera-${process.pid}`),
  /** Test pictures are small. */
  UPLOAD_MIN_SIDE: '8',
})
