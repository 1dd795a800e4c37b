import { askPrometheus, type Series, type Times } from './ask-prometheus.ts'

/** Minutes in which a part was measured, and those of them in which it worked. */
export interface Minutes {
  worked: number
  measured: number
}

/**
 * Counts the minutes of each part in the seconds before each of these points: the rules of monitoring/parts.yml have one
 * sample for each minute that was measured.
 *
 * @returns a function that says how many there are of a part before one of the points
 */
export async function countMinutes(
  source: string,
  seconds: number,
  times: Times,
): Promise<(part: string, at: number) => Minutes> {
  const [worked, measured] = await Promise.all([
    askPrometheus(source, `sum_over_time(pix:part_up[${seconds}s])`, times),
    askPrometheus(source, `count_over_time(pix:part_up[${seconds}s])`, times),
  ])
  // A sample of both ends of the time would be one minute more than there are.
  const most = Math.ceil(seconds / 60)
  return (part, at) => {
    const of = (series: Series[]) => series.find(({ labels }) => labels['part'] === part)?.values.get(at) ?? 0
    const minutes = Math.min(of(measured), most)
    return { worked: Math.min(of(worked), minutes), measured: minutes }
  }
}
