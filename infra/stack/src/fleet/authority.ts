import { execa } from 'execa'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EDGE, HERE, ORIGIN, RUN } from './places.ts'

/** The test's own certificate authority, and what it has signed: for the edge, and for the mail server. */
export const CA = join(RUN, 'ca.pem')
export const CERTIFICATE = join(RUN, 'certificate.pem')
export const CERTIFICATE_KEY = join(RUN, 'certificate-key.pem')
const DAYS = '30'

export async function makeCertificates(): Promise<void> {
  const ca = { key: join(RUN, 'ca-key.pem'), cert: CA }
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl('req', '-x509', ...curve, '-days', DAYS, '-subj', '/CN=Fleet', '-keyout', ca.key, '-out', ca.cert)
  const request = join(RUN, 'certificate.csr')
  const host = new URL(ORIGIN).hostname
  await openssl('req', ...curve, '-subj', `/CN=${host}`, '-keyout', CERTIFICATE_KEY, '-out', request)
  const names = join(RUN, 'certificate.names')
  writeFileSync(names, `subjectAltName=DNS:${host},DNS:*.${host},IP:${EDGE},IP:${HERE}\n`)
  const signed = ['-CA', ca.cert, '-CAkey', ca.key, '-CAcreateserial', '-days', DAYS, '-extfile', names]
  await openssl('x509', '-req', '-in', request, ...signed, '-out', CERTIFICATE)
}

const openssl = (...args: string[]) => execa('openssl', args)
