import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KINDS } from '../dashboards/logs.ts'
import { readAlloy } from '../testing/alloy.ts'
import { askShop, postToShop } from './load.ts'
import { on } from './machines.ts'
import { ANSIBLE, MACHINES } from './places.ts'
import { CLIENTS, type Step } from './step.ts'

/** Two runs of the sweep that seals the audit. */
const PATIENCE_MS = 150_000
/** As in Loki's configuration. */
const LONGEST_LINE = 65_536
const MOST_STREAMS = 1_000
const SIGNATURE = 'X-Amz-Signature=0123456789abcdef'
/** More than the edge takes: nginx then writes the whole address beside its error. */
const TOO_LARGE = { text: 'x'.repeat(3_000_000) }
/** What somebody looks for by its unit, and therefore has to write where Alloy reads. MinIO writes only what fails. */
const UNITS = {
  vm1: ['pix-api', 'pix-clerk', 'postgresql', 'redis-server', 'prometheus-node-exporter', 'system'],
  vm2: ['pix-face-worker', 'prometheus-node-exporter', 'system'],
  vm3: ['nginx', 'fail2ban', 'prometheus-node-exporter', 'system'],
  vm4: ['prometheus', 'prometheus-alertmanager', 'pix-alert-relay', 'system'],
}

const { files, sentOfJournal, sentOfFile } = readAlloy(
  readFileSync(join(ANSIBLE, 'roles/alloy/templates/config.alloy'), 'utf8'),
)

interface Line {
  machine: string
  labels: Record<string, string>
  /** As the machine has it, and as it would leave it. */
  written: string
  sent: string
}

/** A line and what the journal says beside it; bytes that are no text come as numbers. */
type Entry = Partial<Record<string, string | number[]>>
const PRIORITIES = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug']

/** Each line that a machine has written since it was switched on, with the labels that Alloy's rules give it. */
async function linesOf(machine: string): Promise<Line[]> {
  const fields = 'MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_SYSTEMD_UNIT'
  const { stdout } = await on(machine, `journalctl -b --all -o json --output-fields=${fields}`)
  const entries = stdout.split('\n').filter(Boolean)
  const lines = entries.map(text => ofEntry(machine, JSON.parse(text) as Entry))
  for (const path of files.keys()) {
    const { stdout: text } = await on(machine, `cat ${path} 2>/dev/null`, { reject: false })
    for (const written of text.split('\n').filter(Boolean)) {
      const { labels, line } = sentOfFile(path, written)
      lines.push({ machine, labels, written, sent: line })
    }
  }
  return lines
}

function ofEntry(machine: string, entry: Entry): Line {
  const fact = (name: string, other = '') => (entry[name] === undefined ? other : textOf(entry[name]))
  const written = fact('MESSAGE')
  const { labels, line } = sentOfJournal(
    {
      unit: fact('_SYSTEMD_UNIT'),
      identifier: fact('SYSLOG_IDENTIFIER'),
      priority: PRIORITIES[Number(fact('PRIORITY', '6'))]!,
    },
    written,
  )
  return { machine, labels, written, sent: line }
}

const textOf = (value: string | number[]) => (typeof value === 'string' ? value : Buffer.from(value).toString())
const allLines = async () => (await Promise.all(MACHINES.map(({ name }) => linesOf(name)))).flat()
const placeOf = ({ machine, labels }: Line) => `${machine} ${labels.unit} ${labels.kind}`

/** What is not yet as 0088 says, in words; nothing once all is. */
function missingOf(lines: Line[], requestId: string): string[] {
  const has = (place: string, text = '') => lines.some(line => placeOf(line) === place && line.sent.includes(text))
  const units = Object.entries(UNITS).flatMap(([machine, names]) =>
    names
      .filter(unit => !lines.some(line => line.machine === machine && line.labels.unit === unit))
      .map(unit => `${unit} of ${machine}`),
  )
  const wanted = [
    ['vm3 nginx access', requestId],
    ['vm1 pix-api access', requestId],
    ['vm3 nginx application', 'too large body'],
    ['vm1 pix-api security', 'a webhook was not signed'],
    ['vm1 pix-api audit', 'sealed'],
    ...MACHINES.map(({ name }) => [`${name} system security`, 'Accepted publickey']),
  ] as const
  return [
    ...units.map(unit => `no line of ${unit}`),
    ...wanted.filter(([place, text]) => !has(place, text)).map(([place, text]) => `no "${text}" in ${place}`),
  ]
}

/** What Loki would refuse, or should not have. */
function faultsOf(lines: Line[]): string[] {
  const streams = new Set(lines.map(({ machine, labels }) => JSON.stringify([machine, labels])))
  const kinds = new Set(lines.map(({ labels }) => labels.kind!))
  return [
    ...(streams.size > MOST_STREAMS ? [`${streams.size} streams`] : []),
    ...[...kinds].filter(kind => !KINDS.includes(kind)).map(kind => `kind ${kind}`),
    ...lines.filter(({ sent }) => sent.length > LONGEST_LINE).map(line => `too long: ${placeOf(line)}`),
    ...lines.filter(({ sent }) => sent.includes(SIGNATURE)).map(line => `a signature: ${placeOf(line)}`),
  ]
}

export const logStep: Step = {
  name: 'logs, as Alloy would send them',
  run: async () => {
    const asked = await askShop(CLIENTS[0]!, `/api/events/there-is-none?${SIGNATURE}`)
    const { requestId } = JSON.parse(asked.body) as { requestId: string }
    await postToShop(CLIENTS[0]!, `/api/cart?${SIGNATURE}`, TOO_LARGE)
    await postToShop(CLIENTS[0]!, '/api/payment/webhook', { data: { trans_id: 'T0' }, signature: '0'.repeat(64) })
    const deadline = Date.now() + PATIENCE_MS
    let lines = await allLines()
    while (missingOf(lines, requestId).length > 0 && Date.now() < deadline) {
      await sleep(2_000)
      lines = await allLines()
    }
    const wrong = [...missingOf(lines, requestId), ...faultsOf(lines)]
    if (!lines.some(({ written }) => written.includes(SIGNATURE)))
      wrong.push('nginx has written no signature to take off')
    if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'))
    const streams = new Set(lines.map(({ machine, labels }) => JSON.stringify([machine, labels])))
    return {
      note: `${lines.length} lines of ${MACHINES.length} machines in ${streams.size} streams; one request at the edge and at the api by its id`,
    }
  },
}
