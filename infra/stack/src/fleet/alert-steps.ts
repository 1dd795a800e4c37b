import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'
import { ROOT } from '../base/paths.ts'
import { forgeWebhooks, guessPasswords, WRITTEN } from './alert-causes.ts'
import { isServing } from './load.ts'
import { on } from './machines.ts'
import { CLIENTS, type Step } from './step.ts'
import type { Strangers } from './strangers.ts'

const DELIVERED_MS = 240_000
const REFUSED = 10
const READY_MS = 180_000
const DATA = 'postgresql@15-main redis-server'
/** This alert always fires: its absence is the alarm. */
const AT_THE_DEADMAN = 'Watchdog'

interface Rule {
  alert: string
}

/** The names of all alerts, from the file that Prometheus reads. */
function alertsDefined(): string[] {
  const { groups } = parse(readFileSync(join(ROOT, 'monitoring/alerts.yml'), 'utf8')) as { groups: { rules: Rule[] }[] }
  return groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))
}

/** Whether an alert has come by LINE with its runbook, and by mail. */
function isDelivered({ line, letters, watched }: Strangers, alert: string): boolean {
  if (alert === AT_THE_DEADMAN) return watched.alive > 0
  const runbook = `docs/runbooks/alerts.md#${alert.toLowerCase()}`
  const pushed = line.delivered.some(({ text }) => text.includes(`: ${alert}\n`) && text.includes(runbook))
  return pushed && letters.some(subject => subject.startsWith('[FIRING:') && subject.includes(` ${alert} `))
}

async function untilDelivered(strangers: Strangers, alerts: readonly string[]): Promise<string[]> {
  const deadline = Date.now() + DELIVERED_MS
  for (;;) {
    const missing = alerts.filter(alert => !isDelivered(strangers, alert))
    if (missing.length === 0 || Date.now() > deadline) return missing
    await sleep(1_000)
  }
}

/** Runs a command on the first machine, waits, and undoes it by another one. */
async function meanwhile(doing: string, undoing: string, until: () => Promise<unknown>): Promise<void> {
  await on('vm1', doing)
  try {
    await until()
  } finally {
    await on('vm1', undoing)
  }
}

async function untilServing(): Promise<void> {
  const deadline = Date.now() + READY_MS
  while (!(await isServing(CLIENTS[0]!))) {
    if (Date.now() > deadline) throw new Error('the shop does not serve again')
    await sleep(500)
  }
}

/** LINE is away for some pushes: Alertmanager posts their groups again until LINE takes them. */
async function lineAway({ line }: Strangers): Promise<void> {
  line.away = true
  const deadline = Date.now() + DELIVERED_MS
  while (line.refused < REFUSED && Date.now() < deadline) await sleep(200)
  line.away = false
}

export const ALERT_STEPS: Step[] = [
  {
    name: 'every alert, by LINE and by mail',
    run: async (_memory, strangers) => {
      const defined = alertsDefined()
      const { watched, line, letters } = strangers!
      await Promise.all([forgeWebhooks(), guessPasswords()])
      // Prometheus has to have read the api's counters before the api is stopped.
      await untilDelivered(strangers!, ['WebhooksForged', 'SignInsFail'])
      watched.write(WRITTEN.flatMap(({ series }) => series))
      const away = lineAway(strangers!)
      // The api's own series end with it. The series that the test writes for the ledger is then the only one.
      await meanwhile(
        "systemctl stop 'pix-api@*'",
        '/usr/local/sbin/pix-switch-api "$(cat /opt/thepixstock/serving)"',
        () => untilDelivered(strangers!, ['ServiceDown', 'LedgerCheckOld']),
      )
      await meanwhile(`systemctl stop ${DATA}`, `systemctl start ${DATA}`, () =>
        untilDelivered(strangers!, ['DatabaseDown', 'RedisDown']),
      )
      await away
      const missing = await untilDelivered(strangers!, defined)
      watched.write([])
      await untilServing()
      const fired = defined.length - missing.length
      const figures = { alertsFired: fired, alertsDefined: defined.length }
      if (missing.length > 0) throw new Error(`${fired} of ${defined.length} were delivered; not ${missing.join(', ')}`)
      const written = new Set(WRITTEN.flatMap(({ alerts }) => alerts))
      return {
        note:
          `${fired} of ${defined.length} delivered with their runbook, ${written.size} of them by series that the test wrote, ` +
          `the others by their cause; ${line.delivered.length} pushes, ${letters.length} letters, LINE away for ${line.refused} tries`,
        figures,
      }
    },
  },
]
