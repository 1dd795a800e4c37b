import {
  LogsDedupStrategy,
  LogsSortOrder,
  StackingConfigBuilder,
  StackingMode,
} from '@grafana/grafana-foundation-sdk/common'
import { PanelBuilder as Lines } from '@grafana/grafana-foundation-sdk/logs'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/loki'
import { PanelBuilder as Chart } from '@grafana/grafana-foundation-sdk/timeseries'

/** The data source that Ansible provisions under this name where logs are in one place. */
export const LOKI = { type: 'loki', uid: 'loki' }

/** A panel that asks Loki: lines themselves, or how many there are. */
export interface LinesFacts {
  title: string
  about: string
  /** LogQL. With a legend it counts, without one it gives lines. */
  logql: string
  legend?: string
}

const WIDTH = 24
const HEIGHT = { counts: 7, lines: 18 }

export const linesPanel = (facts: LinesFacts) => (facts.legend === undefined ? lines(facts) : counts(facts))

const query = ({ logql, legend }: LinesFacts) => {
  const asked = new DataqueryBuilder().refId('A').datasource(LOKI).expr(logql).range(true)
  return legend === undefined ? asked : asked.legendFormat(legend)
}

const lines = (facts: LinesFacts) =>
  new Lines()
    .title(facts.title)
    .description(facts.about)
    .datasource(LOKI)
    .span(WIDTH)
    .height(HEIGHT.lines)
    .showTime(true)
    .enableLogDetails(true)
    .wrapLogMessage(true)
    .dedupStrategy(LogsDedupStrategy.None)
    .sortOrder(LogsSortOrder.Descending)
    .targets([query(facts)])

const counts = (facts: LinesFacts) =>
  new Chart()
    .title(facts.title)
    .description(facts.about)
    .datasource(LOKI)
    .unit('short')
    .span(WIDTH)
    .height(HEIGHT.counts)
    .min(0)
    .fillOpacity(30)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
    .targets([query(facts)])
