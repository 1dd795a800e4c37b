import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
  SortOrder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as Numbers } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as Chart } from '@grafana/grafana-foundation-sdk/timeseries'
import type * as units from '@grafana/grafana-foundation-sdk/units'
import { type AlertLimit, alertLimit } from './alert-limits.ts'

/** The data source that Ansible provisions under this name. */
export const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' }
/** The variable that holds what stands before `docs/runbooks/…` in a link. */
export const RUNBOOKS = 'runbooks'

/** Money is satang in the metrics and baht on a panel. */
type Unit = Extract<(typeof units)[keyof typeof units], string> | 'currency:฿'

/** What a panel shows: the whole of what a dashboard's file says of it. */
export interface PanelFacts {
  title: string
  /** What a reader has to know to read the panel right. */
  about: string
  unit: Unit
  /** Expressions in PromQL, by the legend of their series: `{{label}}` stands for a label's value. */
  series: Record<string, string>
  /** Lines over time, unless it says otherwise. `days` has a bar for each day. */
  kind?: 'lines' | 'stacked' | 'days' | 'numbers'
  /** Of the 24 columns of a dashboard. */
  width?: number
  /** The axis ends here: 1 for a share. */
  max?: number
  decimals?: number
  /** Alerts whose limits are drawn and whose runbooks are linked. */
  alerts?: string[]
  /** Alerts about the complement of what is shown, such as the free part where the taken one is drawn. */
  alertsOfRest?: string[]
  /** Alerts whose runbooks alone are linked: their limits are of something else than the panel's axis. */
  runbooks?: string[]
}

const HEIGHT = { lines: 8, stacked: 8, days: 8, numbers: 4 }
const COLOURS = { critical: 'red', warning: 'orange', info: 'blue' }
const CALM = 'green'

export function panel(facts: PanelFacts) {
  const { kind = 'lines', width = 12, alerts = [], alertsOfRest = [], runbooks = [] } = facts
  const limits = [...alerts.map(alertLimit), ...alertsOfRest.map(name => ofRest(alertLimit(name)))]
  const built = kind === 'numbers' ? numbers() : chart(kind, limits)
  built
    .title(facts.title)
    .description(facts.about)
    .datasource(PROMETHEUS)
    .unit(facts.unit)
    .span(width)
    .height(HEIGHT[kind])
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stepsOf(limits)))
    .targets(targetsOf(facts, kind))
    .links([...limits, ...runbooks.map(alertLimit)].map(runbookLink))
  if (kind !== 'numbers') built.min(0)
  if (kind === 'days') built.interval('1d')
  if (facts.max !== undefined) built.max(facts.max)
  if (facts.decimals !== undefined) built.decimals(facts.decimals)
  return built
}

const targetsOf = ({ series }: PanelFacts, kind: NonNullable<PanelFacts['kind']>) =>
  Object.entries(series).map(([legend, expr], at) => {
    const query = new DataqueryBuilder()
      .refId(String.fromCodePoint('A'.codePointAt(0)! + at))
      .datasource(PROMETHEUS)
      .expr(expr)
      .legendFormat(legend)
    return kind === 'numbers' ? query.instant() : query.range()
  })

function chart(kind: 'lines' | 'stacked' | 'days', limits: AlertLimit[]) {
  const drawn = limits.some(({ limit }) => limit) ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off
  const built = new Chart()
    .lineWidth(1)
    .fillOpacity(kind === 'lines' ? 5 : kind === 'days' ? 60 : 30)
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(drawn))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
  if (kind === 'days') built.drawStyle(GraphDrawStyle.Bars)
  if (kind !== 'lines') built.stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
  return built
}

const numbers = () =>
  new Numbers()
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.Auto)

/** The limit of an alert as it stands on the complement of what the alert measures. */
const ofRest = (found: AlertLimit): AlertLimit =>
  found.limit
    ? {
        ...found,
        limit: {
          value: 1 - found.limit.value,
          fires: found.limit.fires === 'below' ? 'above' : 'below',
        },
      }
    : found

/** Colours from the lowest value up: calm, unless an alert fires there. */
function stepsOf(limits: AlertLimit[]) {
  const drawn = limits.flatMap(({ severity, limit }) => (limit ? [{ ...limit, colour: COLOURS[severity] }] : []))
  const low = drawn.filter(({ fires }) => fires !== 'above').toSorted((a, b) => a.value - b.value)
  const high = drawn.filter(({ fires }) => fires === 'above').toSorted((a, b) => a.value - b.value)
  const colours = [...low.map(({ colour }) => colour), CALM, ...high.map(({ colour }) => colour)]
  // An alert that fires at a value, of numbers that are whole, is over one above it.
  const values = [
    null,
    ...low.map(({ value, fires }) => (fires === 'at' ? value + 1 : value)),
    ...high.map(one => one.value),
  ]
  return colours.map((color, at) => ({ color, value: values[at]! }))
}

const runbookLink = ({ alert, runbook }: AlertLimit) =>
  new DashboardLinkBuilder(`${alert}: what to do`)
    .type(DashboardLinkType.Link)
    .url(`\${${RUNBOOKS}}${runbook}`)
    .targetBlank(true)
