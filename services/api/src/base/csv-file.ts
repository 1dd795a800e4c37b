import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'

export const CSV_TYPE = 'text/csv; charset=utf-8'

/**
 * A CSV file for spreadsheets, made while it is sent. A cell that begins like a formula is kept as text (OWASP, CSV injection);
 * the mark says UTF-8 to spreadsheets.
 *
 * @param logFault is called when the rows broke off; see `loggingFaults`
 */
export function csvFile(
  columns: string[],
  rows: AsyncIterable<string[]>,
  logFault: (fault?: NodeJS.ErrnoException | null) => void,
): Readable {
  const csv = stringify({
    header: true,
    columns,
    bom: true,
    quoted: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
  return pipeline(Readable.from(rows), csv, logFault)
}

/** Calls `log` when a file broke off. A reader who leaves is no fault. */
export const loggingFaults =
  (log: (fault: NodeJS.ErrnoException) => void) =>
  (fault?: NodeJS.ErrnoException | null): void => {
    if (fault && fault.code !== 'ERR_STREAM_PREMATURE_CLOSE') log(fault)
  }
