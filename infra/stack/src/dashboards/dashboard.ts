import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  ConstantVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  RowBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { type LinesFacts, linesPanel } from './lines-panel.ts'
import { type PanelFacts, panel, PROMETHEUS, RUNBOOKS } from './panel.ts'

/** Panels below a heading. */
export interface Row {
  heading: string
  panels: (PanelFacts | LinesFacts)[]
}

export interface DashboardFacts {
  uid: string
  title: string
  about: string
  /** The span that is shown first, such as `now-6h`. */
  from: string
  /** Offers a choice of machines: expressions say `machine=~"$machine"`. */
  byMachine?: boolean
  /** What else may be chosen above the panels. */
  variables?: Builder<VariableModel>[]
  rows: Row[]
}

const TAG = 'thepixstock'
/** Ansible puts the inventory's `runbooks_url` in the place of this word. */
const RUNBOOKS_URL = 'RUNBOOKS_URL'

/** A dashboard as Grafana reads it. */
export function dashboard({
  uid,
  title,
  about,
  from,
  byMachine = false,
  variables = [],
  rows,
}: DashboardFacts): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(about)
    .tags([TAG])
    .readonly()
    .timezone('Asia/Bangkok')
    .time({ from, to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('ThePixStock')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .keepTime(true)
        .asDropdown(true),
    )
    .withVariable(runbooks)
  if (byMachine) builder.withVariable(machines())
  for (const variable of variables) builder.withVariable(variable)
  let id = 0
  for (const { heading, panels } of rows) {
    builder.withRow(new RowBuilder(heading).id((id += 1)))
    for (const facts of panels) builder.withPanel(('logql' in facts ? linesPanel(facts) : panel(facts)).id((id += 1)))
  }
  return builder.build()
}

/** Nobody chooses it; the builder has no word for that. */
const runbooks = {
  build: () => ({
    ...new ConstantVariableBuilder(RUNBOOKS).value(RUNBOOKS_URL).build(),
    hide: VariableHide.HideVariable,
  }),
}

const machines = () =>
  new QueryVariableBuilder('machine')
    .label('Machine')
    .datasource(PROMETHEUS)
    .query('label_values(node_uname_info, machine)')
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
