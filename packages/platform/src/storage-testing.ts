import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fsStorage } from './storage-fs.ts'
import { s3Storage } from './storage-s3.ts'
import { BUCKETS, listAll } from './storage.ts'
import type { Storage } from './storage.ts'

/** The signing key of a test's file-system storage. */
export const TEST_SIGNING_KEY = 'a-signing-key-only-for-tests-0123'

/**
 * A storage of the test's own, gone when it ends: `await using storage = await testStorage()`. The S3 server that
 * `npm test` started (`TEST_S3_ENDPOINT`), else a temporary folder.
 */
export async function testStorage(): Promise<Storage & AsyncDisposable> {
  const endpoint = process.env.TEST_S3_ENDPOINT
  return endpoint ? s3(endpoint) : folder()
}

/** The STORAGE_… settings of a program under test: the S3 server that `npm test` started, else a folder in this one. */
export function testStorageSettings(folder: string): Record<string, string> {
  const { TEST_S3_ENDPOINT, TEST_S3_ACCESS_KEY = '', TEST_S3_SECRET_KEY = '' } = process.env
  if (!TEST_S3_ENDPOINT)
    return {
      STORAGE_DRIVER: 'fs',
      STORAGE_FS_ROOT: join(folder, 'objects'),
      STORAGE_PUBLIC_URL: 'http://objects.test',
      STORAGE_SIGNING_KEY: TEST_SIGNING_KEY,
    }
  return {
    STORAGE_DRIVER: 's3',
    STORAGE_ENDPOINT: TEST_S3_ENDPOINT,
    STORAGE_PUBLIC_URL: TEST_S3_ENDPOINT,
    STORAGE_ACCESS_KEY: TEST_S3_ACCESS_KEY,
    STORAGE_SECRET_KEY: TEST_S3_SECRET_KEY,
  }
}

/** Buckets of tests that have ended. Making buckets takes longer than most tests use them. */
const free: Storage[] = []

async function s3(endpoint: string): Promise<Storage & AsyncDisposable> {
  const storage = free.pop() ?? (await newBuckets(endpoint))
  // A program that outlived its test may have stored something since.
  await empty(storage)
  return {
    ...storage,
    [Symbol.asyncDispose]: async () => {
      await empty(storage)
      free.push(storage)
    },
  }
}

async function newBuckets(endpoint: string): Promise<Storage> {
  const storage = s3Storage({
    endpoint,
    publicUrl: endpoint,
    region: 'us-east-1',
    accessKey: process.env.TEST_S3_ACCESS_KEY ?? '',
    secretKey: process.env.TEST_S3_SECRET_KEY ?? '',
    bucketPrefix: `t${randomBytes(6).toString('hex')}-`,
  })
  await storage.prepare()
  return storage
}

async function empty(storage: Storage): Promise<void> {
  for (const bucket of BUCKETS) {
    const objects = await listAll(storage, bucket, '')
    await storage.delete(
      bucket,
      objects.map(object => object.key),
    )
  }
}

async function folder(): Promise<Storage & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), 'pix-test-'))
  const storage = fsStorage({ root, publicUrl: 'http://objects.test', signingKey: TEST_SIGNING_KEY })
  await storage.prepare()
  return { ...storage, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}
