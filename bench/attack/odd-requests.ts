import { ATTACKER, type Attack } from './ground.ts'
import { personAt } from '../person.ts'

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const ID = '019a0000-0000-7000-8000-000000000000'

/** Inputs that once ended in an error of the server, or are near to those that did. */
const PATHS = [
  `/api/events?cursor=${cursor([8.6e15, ID])}`,
  `/api/events?cursor=${cursor([-8.6e15, ID])}`,
  `/api/events?cursor=${cursor([253402300800000, ID])}`,
  `/api/events?cursor=${cursor(['\\ud800', ID])}`,
  '/api/events?from=-271821-04-20&to=275760-09-13',
  '/api/events?from=0000-01-01T00:00:00Z',
  '/api/events?q=%00',
  '/api/events?q=%ED%A0%80',
  '/api/events?limit=99999999999',
  '/api/events/%00',
  '/api/events/%ED%A0%80',
  `/api/events/${'x'.repeat(5_000)}`,
]
const BODIES: [string, string][] = [
  ['/api/cart/items', `{"photoIds":["${ID}"],"more":"\\ud800"}`],
  [
    '/api/face/search/embedding',
    `{"eventId":"${ID}","consent":"\\ud800","modelVersion":"\\u0000","embedding":[],"quality":1}`,
  ],
  ['/api/auth/login', '{"email":"a@b.co","password":"\\u0000\\ud800"}'],
  ['/api/cart/package', `{"eventId":"${ID}","choice":"\\ud800"}`],
  ['/api/face/feedback', `{"searchId":"${ID}","photoId":"${ID}","isMe":1e400}`],
]

export const oddRequests: Attack = {
  name: 'odd requests',
  what: `sends ${PATHS.length + BODIES.length} addresses and bodies with impossible dates, numbers and letters`,
  async run(ground) {
    const person = personAt(ground, ATTACKER)
    const answers = await Promise.all([
      ...PATHS.map(path => person.send(`${ground.stack.apiUrl}${path}`)),
      ...BODIES.map(([path, body]) =>
        person.send(`${ground.stack.apiUrl}${path}`, {
          method: path.endsWith('package') ? 'PUT' : 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        }),
      ),
    ])
    const broken = answers.filter(({ status }) => status >= 500)
    return {
      sent: answers.length,
      serverErrors: broken.length,
      which: broken.map(({ url }) => new URL(url).pathname).join(' ') || '–',
    }
  },
}
