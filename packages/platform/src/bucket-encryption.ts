import { type Client, S3Error } from 'minio'

/** Written to see what the server does with an object, and deleted at once. */
const PROBE = 'encryption-probe'

/**
 * Asks an S3 server to encrypt a bucket at rest, and looks whether it encrypts an object.
 *
 * @returns null, or what speaks against it
 */
export async function findEncryptionFault(client: Client, bucketName: string): Promise<string | null> {
  // A refusal decides nothing: our key may not be allowed to set what somebody else has set.
  const refusal = await client.setBucketEncryption(bucketName).then(
    () => '',
    (error: unknown) => (error instanceof S3Error ? ` (${error.code}: ${error.message})` : ` (${String(error)})`),
  )
  const probe = { method: 'PUT', bucketName, objectName: PROBE, headers: { 'content-length': 0 } }
  const { headers } = await client.makeRequestAsyncOmit(probe, '')
  await client.removeObject(bucketName, PROBE)
  if (headers['x-amz-server-side-encryption']) return null
  return `the server stores objects of the bucket ${bucketName} unencrypted${refusal}`
}
