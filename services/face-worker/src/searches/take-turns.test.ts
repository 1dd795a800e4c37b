import { expect, test } from 'vitest'
import { createTurns } from './take-turns.ts'

/** Works that each take so many milliseconds of a clock of their own, and the order in which they began. */
function play(together: number) {
  let time = 0
  const turns = createTurns(together, () => time)
  const order: string[] = []
  const running: { visitor: string; end: number; done: () => void }[] = []
  const most = new Map<string, number>()
  return {
    order,
    most,
    turns,
    send(network: string, visitor: string, ms: number, name = visitor) {
      return turns.take({ network, visitor }, () => {
        order.push(name)
        const mine = running.filter(one => one.visitor === visitor).length + 1
        most.set(visitor, Math.max(mine, most.get(visitor) ?? 0))
        return new Promise<void>(done => running.push({ visitor, end: time + ms, done }))
      })
    },
    /** Goes on to the next end, until nothing runs. */
    async toTheEnd() {
      while (running.length > 0) {
        running.sort((a, b) => a.end - b.end)
        const next = running.shift()!
        time = next.end
        next.done()
        await new Promise(resolve => setImmediate(resolve))
      }
    },
  }
}

test('one visitor has one at a time, however many may run', async () => {
  const { send, toTheEnd, most, order } = play(4)
  for (let n = 0; n < 6; n++) void send('home', 'eager', 1_000)
  void send('home', 'other', 100)
  await toTheEnd()
  expect(most.get('eager')).toBe(1)
  expect(order.indexOf('other')).toBe(1)
  expect(order).toHaveLength(7)
})

test('of one network the visitors take turns: one who sends costly pictures waits behind the others', async () => {
  const { send, toTheEnd, order } = play(1)
  for (let n = 0; n < 5; n++) void send('stadium', 'costly', 5_000)
  for (let n = 0; n < 20; n++) void send('stadium', `fan ${n}`, 300)
  await toTheEnd()
  expect(order.slice(0, 21).filter(visitor => visitor === 'costly')).toHaveLength(1)
})

test('networks take turns: one with many visitors of costly pictures leaves the others their share', async () => {
  const { send, toTheEnd, order } = play(2)
  for (let n = 0; n < 100; n++) void send('attacker', `bot ${n}`, 5_000)
  for (let n = 0; n < 10; n++) void send('home', `guest ${n}`, 300)
  await toTheEnd()
  const last = order.findLastIndex(visitor => visitor.startsWith('guest'))
  expect(order.slice(0, last).filter(visitor => visitor.startsWith('bot')).length).toBeLessThanOrEqual(4)
})

test('nobody is refused: a whole stadium behind one address is read, first come, first served', async () => {
  const { send, toTheEnd, order, turns } = play(2)
  const fans = Array.from({ length: 400 }, (_, n) => `fan ${n}`)
  const all = Promise.all(fans.map(fan => send('stadium', fan, 300)))
  expect(turns.size).toBe(400)
  await toTheEnd()
  await all
  expect(order).toEqual(fans)
  expect(turns.size).toBe(0)
})

test('a failure reaches its sender, and the next one begins', async () => {
  const turns = createTurns(1)
  const failing = turns.take({ network: 'a', visitor: 'b' }, () => Promise.reject(new Error('broken')))
  const next = turns.take({ network: 'a', visitor: 'c' }, () => Promise.resolve('read'))
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('read')
})
