import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../base/paths.ts'

/** Where an alert begins, as its rule has it. */
export interface AlertLimit {
  alert: string
  severity: 'critical' | 'warning' | 'info'
  /** Absent where the rule compares with another series. */
  limit?: { value: number; fires: 'above' | 'below' | 'at' }
  /** The page of the alert, from the root of this repository. */
  runbook: string
}

interface Rule {
  alert: string
  expr: string
  labels: { severity: AlertLimit['severity'] }
  annotations: { runbook: string }
}

const FIRES = { '>': 'above', '<': 'below', '==': 'at' } as const

const rules = (): Rule[] => {
  const { groups } = parse(readFileSync(join(ROOT, 'monitoring/alerts.yml'), 'utf8')) as { groups: { rules: Rule[] }[] }
  return groups.flatMap(group => group.rules)
}

/**
 * Reads an alert's rule, so that a panel shows the limit at which people are alerted and no other.
 *
 * @throws Error for an alert that there is not
 */
export function alertLimit(alert: string): AlertLimit {
  const rule = rules().find(one => one.alert === alert)
  if (!rule) throw new Error(`a panel names the alert ${alert}, which monitoring/alerts.yml has not`)
  const limit = limitOf(rule.expr)
  return { alert, severity: rule.labels.severity, runbook: rule.annotations.runbook, ...(limit && { limit }) }
}

/** The number with which a rule compares, where that is all that it compares. */
function limitOf(expr: string): AlertLimit['limit'] {
  const compared = expr.replaceAll(/\{[^}]*\}/g, '').split(/\s(>|<|==)\s/)
  const [, sign, text = ''] = compared
  const [, number, times = '1'] = /^([\d.]+)(?: \* ([\d.]+))?$/.exec(text.trim()) ?? []
  if (compared.length !== 3 || number === undefined) return undefined
  return { value: Number(number) * Number(times), fires: FIRES[sign as keyof typeof FIRES] }
}
