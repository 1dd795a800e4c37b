import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { personAt } from '../person.ts'
import { askDatabase, ATTACKER, type Attack, countStatuses, type Ground } from './ground.ts'

/** Of a face 1.4. Shorter numbers lie near everybody's. */
const LENGTHS = [0.5, 0.63, 1, 1.4]
const SEARCHES = 60
const ANSWERED_MS = 30_000

/** Searches with numbers that are nobody's, each by a visitor without cookies. */
export const oddEmbeddings: Attack = {
  name: 'odd embeddings',
  what: `searches ${SEARCHES} times with numbers of the lengths ${LENGTHS.join(', ')} in place of a face`,
  async run(ground) {
    const statuses = await Promise.all(
      Array.from({ length: SEARCHES }, (_, n) => search(ground, LENGTHS[n % LENGTHS.length]!)),
    )
    const deadline = performance.now() + ANSWERED_MS
    while ((await askDatabase(ground, OPEN)) > 0 && performance.now() < deadline) await sleep(200)
    return {
      answers: countStatuses(statuses),
      unanswered: await askDatabase(ground, OPEN),
      rows: await askDatabase(ground, ROWS),
    }
  },
}

async function search(ground: Ground, length: number): Promise<number> {
  const { status } = await personAt(ground, ATTACKER).send(`${ground.stack.apiUrl}/api/face/search/embedding`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      eventId: ground.event.id,
      consent: FACE_SEARCH_CONSENT.th,
      modelVersion: MODEL_VERSIONS.sface,
      embedding: Array<number>(128).fill(length / Math.sqrt(128)),
      quality: 1,
    }),
  })
  return status
}

const OPEN = "select count(*) from searches where source = 'embedding' and state in ('queued', 'processing')"
const ROWS = `select count(*) from search_matches found join searches on searches.id = found.search_id
  where searches.source = 'embedding'`
