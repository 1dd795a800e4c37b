import { parser } from '@prometheus-io/lezer-promql'

/** An expression of a panel, and the legend that its series get. */
export interface Target {
  expr: string
  legendFormat: string
}

type Labels = Record<string, string>

/**
 * What is wrong with an expression, as a real Prometheus sees it: a metric that nobody emits, a label that none of its
 * series has, a value that never comes, or a legend that names a label which the result lacks.
 */
export async function faultsOf(prometheus: string, { expr, legendFormat }: Target): Promise<string[]> {
  const asked = filledIn(expr)
  const faults: string[] = []
  for (const { metric, labels } of selectorsOf(asked)) {
    const series = await ask<Labels[]>(prometheus, 'series', { 'match[]': metric })
    if (series.length === 0) faults.push(`no program or exporter emits ${metric}`)
    else
      for (const label of labels) if (!series.some(one => label in one)) faults.push(`${metric} has no label ${label}`)
  }
  if (faults.length > 0) return faults
  const { result } = await ask<{ result: { metric: Labels }[] | [number, string] }>(prometheus, 'query', {
    query: asked,
  })
  if (result.length === 0) return ['has no value']
  const found = result.filter(one => typeof one === 'object') as { metric: Labels }[]
  const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!)
  return named.filter(label => !found.every(({ metric }) => label in metric)).map(label => `has no label ${label}`)
}

/** What Grafana puts into an expression before it asks. */
const filledIn = (expr: string) => expr.replaceAll('$__rate_interval', '10m').replaceAll('$machine', '.+')

/** The metrics that an expression names, each with the labels that it asks for. */
export function selectorsOf(expr: string): { metric: string; labels: string[] }[] {
  const found: { metric: string; labels: string[] }[] = []
  parser.parse(expr).iterate({
    enter(node) {
      const text = expr.slice(node.from, node.to)
      if (node.type.isError) throw new Error(`not PromQL at ${node.from}: ${expr}`)
      if (node.name === 'VectorSelector') found.push({ metric: '', labels: [] })
      if (node.name === 'Identifier' && node.matchContext(['VectorSelector'])) found.at(-1)!.metric = text
      if (node.name === 'LabelName' && node.matchContext(['UnquotedLabelMatcher'])) found.at(-1)!.labels.push(text)
    },
  })
  return found
}

async function ask<T>(prometheus: string, what: string, parameters: Labels): Promise<T> {
  const answer = await fetch(`${prometheus}/api/v1/${what}?${new URLSearchParams(parameters)}`)
  const { data, error } = (await answer.json()) as { data: T; error?: string }
  if (error) throw new Error(`${parameters.query ?? ''}: ${error}`)
  return data
}
