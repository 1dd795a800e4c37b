import { z } from 'zod'

const PATIENCE_MS = 5_000

const Sample = z.tuple([z.number(), z.string()])
const Answer = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(Sample) })),
  }),
})

/** Points in time, in seconds: each `step` from the first to the last. */
export interface Times {
  from: number
  until: number
  step: number
}

/** One series of an answer. A time at which it was not measured has no value. */
export interface Series {
  labels: Record<string, string>
  values: ReadonlyMap<number, number>
}

/**
 * What Prometheus makes of an expression at these times.
 *
 * @throws Error where it does not answer in time, or refuses
 */
export async function askPrometheus(base: string, expression: string, { from, until, step }: Times): Promise<Series[]> {
  const url = new URL('/api/v1/query_range', base)
  const body = new URLSearchParams({ query: expression, start: `${from}`, end: `${until}`, step: `${step}` })
  const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!response.ok) throw new Error(`Prometheus answered ${response.status}: ${await response.text()}`)
  const { result } = Answer.parse(await response.json()).data
  return result.map(({ metric, values }) => ({
    labels: metric,
    values: new Map(values.map(([at, value]) => [at, Number(value)])),
  }))
}
