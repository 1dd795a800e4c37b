import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { MalformedWebhook } from '../../../../base/payment-gateway.ts'
import { verifySignature } from './signature.ts'

const SECRET = 'secret-for-tests'
const sign = (data: string, secret = SECRET) => createHmac('sha256', secret).update(data).digest('hex')
const verify = (body: string) => verifySignature(Buffer.from(body), SECRET)?.toString() ?? null

const DATA = '{ "trans_id" :"T1", "amount": 310.070, "note":"จ่าย\\u0061"}'

test('a signature over the bytes of data as received holds, wherever it stands', () => {
  expect(verify(`{"data":${DATA},"signature":"${sign(DATA)}"}`)).toBe(DATA)
  expect(verify(`{"other":{"data":1}, "signature":"${sign(DATA)}" ,\n"data" :  ${DATA} }`)).toBe(DATA)
})

test('a signature over the same data written otherwise does not hold', () => {
  const rewritten = JSON.stringify(JSON.parse(DATA))
  expect(verify(`{"data":${DATA},"signature":"${sign(rewritten)}"}`)).toBeNull()
})

test.each([
  ['of another key', sign(DATA, 'other')],
  ['cut short', sign(DATA).slice(0, 62)],
  ['not hex', 'z'.repeat(64)],
  ['empty', ''],
])('a signature %s does not hold', (_, signature) => {
  expect(verify(`{"data":${DATA},"signature":"${signature}"}`)).toBeNull()
})

test('without a signature, or with one that is no text, nothing holds', () => {
  expect(verify(`{"data":${DATA}}`)).toBeNull()
  expect(verify(`{"data":${DATA},"signature":["${sign(DATA)}"]}`)).toBeNull()
})

test.each([
  ['data twice', `{"data":{},"data":${DATA},"signature":"${sign(DATA)}"}`],
  ['signature twice', `{"data":${DATA},"signature":"x","signature":"${sign(DATA)}"}`],
  ['no data', `{"signature":"${sign(DATA)}"}`],
  ['over 64 KB', `{"data":${DATA},"pad":"${'x'.repeat(65_536)}","signature":"${sign(DATA)}"}`],
  ['not JSON', 'data=1&signature=2'],
])('%s cannot be read', (_, body) => {
  expect(() => verify(body)).toThrow(MalformedWebhook)
})

test('invalid UTF-8 cannot be read, even when its bytes are signed', () => {
  const data = Buffer.from([0x22, 0xc3, 0x28, 0x22])
  const signature = createHmac('sha256', SECRET).update(data).digest('hex')
  const body = Buffer.concat([Buffer.from('{"data":'), data, Buffer.from(`,"signature":"${signature}"}`)])
  expect(() => verifySignature(body, SECRET)).toThrow(MalformedWebhook)
})
