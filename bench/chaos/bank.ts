import { setTimeout as sleep } from 'node:timers/promises'

/** A charge as the simulator's journal has it. */
export interface BankCharge {
  trans_id: string
  ref1: string
  /** Decimal baht. */
  amount: string
  payment_status: 'pending' | 'completed' | 'failed'
  faults: Record<string, unknown>
}

/** The simulated bank, as its customers and the one who makes its faults see it. */
export function bankAt(url: string) {
  const post = async (path: string, body: object = {}): Promise<unknown> => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${path}`)
    return answer.json()
  }
  const charges = async () => ((await (await fetch(`${url}/charges`)).json()) as { items: BankCharge[] }).items
  let creating: Promise<unknown> = Promise.resolve()
  return {
    charges,
    /** The charge of an order's newest attempt; undefined where there is none within three seconds. */
    chargeOf: async (orderNumber: string): Promise<BankCharge | undefined> => {
      const reference = `${orderNumber.replace(/^PX-\d\d(\d\d)-/, 'PX$1')}A`
      for (let tries = 0; tries < 30; tries += 1) {
        const found = (await charges()).find(({ ref1 }) => ref1.startsWith(reference))
        if (found) return found
        await sleep(100)
      }
      return undefined
    },
    faultsOf: (id: string, change: object) => post(`/charges/${id}/faults`, change),
    /** @param amount decimal baht that the announcement names, where it is not what was asked for */
    pay: (id: string, amount?: string) => post(`/charges/${id}/pay`, amount === undefined ? {} : { amount }),
    /** Charges made meanwhile have these faults, others' too. One after the other: faults of two do not mix. */
    whileCreating: <T>(faults: object, act: () => Promise<T>): Promise<T> => {
      const none = { fail: 'none', slowMs: 0, satang: 0, noQrImage: false, expiresInSeconds: 900 }
      const run = creating.then(async () => {
        await post('/faults', faults)
        return act().finally(() => post('/faults', none))
      })
      creating = run.catch(() => undefined)
      return run
    },
  }
}
export type Bank = ReturnType<typeof bankAt>
