import { chooseReports, readReportChoice } from '@pix/contracts/reports.ts'
import { REPORT_PERIODS, type ReportPeriod } from '@pix/domain/words.ts'
import { call } from '../../base/api.ts'
import { locale } from '../../base/i18n/index.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** Which reports the person gets, and choosing others. @param studioId without one, those of the whole installation */
export function useReportChoice(studioId: string | undefined) {
  const query = { ...(studioId !== undefined && { studio: studioId }) }
  const { state, load } = useLoaded(signal => call(readReportChoice, { query }, { signal }))
  const { busy, problem, act } = useAction()

  /** @param saved is called once it is kept */
  const choose = (period: ReportPeriod, wanted: boolean, saved: () => void) =>
    act(async () => {
      if (state.value.status !== 'loaded') return
      const before = state.value.value.periods
      const periods = REPORT_PERIODS.filter(each => (each === period ? wanted : before.includes(each)))
      const value = await call(chooseReports, { query, body: { periods, locale: locale.value } })
      state.value = { status: 'loaded', value }
      saved()
    })
  return { state, load, busy, problem, choose }
}
