import {
  CustomVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard } from './dashboard.ts'
import { LOKI, type LinesFacts } from './lines-panel.ts'
import type { PanelFacts } from './panel.ts'

/** What Alloy gives a line, each with few values: ansible/roles/alloy/templates/config.alloy. */
export const KINDS = ['application', 'access', 'security', 'audit']
export const LEVELS = ['debug', 'info', 'warning', 'error']

const CHOSEN = '{machine=~"$machine",unit=~"$unit",kind=~"$kind",level=~"$level"} |= `$text`'

const arriving: PanelFacts[] = [
  {
    title: 'Lines sent',
    about:
      'Lines a second that Alloy of each machine has brought to Loki. Each machine writes one every five minutes at least.',
    unit: 'short',
    decimals: 2,
    series: { '{{machine}}': 'sum by (machine) (rate(loki_write_sent_entries_total[$__rate_interval]))' },
    runbooks: ['LogsMissing'],
  },
  {
    title: 'Lines lost',
    about: 'Lines of an hour that Loki refused for good, such as those that came a week late. 0 is right.',
    unit: 'short',
    series: { '{{machine}} {{reason}}': 'sum by (machine, reason) (increase(loki_write_dropped_entries_total[1h]))' },
    runbooks: ['LogsMissing'],
  },
]

const reading: LinesFacts[] = [
  {
    title: 'How many',
    about: 'Lines by their level, of what is chosen above.',
    logql: `sum by (level) (count_over_time(${CHOSEN} [$__auto]))`,
    legend: '{{level}}',
  },
  {
    title: 'Lines',
    about: 'The newest first. Put a request’s id, as the header x-request-id gave it, into the field for text.',
    logql: CHOSEN,
  },
]

const chosen = (name: string, label: string, values: readonly string[]) =>
  new CustomVariableBuilder(name).label(label).values(values.join(',')).multi(true).includeAll(true).allValue('.+')

const units = new QueryVariableBuilder('unit')
  .label('Unit')
  .datasource(LOKI)
  .query('label_values(unit)')
  .refresh(VariableRefresh.OnTimeRangeChanged)
  .multi(true)
  .includeAll(true)
  .allValue('.+')

export const logs = dashboard({
  uid: 'pix-logs',
  title: 'Logs',
  about: 'What the programs of all machines have written, where the inventory has `logs: true`.',
  from: 'now-1h',
  byMachine: true,
  variables: [
    units,
    chosen('kind', 'Kind', KINDS),
    chosen('level', 'Level', LEVELS),
    new TextBoxVariableBuilder('text').label('Text, such as a request’s id').defaultValue(''),
  ],
  rows: [
    { heading: 'Read', panels: reading },
    { heading: 'Arrive', panels: arriving },
  ],
})
