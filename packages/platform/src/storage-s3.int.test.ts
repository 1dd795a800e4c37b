import { randomBytes } from 'node:crypto'
import { storageContract } from './storage.contract.ts'
import { s3Storage } from './storage-s3.ts'

const {
  TEST_S3_ENDPOINT: endpoint = '',
  TEST_S3_ACCESS_KEY: accessKey = '',
  TEST_S3_SECRET_KEY: secretKey = '',
} = process.env

storageContract(
  'a real S3 server',
  async () => ({
    storage: s3Storage({
      endpoint,
      publicUrl: endpoint,
      region: 'us-east-1',
      accessKey,
      secretKey,
      bucketPrefix: `t${randomBytes(4).toString('hex')}-`,
    }),
    fetch: (url, headers = {}) => fetch(url, { headers }),
    close: async () => undefined,
  }),
  endpoint ? '' : 'no S3 server on this machine',
)
